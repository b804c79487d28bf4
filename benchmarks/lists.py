"""What lists cost uncached, with 1,000 stories and with 1,000,000.

Run: uv run python -m benchmarks.lists [--quick] [--keep FOLDER]

The pages go through the whole render process (middleware, gate, templates) in this process, against
SQLite on disk, from a small and a large paper in turn. `ratio` is the largest of the median CPU
times with the large paper, each divided by that with the small one: a list must not grow dearer
because the paper grew older. Page 500 of a section is compared with page 1 of the small paper,
which has no page 500. `also` are pages that show more of an older paper, or walk several sections
at once. The databases are laid by SQL and kept in FOLDER for the next run.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.paper import NOW, lay

SMALL, LARGE, QUICK_LARGE = 1_000, 1_000_000, 50_000
ROUNDS, QUICK_ROUNDS = 30, 15
FAR = {LARGE: 500, QUICK_LARGE: 300}  # the far page of a section; a sixth of all stories are in it
ALSO = ("family_far", "archive")
DAY = NOW - timedelta(days=3)


@dataclass(slots=True)
class Timed:
    """What one page took with one paper, in milliseconds, and how many queries it asks."""

    cpu_ms: list[float] = field(default_factory=list)
    queries: int = 0


def main() -> None:
    """Print one JSON object: the ratio, the milliseconds and the queries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A smaller paper, fewer rounds.")
    parser.add_argument("--keep", type=Path, help="Where the databases are kept.")
    asked = parser.parse_args()
    large = QUICK_LARGE if asked.quick else LARGE
    folder = asked.keep or Path(tempfile.gettempdir()) / "dateline-benchmark-lists"
    _set_up(folder)
    papers = {SMALL: lay(folder, SMALL), large: lay(folder, large)}
    found = _measure(papers, QUICK_ROUNDS if asked.quick else ROUNDS)
    print(json.dumps(found))


def _set_up(folder: Path) -> None:
    os.environ["DATELINE_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.project.settings"
    (folder / "static").mkdir(parents=True, exist_ok=True)
    import django

    django.setup()


def _paths(size: int) -> dict[str, str]:
    far = f"/world/?page={FAR[size]}" if size in FAR else "/world/"
    return {
        "front": "/",
        "section_1": "/world/",
        "section_far": far,
        "family_far": far.replace("world", "culture"),
        "archive": "/archive/",
        "archive_month": f"/archive/{DAY:%Y/%m}/",
        "archive_day": f"/archive/{DAY:%Y/%m/%d}/",
        "author": "/people/person-3/",
        "topic": "/topics/topic-3/",
        "topic_2": "/topics/topic-3/?page=2",
        "agency": "/agencies/kna/",
        "corrections": "/corrections/",
        "feed": "/feed.xml",
        "topic_feed": "/topics/topic-3/feed.atom",
        "sitemap_index": "/sitemap.xml",
        "sitemap_file": f"/sitemaps/{size // 2_000}.xml" if size > SMALL else "/sitemaps/0.xml",
        "news_sitemap": "/news-sitemap.xml",
    }


def _measure(papers: dict[int, Path], rounds: int) -> dict[str, object]:
    kept = {(page, size): Timed() for size in papers for page in _paths(size)}
    for turn in range(rounds):
        for size in sorted(papers, reverse=turn % 2 == 0):
            _use(papers[size])
            for page, path in _paths(size).items():
                _draw(path, kept[page, size], counted=turn == 0)
    return _told(kept, sorted(papers), rounds)


def _use(path: Path) -> None:
    from django.db import connection, connections

    connections.close_all()
    connections.settings["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)


def _draw(path: str, timed: Timed, *, counted: bool) -> None:
    """Two requests: one to warm this connection, whose queries may be counted; one on the clock."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "musashi.localhost"})
    assert client.get(path).status_code == 200, path
    for _ in range(3 if counted else 0):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        timed.queries = min(timed.queries or len(captured), len(captured))
    cpu = time.process_time()
    client.get(path)
    timed.cpu_ms.append((time.process_time() - cpu) * 1_000)


def _told(kept: dict[tuple[str, int], Timed], sizes: list[int], rounds: int) -> dict[str, object]:
    small, large = sizes
    pages = list(_paths(small))
    ms = {page: {size: _median(kept[page, size].cpu_ms) for size in sizes} for page in pages}
    ratios = {page: round(ms[page][large] / ms[page][small], 3) for page in pages}
    own = {page: ratio for page, ratio in ratios.items() if page not in ALSO}
    dearest = max(own, key=lambda page: own[page])
    same = [page for page in pages if not page.endswith("_far")]
    fixed = all(kept[page, small].queries == kept[page, large].queries for page in same)
    return {
        "name": "lists",
        "ratio": ratios[dearest],
        "ours": ms[dearest][large],
        "reference": ms[dearest][small],
        "unit": f"ms of CPU, median, one uncached page; of {dearest}, whose ratio is the largest",
        "ratios": own,
        "also": {page: ratios[page] for page in ALSO},
        "ms": {page: {f"{size:,}": ms[page][size] for size in sizes} for page in pages},
        "queries": {page: kept[page, large].queries for page in pages},
        "queries_fixed": fixed,
        "notes": (
            f"{rounds} rounds, small and large paper in turn; SQLite; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, "
            f"{datetime.now(UTC):%Y-%m-%d}"
        ),
    }


def _median(times: list[float]) -> float:
    return round(statistics.median(times), 2)


if __name__ == "__main__":
    sys.exit(main())
