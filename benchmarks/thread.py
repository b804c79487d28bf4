"""How long a page of a thread of 50,000 comments takes while votes land, beside Isso.

Run: uv run python -m benchmarks.thread [--quick]

Pages of every order are read by `thread_page`, at the beginning and at random places down to the
end, first pages and the page after a cursor, while another process casts 1,000 votes; `p95_ms` is
the 95th percentile of server time, with the answer written as JSON. Meanwhile one reader pages
through 40 pages of the best order, and may see no comment twice. Isso of PyPI is installed into a
folder of its own and asked for pages of 20 comments with three replies each, and for posts, through
its WSGI application in one process: `ratio_isso_reads` and `ratio_isso_posts` are its median
divided by ours, both alone. Ours is the query or service without an HTTP layer, which has yet to
come, and with fewer columns cut; where Isso cannot be installed both are null.
"""

import argparse
import json
import multiprocessing
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from benchmarks.discussion import stage

ROOT = Path(__file__).resolve().parents[1]
ISSO = "isso==0.14.0"
COMMENTS, VOTES, READS = 50_000, 1_000, 600
QUICK_COMMENTS, QUICK_VOTES, QUICK_READS = 10_000, 200, 120
ROOT_EVERY = 10  # one comment in ten answers the story
PAGES_IN_A_ROW = 40
ISSO_READS, POSTS = 40, 60
POPULAR = 40  # newest comments that get half of the replies: threads are deep at the end


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="A smaller thread, fewer votes and reads."
    )
    quick = parser.parse_args().quick
    sizes = (QUICK_COMMENTS, QUICK_VOTES, QUICK_READS) if quick else (COMMENTS, VOTES, READS)
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), *sizes)))


