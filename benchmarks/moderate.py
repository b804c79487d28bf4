"""How long a moderator waits for an action on the desk, from its request to its answer.

Run: uv run python -m benchmarks.moderate [--quick]

Through all of Django as the desk's script asks: sign-in, permission, the decision with its fact
and its purge, the row and the counts of the answer. The network has several thousand comments by
many authors and half as many decisions; each comment in turn is approved, removed under a rule or
held, and some of that is undone. `p95_ms` is the 95th percentile over all actions; the reference is
the same decision by the service alone, without request and answer. Every action must have been
carried out. A page of a queue of 50 is measured beside it.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.discussion import stage

COMMENTS, QUICK_COMMENTS = 6_000, 600
ACTIONS, QUICK_ACTIONS = 400, 60
PAGES = 20
AS_SCRIPT = {"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
VERBS = ("approved", "removed", "held", "undo")
HOST = {"host": "desk.localhost"}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer comments and actions.")
    quick = parser.parse_args().quick
    sizes = (QUICK_COMMENTS, QUICK_ACTIONS) if quick else (COMMENTS, ACTIONS)
    with tempfile.TemporaryDirectory() as scratch:
        print(json.dumps(_measure(Path(scratch), *sizes)))


def _measure(scratch: Path, comments: int, actions: int) -> dict[str, Any]:
    masthead, story = stage.set_up(scratch)
    ids = _fill(masthead, story, comments)
    person, client = _moderator(masthead)
    chance = random.Random(7)
    chance.shuffle(ids)
    _act(client, ids[:5])  # warm
    acted = _act(client, ids[5 : 5 + actions])
    alone = _alone(person, ids[5 + actions : 5 + actions * 2])
    pages = _pages(client)
    p95 = stage.p95(acted)
    return {
        "name": "moderate",
        "ratio": round(statistics.median(acted) / statistics.median(alone), 1),
        "ours": round(statistics.median(acted), 2),
        "reference": round(statistics.median(alone), 2),
        "unit": "ms an action, request to answer; reference: the service alone",
        "p95_ms": round(p95, 2),
        "queue_p95_ms": round(stage.p95(pages), 2),
        "notes": (
            f"{comments} comments, {len(acted)} actions, {len(pages)} pages of 50; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _fill(masthead: Any, story: Any, comments: int) -> list[int]:
    """So many comments, every second one with a decision; their ids."""
    from dateline import clock
    from dateline.discussion import models
    from dateline.discussion.domain import paths, ranks
    from dateline.discussion.domain.text import SANITISER, html_of
    from tests.factories.discussion import a_reader

    readers = [a_reader(f"Reader {number}").pk for number in range(200)]
    thread = models.Thread.objects.create(
        story=story, masthead=masthead, visible=comments, numbers=comments
    )
    at, html = clock.now(), html_of(stage.text(1))
    models.Comment.objects.bulk_create(
        (
            models.Comment(
                pk=number, thread=thread, number=number, path=paths.path_of(b"", number), depth=0,
                author_id=readers[number % len(readers)], text=stage.text(number), html=html,
                sanitiser=SANITISER, fingerprint=f"{number}", status="visible", created_at=at,
                rank_best=ranks.best(0, 0, number), rank_discussed=ranks.discussed(0, number),
            )
            for number in range(1, comments + 1)
        ),
        batch_size=1_000,
    )  # fmt: skip
    models.Decision.objects.bulk_create(
        models.Decision(
            comment_id=number, masthead=masthead, verb="approved", revision=1, was="visible",
            became="visible", at=at,
        )
        for number in range(1, comments + 1, 2)
    )  # fmt: skip
    return list(range(1, comments + 1))


def _moderator(masthead: Any) -> tuple[Any, Any]:
    """Somebody who moderates the masthead, and their browser before the desk."""
    from django.contrib.auth.models import Permission
    from django.test import Client

    from tests.factories.discussion import a_moderator
    from tests.factories.people import a_session

    person = a_moderator(masthead)
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(headers=HOST)
    client.cookies["__Host-session"] = client.cookies["session"] = a_session(person, ":desk")
    return person, client


def _act(client: Any, ids: list[int]) -> list[float]:
    """Milliseconds of each action; an undo follows each third one."""
    from dateline.discussion.models import Comment, Decision

    took: list[float] = []
    for place, pk in enumerate(ids):
        version = Comment.objects.values_list("version", flat=True).get(pk=pk)
        verb = VERBS[place % 3]
        path, told = f"/comments/{pk}/decide/?queue=new", {"verb": verb, "version": version}
        took.append(_posted(client, path, {**told, "rule": 1 + place % 9, "reason": "As said."}))
        if place % 3 == 0:
            latest = Decision.objects.filter(comment_id=pk).latest("pk").pk
            took.append(_posted(client, f"/comments/{pk}/undo/?queue=new", {"decision": latest}))
    return took


def _posted(client: Any, path: str, told: dict[str, Any]) -> float:
    start = time.perf_counter()
    answer = client.post(path, told, headers={**HOST, **AS_SCRIPT})
    took = (time.perf_counter() - start) * 1_000
    assert answer.status_code == 200, answer.content
    return took


def _alone(person: Any, ids: list[int]) -> list[float]:
    """Milliseconds of each decision by the service."""
    from dateline.discussion.models import Comment
    from dateline.discussion.services import decisions

    took = []
    for pk in ids:
        version = Comment.objects.values_list("version", flat=True).get(pk=pk)
        start = time.perf_counter()
        decisions.remove(pk, by=person.pk, expected=version, rule=1, reason="As said.")
        took.append((time.perf_counter() - start) * 1_000)
    return took


def _pages(client: Any) -> list[float]:
    took = []
    for _ in range(PAGES):
        start = time.perf_counter()
        answer = client.get("/comments/queue/new/", headers=HOST)
        took.append((time.perf_counter() - start) * 1_000)
        assert answer.content.count(b"data-mod-row") == 50
    return took


if __name__ == "__main__":
    sys.exit(main())
