"""What a front and a story cost to render uncached, with a small archive and a large one.

Run: uv run python -m benchmarks.front_render [--quick]

The pages go through the whole render process (middleware, gate, templates) in this process, against
SQLite on disk, from a small and a large archive in turn. `ratio` is the median CPU time with the
large archive divided by that with the small one: a page must not grow dearer because the paper
grew older.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

SMALL, LARGE = 1_000, 100_000
PAGES = ("front", "story")
ROUNDS, QUICK_ROUNDS = 120, 25
NOW = datetime.now(UTC)


@dataclass(slots=True)
class Timed:
    """What one page took with one archive, in milliseconds, and how many queries it asks."""

    cpu_ms: list[float] = field(default_factory=list)
    wall_ms: list[float] = field(default_factory=list)
    queries: int = 0


def main() -> None:
    """Print one JSON object: the ratio, the milliseconds and the queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer rounds, the same archives.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as scratch:
        _set_up(Path(scratch))
        rounds = QUICK_ROUNDS if quick else ROUNDS
        found = _measure(Path(scratch), rounds)
    print(json.dumps(found))


def _set_up(scratch: Path) -> None:
    os.environ["DATELINE_DATA_DIR"] = str(scratch)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    (scratch / "static").mkdir()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _measure(scratch: Path, rounds: int) -> dict[str, object]:
    from django.db import connection, connections

    from dateline.stories.models import Story

    _newsroom()
    _grow(0, SMALL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    large = Path(connection.settings_dict["NAME"])
    connections.close_all()
    small = scratch / "small.sqlite3"
    shutil.copyfile(large, small)
    _grow(SMALL, LARGE)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    archives = {"1,000": small, "100,000": large}
    for size, path in archives.items():
        _use(path)
        assert f"{Story.objects.count():,}" == size
    return _told(_interleaved(archives, rounds), rounds)


def _interleaved(archives: dict[str, Path], rounds: int) -> dict[tuple[str, str], Timed]:
    """Draw each page from each archive in turn, so that a busy moment falls on all of them."""
    kept: dict[tuple[str, str], Timed] = {
        (page, size): Timed() for page in PAGES for size in archives
    }
    for turn in range(rounds):
        order = list(archives.items()) if turn % 2 else list(archives.items())[::-1]
        for size, path in order:
            _use(path)
            for page in PAGES:
                _draw(page, kept[page, size])
    return kept


def _use(path: Path) -> None:
    from django.db import connection, connections

    connections.close_all()
    connections.settings["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)


def _draw(page: str, timed: Timed) -> None:
    """Three requests: one to warm this connection, one to count its queries, one on the clock."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, path = Client(headers={"host": "musashi.localhost"}), _path_of(page)
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    timed.queries = len(captured)  # now: the next request empties the log
    wall, cpu = time.perf_counter(), time.process_time()
    client.get(path)
    timed.cpu_ms.append((time.process_time() - cpu) * 1_000)
    timed.wall_ms.append((time.perf_counter() - wall) * 1_000)


def _path_of(page: str) -> str:
    from dateline.stories.models import Placement

    if page == "front":
        return "/"
    newest = (
        Placement.objects.filter(masthead__slug="musashi").select_related("section").latest("pk")
    )
    return f"/{newest.section.slug}/{newest.slug}-{newest.story_id}"


def _told(kept: dict[tuple[str, str], Timed], rounds: int) -> dict[str, object]:
    def ratio(page: str, clock: str) -> float:
        large, small = (getattr(kept[page, size], clock) for size in ("100,000", "1,000"))
        return statistics.median(large) / statistics.median(small)

    cpu = {page: ratio(page, "cpu_ms") for page in PAGES}
    wall = {page: ratio(page, "wall_ms") for page in PAGES}
    return {
        "name": "front_render",
        "ratio": round(max(cpu.values()), 3),
        "ours": _median(kept["front", "100,000"].cpu_ms),
        "reference": _median(kept["front", "1,000"].cpu_ms),
        "unit": "ms of CPU, median, one uncached front; the larger of the two ratios is given",
        "ms": {
            page: {size: _median(kept[page, size].cpu_ms) for size in ("1,000", "100,000")}
            for page in PAGES
        },
        "queries": {page: kept[page, "100,000"].queries for page in PAGES},
        "notes": (
            f"{rounds} rounds, small and large archive in turn; "
            f"ratios of CPU: front {cpu['front']:.2f}, story {cpu['story']:.2f}; "
            f"of wall time: front {wall['front']:.2f}, story {wall['story']:.2f}; SQLite; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _median(times: list[float]) -> float:
    return round(statistics.median(times), 2)


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


if __name__ == "__main__":
    sys.exit(main())
