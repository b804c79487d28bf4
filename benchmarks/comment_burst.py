"""How fast one story takes comments, and what readers of other stories notice of it.

Run: uv run python -m benchmarks.comment_burst [--quick]

`ours`: comments a second into one story through `post_comment`, each a transaction of its own with
every phase, by many readers, one in four a reply. `reference`: rows with the same columns inserted
by one SQL statement each, a transaction each, into a table of the same database with the same
indexes, from the same process, and nothing else. Both in turn, several rounds; `ratio` is the
median of the rounds'. `lost` counts comments that were acknowledged
and are not there, or miscounts of the thread. `p95_other_ms` is how long the thread page of
another story takes to read, in a process of its own, while comments land; beside it stands the
same without them.
"""

import argparse
import json
import multiprocessing
import os
import platform
import secrets
import statistics
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.discussion import stage

ROUNDS, COMMENTS = 7, 400
QUICK_ROUNDS, QUICK_COMMENTS = 3, 120
READERS, OTHERS = 60, 60
NUMBER = count(1)


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer and shorter rounds.")
    quick = parser.parse_args().quick
    rounds, comments = (QUICK_ROUNDS, QUICK_COMMENTS) if quick else (ROUNDS, COMMENTS)
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), rounds, comments)))


def _measure(scratch: Path, rounds: int, comments: int) -> dict[str, Any]:
    place = _set_up(scratch)
    _post(place, 30)  # warm
    calm = _reading(place["other"], seconds=1.0)
    ours, bare = [], []
    with multiprocessing.get_context("spawn").Pool(1, stage.start, (str(scratch),)) as pool:
        reading = pool.apply_async(_reading, (place["other"],), {"seconds": 3.0})
        _post(place, comments)
        while not reading.ready():
            _post(place, 20)
        beside = reading.get()
    for _ in range(rounds):
        ours.append(_post(place, comments))
        bare.append(_insert(place, comments))
    from django.db import connection

    ratio = statistics.median(o / b for o, b in zip(ours, bare, strict=True))
    return {
        "name": "comment_burst",
        "ratio": round(ratio, 3),
        "ours": round(statistics.median(ours), 1),
        "reference": round(statistics.median(bare), 1),
        "unit": "comments/s into one story; the reference is bare rows, one transaction each",
        "lost": _lost(place),
        "p95_other_ms": round(beside, 2),
        "p95_other_calm_ms": round(calm, 2),
        "notes": (
            f"{rounds} rounds of {comments}, one in four a reply, {READERS} readers; "
            f"SQLite {connection.Database.sqlite_version}, synchronous=FULL; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _set_up(scratch: Path) -> dict[str, Any]:
    masthead, story = stage.set_up(scratch)
    from dateline import clock
    from tests.factories.discussion import a_comment, a_reader
    from tests.factories.newsroom import a_story

    other = a_story("The market opened")
    for _ in range(OTHERS):
        a_comment(other, masthead, at=clock.now())
    readers = [a_reader().pk for _ in range(READERS)]
    _make_bare_table()
    return {
        "masthead": masthead.pk, "story": story.pk, "other": other.pk, "readers": readers,
        "taken": [],
    }  # fmt: skip


def _make_bare_table() -> None:
    """A table with the columns and indexes of a comment, and nobody to look after it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'discussion_comment'")
        for (sql,) in cursor.fetchall():
            if sql:
                name = sql.replace('"discussion_comment"', '"bare"', 1)
                name = name.replace('ON "discussion_comment"', 'ON "bare"', 1)
                name = name.replace('INDEX "', 'INDEX "bare_', 1)
                cursor.execute(name)


def _post(place: dict[str, Any], comments: int) -> float:
    """Comments a second; each one acknowledged is written down."""
    from dateline.discussion.services.posting import post_comment

    taken, readers = place["taken"], place["readers"]
    start = time.perf_counter()
    for number in range(comments):
        posted = post_comment(
            story_id=place["story"],
            masthead_id=place["masthead"],
            author_id=readers[number % len(readers)],
            text=stage.text(next(NUMBER)),
            answers_id=taken[-3] if number % 4 == 3 and len(taken) > 3 else None,
            key=secrets.token_hex(8),
        )
        assert posted.status == "visible", posted
        taken.append(posted.comment_id)
    return comments / (time.perf_counter() - start)


def _insert(place: dict[str, Any], comments: int) -> float:
    """Bare rows a second: the columns of a real comment, a transaction each, nothing else."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM discussion_comment WHERE id = %s", [place["taken"][-1]])
        columns = [column[0] for column in cursor.description]
        row = dict(zip(columns, cursor.fetchone(), strict=True))
    names = ", ".join(f'"{name}"' for name in columns[1:])
    marks = ", ".join(["%s"] * len(columns[1:]))
    start = time.perf_counter()
    for _ in range(comments):
        number = next(NUMBER)
        row |= {"number": number, "text": stage.text(number), "key": str(number)}
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO bare ({names}) VALUES ({marks})", list(row.values())[1:])
    return comments / (time.perf_counter() - start)


def _reading(story_id: int, *, seconds: float) -> float:
    """95th percentile of milliseconds that the other story's thread takes to read."""
    from dateline import clock
    from dateline.discussion.queries.threads import thread_page
    from dateline.mastheads import queries as mastheads

    site = mastheads.all_mastheads()[0]
    took, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        page = thread_page(site, story_id, at=clock.now())
        took.append((time.perf_counter() - start) * 1_000)
        assert page is not None
        assert page.count == OTHERS
    return stage.p95(took)


def _lost(place: dict[str, Any]) -> int:
    """Acknowledged comments that are not there, and by how much the thread's counts are wrong."""
    from dateline.discussion.models import Comment, Thread

    there = set(
        Comment.objects.filter(thread__story_id=place["story"]).values_list("pk", flat=True)
    )
    thread = Thread.objects.get(story_id=place["story"])
    wrong = abs(thread.visible - len(there)) + abs(thread.numbers - len(there))
    return len(set(place["taken"]) - there) + wrong


if __name__ == "__main__":
    sys.exit(main())
