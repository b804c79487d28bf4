"""What a front and a story cost to render uncached, with a small archive and a large one.

Run: uv run python -m benchmarks.front_render [--quick]

The pages go through the whole render process (middleware, gate, templates) in this process, against
SQLite on disk. `ratio` is the median with the large archive divided by the median with the small
one: a page must not grow dearer because the paper grew older.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

SMALL, LARGE, QUICK_LARGE = 1_000, 100_000, 100_000
ROUNDS, QUICK_ROUNDS = 60, 25
NOW = datetime.now(UTC)


def main() -> None:
    """Print one JSON object: the ratio, the milliseconds and the queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer rounds, the same archives.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as scratch:
        _set_up(Path(scratch))
        rounds = QUICK_ROUNDS if quick else ROUNDS
        found = _measure(rounds)
    print(json.dumps(found))


def _set_up(scratch: Path) -> None:
    os.environ["DATELINE_DATA_DIR"] = str(scratch)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    (scratch / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _measure(rounds: int) -> dict[str, object]:
    from django.db import connection

    _newsroom()
    _grow(0, SMALL)
    small = {page: _time(page, rounds) for page in ("front", "story")}
    _grow(SMALL, QUICK_LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    large = {page: _time(page, rounds) for page in ("front", "story")}
    ratios = {page: large[page]["ms"] / small[page]["ms"] for page in small}
    return {
        "name": "front_render",
        "ratio": round(max(ratios.values()), 3),
        "ours": large["front"]["ms"],
        "reference": small["front"]["ms"],
        "unit": "ms, median, one uncached front; the larger of the two ratios is given",
        "ms": {
            "front": {"1,000": small["front"]["ms"], "100,000": large["front"]["ms"]},
            "story": {"1,000": small["story"]["ms"], "100,000": large["story"]["ms"]},
        },
        "queries": {page: large[page]["queries"] for page in large},
        "notes": (
            f"{rounds} rounds; ratios front {ratios['front']:.2f}, story {ratios['story']:.2f}; "
            f"SQLite; Python {platform.python_version()}, {platform.machine()}, "
            f"{os.cpu_count()} cores"
        ),
    }


def _newsroom() -> None:
    from tests.factories.newsroom import a_masthead

    sections = ("world", "politics", "business", "culture", "sport", "opinion")
    a_masthead("musashi", sections=sections)
    a_masthead("kinako", sections=sections, look="magazine")


def _grow(start: int, end: int) -> None:
    """Stories `start` to `end`, a minute apart, each on both mastheads; newest last."""
    from dateline.mastheads.models import Masthead
    from dateline.stories.models import Placement, Story, StoryVersion

    places = [(m, list(m.sections.order_by("place"))) for m in Masthead.objects.order_by("pk")]
    for low in range(start, end, 5_000):
        numbers = range(low, min(low + 5_000, end))
        stories = Story.objects.bulk_create(_story(n) for n in numbers)
        Placement.objects.bulk_create(
            Placement(
                story=story, masthead=masthead, section=sections[n % len(sections)],
                slug=f"story-{n}", canonical=not i, published_at=_moment(n),
            )
            for n, story in zip(numbers, stories, strict=True)
            for i, (masthead, sections) in enumerate(places)
        )  # fmt: skip
        StoryVersion.objects.bulk_create(
            StoryVersion(
                story=story, number=1, change="published", source="desk", by="b",
                shown_from=_moment(n), headline=story.headline,
            )
            for n, story in zip(numbers, stories, strict=True)
        )  # fmt: skip


def _moment(n: int) -> datetime:
    return NOW - timedelta(minutes=LARGE + 10 - n)


def _story(n: int) -> object:
    from dateline.stories.models import Story

    paragraphs = "".join(
        f"<p>Paragraph {i} of story {n}. {'Words and words. ' * 20}</p>" for i in range(9)
    )
    return Story(
        headline=f"Council votes on the harbour plan, part {n}",
        standfirst="A short sentence that says what the story is about and why it matters now.",
        body=[("text", paragraphs)],
        dateline="Amaru",
        byline="By A Reporter",
        copyright_line="© 2026 KNA",
        live=True,
        first_published_at=_moment(n),
        last_published_at=_moment(n),
        updated_at=_moment(n),
    )


def _time(page: str, rounds: int) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from dateline.stories.models import Placement

    newest = (
        Placement.objects.filter(masthead__slug="musashi").select_related("section").latest("pk")
    )
    path = "/" if page == "front" else f"/{newest.section.slug}/{newest.slug}-{newest.story_id}"
    client = Client(headers={"host": "musashi.localhost"})
    for _ in range(5):
        assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # now: the next request empties the log
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1_000)
    return {"ms": round(statistics.median(times), 2), "queries": queries}


if __name__ == "__main__":
    sys.exit(main())