def _measure(scratch: Path, comments: int, votes: int, reads: int) -> dict[str, Any]:
    masthead, story = stage.set_up(scratch)
    thread_id = _fill(masthead, story, comments)
    asked = _places(thread_id)
    _reading(masthead, story, asked, 30)  # warm
    alone = _reading(masthead, story, asked, reads)
    with multiprocessing.get_context("spawn").Pool(1, stage.start, (str(scratch),)) as pool:
        voting = pool.apply_async(_vote, (thread_id, votes))
        took = []
        twice = _walk(masthead, story)
        while not voting.ready() or len(took) < reads:
            took += _reading(masthead, story, asked, 20)
        landed_s = voting.get()
    posts = _post(masthead, story)
    isso = _isso(scratch, comments)
    return {
        "name": "thread",
        "ratio": round(isso["read"] / statistics.median(alone), 1) if isso else None,
        "ours": round(stage.p95(took), 2),
        "reference": round(isso["read"], 1) if isso else None,
        "unit": "ms a page: ours the 95th percentile while votes land, Isso's the median alone",
        "p95_ms": round(stage.p95(took), 2),
        "median_ms": round(statistics.median(took), 2),
        "p95_alone_ms": round(stage.p95(alone), 2),
        "doubled": twice,
        "ratio_isso_reads": round(isso["read"] / statistics.median(alone), 1) if isso else None,
        "ratio_isso_posts": round(isso["post"] / statistics.median(posts), 1) if isso else None,
        "notes": (
            f"{comments} comments, {len(took)} reads beside {votes} votes in {landed_s:.1f} s; "
            f"post {statistics.median(posts):.1f} ms, {ISSO} "
            f"{isso['post'] if isso else 0:.1f} ms; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _fill(masthead: Any, story: Any, comments: int) -> int:
    """A thread of so many rows with counts and ranks as the services would leave them."""
    from dateline import clock
    from dateline.discussion import models
    from dateline.discussion.domain import paths, ranks
    from dateline.discussion.domain.text import SANITISER, html_of
    from tests.factories.discussion import a_reader

    chance = random.Random(7)
    readers = [a_reader().pk for _ in range(100)]
    thread = models.Thread.objects.create(
        story=story, masthead=masthead, visible=comments, numbers=comments
    )
    rows: list[Any] = []
    at, html = clock.now(), html_of(stage.text(1))
    for number in range(1, comments + 1):
        near = rows[-POPULAR:] if chance.random() < 0.5 else rows
        above = chance.choice(near) if rows and number % ROOT_EVERY else None
        path = paths.path_of(paths.branch(above.path) if above else b"", number)
        up, down = int(chance.expovariate(0.3)), int(chance.expovariate(1.0))
        numbers = paths.ancestors(path)
        for one in numbers:
            rows[one - 1].below += 1
        rows.append(
            models.Comment(
                pk=number, thread=thread, number=number, path=path, depth=len(numbers),
                parent_id=numbers[-1] if numbers else None, root_id=numbers[0] if numbers else None,
                answers_id=above.number if above else None, author_id=chance.choice(readers),
                text=stage.text(number), html=html, sanitiser=SANITISER, fingerprint=f"{number}",
                status="visible", created_at=at, ups=up, downs=down,
                rank_best=ranks.best(up, down, number), rank_discussed=b"",
            )
        )  # fmt: skip
    for row in rows:
        row.rank_discussed = ranks.discussed(row.below, row.number)
    models.Comment.objects.bulk_create(rows, batch_size=1_000)
    return thread.pk


def _places(thread_id: int) -> list[tuple[Any, str]]:
    """(order, cursor) of the first page and of pages at random places, of every order."""
    from dateline import clock
    from dateline.discussion import models
    from dateline.discussion.domain import ranks
    from dateline.discussion.domain.cursors import Cursor
    from dateline.discussion.queries import paging

    chance = random.Random(8)
    found: list[tuple[Any, str]] = []
    roots = models.Comment.objects.filter(thread_id=thread_id, parent=None)
    for order in ranks.Order:
        field = f"rank_{order}" if order in ranks.MOVING else "number"
        values = list(roots.order_by(field).values_list(field, flat=True))
        for value in (*chance.sample(values, 40), values[-1]):
            turned = ranks.newest if order is ranks.Order.NEWEST else ranks.oldest
            key = bytes(value) if order in ranks.MOVING else turned(value)
            cursor = Cursor(
                order=order, thread_id=thread_id, below=0, moves=0, began_at=clock.now(), key=key
            )
            found += [(order, ""), (order, paging.sealed(cursor))]
    chance.shuffle(found)
    return found


def _reading(masthead: Any, story: Any, asked: list[tuple[Any, str]], reads: int) -> list[float]:
    """Milliseconds of each of the next `reads` pages, which go round."""
    from dateline import clock
    from dateline.discussion.queries.threads import thread_page
    from dateline.mastheads import queries as mastheads

    site = next(s for s in mastheads.all_mastheads() if s.id == masthead.pk)
    took = []
    for _ in range(reads):
        order, after = asked[0]
        asked.append(asked.pop(0))
        start = time.perf_counter()
        page = thread_page(site, story.pk, at=clock.now(), order=order, after=after)
        answer = json.dumps(page, default=_plain)
        took.append((time.perf_counter() - start) * 1_000)
        assert '"rows": [' in answer
    return took


def _plain(value: Any) -> Any:
    """A row as JSON has it: its fields, not copies of what they hold; anything else in words."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return str(value)


def _walk(masthead: Any, story: Any) -> int:
    """How many comments a reader saw twice on PAGES_IN_A_ROW pages of the best order."""
    from dateline import clock
    from dateline.discussion.queries.threads import thread_page
    from dateline.mastheads import queries as mastheads

    site = next(s for s in mastheads.all_mastheads() if s.id == masthead.pk)
    seen, after = [], ""
    for _ in range(PAGES_IN_A_ROW):
        page = thread_page(site, story.pk, at=clock.now(), after=after)
        assert page is not None
        seen += [row.id for row in page.rows if row.depth == 0]
        after = page.after
    return len(seen) - len(set(seen))


def _vote(thread_id: int, votes: int) -> float:
    """Cast votes by as many people as there are, on comments of the thread; seconds it took."""
    from django.contrib.auth import get_user_model

    from dateline.discussion.models import Comment
    from dateline.discussion.services.voting import vote

    chance = random.Random(9)
    people = list(get_user_model().objects.values_list("pk", flat=True))
    rows = list(Comment.objects.filter(thread_id=thread_id).values_list("pk", "author_id"))
    start = time.perf_counter()
    for _ in range(votes):
        comment_id, author_id = chance.choice(rows)
        by = chance.choice([person for person in people if person != author_id])
        vote(comment_id, by=by, value=chance.choice([1, 1, 1, -1]))
    return time.perf_counter() - start


def _post(masthead: Any, story: Any) -> list[float]:
    """Milliseconds of each of POSTS comments into the thread."""
    from django.contrib.auth import get_user_model

    from dateline.discussion.services.posting import post_comment

    people, took = list(get_user_model().objects.values_list("pk", flat=True)), []
    for number in range(POSTS):
        start = time.perf_counter()
        post_comment(
            story_id=story.pk, masthead_id=masthead.pk, author_id=people[number % len(people)],
            text=stage.text(100_000 + number),
        )  # fmt: skip
        took.append((time.perf_counter() - start) * 1_000)
    return took


def _isso(scratch: Path, comments: int) -> dict[str, float] | None:
    """Isso's medians in milliseconds, or None where it cannot be installed."""
    uv = shutil.which("uv") or str(ROOT / ".tools" / "uv")
    home = scratch / "isso"
    python = home / "bin" / "python"
    arguments = [comments // ROOT_EVERY, ROOT_EVERY - 1, ISSO_READS, POSTS]
    try:
        _run([uv, "venv", "-q", "--python", sys.executable, str(home)])
        _run([uv, "pip", "install", "-q", "--python", str(python), ISSO])
        script = ROOT / "benchmarks" / "discussion" / "beside_isso.py"
        said = _run([str(python), str(script), str(scratch), *map(str, arguments)])
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"Isso was left out: {error}\n{getattr(error, 'stderr', '')}\n")
        return None
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def _run(command: list[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
