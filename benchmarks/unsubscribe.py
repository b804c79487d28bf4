"""How soon a way off a list is true for mail that is on its way, also for ranges held by a sender.

Run: uv run python -m benchmarks.unsubscribe [--quick]

A mailing leaves at a set pace to Postfix's smtp-sink, by a sender process of its own that holds
ranges of it. Readers whose copies it holds and has not sent leave one after another, in turn by
what a mail program posts (RFC 8058) and by the button of the page; each through all of Django. A
way off is true when the ledger says withheld, or when the copy has left all the same: that is the
longest it can have been false. `p50_ms`, `p99_ms` and `max_ms` are from the request to that; `late`
is how many copies the sink took more than a second after it, by its own file; `slipped` how many
left at all.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.mail import stage
from benchmarks.mail.sink import Sink

READERS, PACE, LEAVERS = 12_000, 60.0, 300
QUICK_LEAVERS = 40
TURN_S = 0.01
LONGEST_S = 10.0
START_S = 60.0  # until the sender process has loaded its code
APART_S = 0.5  # readers leave at any moment of a sender's turn
CODE_GONE = 200
BAR_S = 1.0


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer readers leave.")
    leavers = QUICK_LEAVERS if parser.parse_args().quick else LEAVERS
    with tempfile.TemporaryDirectory() as scratch:
        dump = Path(scratch) / "sink.dump"
        with Sink(dump=dump) as sink:
            print(json.dumps(_measure(Path(scratch), sink, leavers)))


def _measure(scratch: Path, sink: Sink, leavers: int) -> dict[str, Any]:
    stage.start(str(scratch), sink.port, DATELINE_MAIL_RATE=str(PACE))
    stage.migrate()
    mailing = _on_its_way()
    child = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.mail.sender", str(scratch), str(sink.port)],
        env=dict(os.environ),
    )
    try:
        took, slipped, late = _leave(mailing, sink, leavers)
    finally:
        child.terminate()
        child.wait(30)
    took.sort()
    return {
        "name": "unsubscribe",
        "p50_ms": round(took[len(took) // 2] * 1000),
        "p99_ms": round(took[int(len(took) * 0.99)] * 1000),
        "max_ms": round(took[-1] * 1000),
        "late": late,
        "slipped": slipped,
        "unit": "ms from the request until no copy leaves any more",
        "notes": (
            f"{leavers} readers leave, one after another, whose copies a sender holds; "
            f"{READERS} readers, {PACE:.0f} mails a second; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _on_its_way() -> int:
    """A title with a list that has readers, and a mailing to all of them that was started."""
    from dateline import clock
    from dateline.mail.services import mailings
    from dateline.newsletters import models
    from tests.factories.newsletters import a_list
    from tests.factories.newsroom import a_masthead

    morning, at = a_list(a_masthead("musashi")), clock.now()
    rows = models.Subscriber.objects.bulk_create(
        models.Subscriber(key=one, address=one, created_at=at) for one in _addresses()
    )
    models.Subscription.objects.bulk_create(
        models.Subscription(
            newsletter=morning, subscriber=row, standing="confirmed", confirmed_at=at
        )
        for row in rows
    )
    audience = (mailings.Recipient(row.address, row.pk, fields={"name": "R"}) for row in rows)
    mailing = mailings.freeze(
        "newsletters.edition:1", scope=f"newsletter:{morning.pk}",
        envelope_from="bounces@musashi.test", letters=[stage.letter()], audience=audience, at=at,
    )  # fmt: skip
    mailings.start(mailing, at=at)
    return mailing


def _addresses() -> Iterator[str]:
    return (f"reader.{number}@mail{number % 40}.example" for number in range(READERS))


def _leave(mailing: int, sink: Sink, leavers: int) -> tuple[list[float], int, int]:
    took, slipped, late = [], 0, 0
    chance = random.Random(6)
    for number in range(leavers):
        time.sleep(chance.uniform(0.0, APART_S))
        entry = _held(mailing)
        began = time.monotonic()
        _out(entry.person, mailing, by_post=number % 2 == 0)
        fate = _fate(entry.pk, began)
        took.append(time.monotonic() - began)
        slipped += fate == "sent"
        late += fate == "sent" and took[-1] > BAR_S
    return took, slipped, late + _afterwards(mailing, sink)


def _held(mailing: int) -> Any:
    """A copy that a sender holds and will not send within the next seconds."""
    from dateline.mail import models

    until = time.monotonic() + START_S
    while time.monotonic() < until:
        held = models.Stretch.objects.filter(mailing_id=mailing).exclude(holder="")
        for one in held.order_by("-last"):
            rows = models.Entry.objects.filter(
                mailing_id=mailing, fate="waiting", number__range=(one.first, one.last)
            )
            if row := rows.order_by("-number").first():
                return row
        time.sleep(TURN_S)
    raise AssertionError("no sender holds a copy")


def _out(person: int, mailing: int, *, by_post: bool) -> None:
    from django.test import Client

    from dateline.mail.queries.links import token_for

    address = f"/newsletters/out/{token_for('newsletters.out', person, mailing)}/"
    told = {"List-Unsubscribe": "One-Click"} if by_post else {"sure": "on"}
    answer = Client().post(address, told, headers={"host": "musashi.localhost"})
    assert answer.status_code == CODE_GONE, answer.content[:300]


def _fate(entry: int, began: float) -> str:
    from dateline.mail import models

    fate = "waiting"
    while fate == "waiting" and time.monotonic() - began < LONGEST_S:
        time.sleep(TURN_S)
        fate = models.Entry.objects.values_list("fate", flat=True).get(pk=entry)
    return fate


def _afterwards(mailing: int, sink: Sink) -> int:
    """Copies that the sink has, though the ledger withheld them."""
    from django.conf import settings

    from dateline.mail import models

    withheld = models.Entry.objects.filter(mailing_id=mailing, fate="withheld")
    received, host = sink.received(), settings.DATELINE_NETWORK_DOMAIN
    return sum(
        received[f"m{mailing}.{number}@{host}"]
        for number in withheld.values_list("number", flat=True)
    )


if __name__ == "__main__":
    main()
