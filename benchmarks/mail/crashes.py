"""Kills a sender at random moments, again and again, and holds the ledger against the receiver."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks.mail import stage
from benchmarks.mail.sink import Sink

GRACE_S = 1.0  # what was handed to the system before a kill arrives so much later at most
LONGEST_S = 0.6  # a sender lives between nothing and so long
END_S = 300.0


class DumpLookup:
    """Asks the file in which smtp-sink writes what it takes."""

    patience_s = 60.0

    def __init__(self, sink: Sink) -> None:
        self.sink = sink

    def known(self, asked: Mapping[str, datetime]) -> dict[str, bool]:
        """A mail is there, or is not a second after it may have left."""
        old = time.time() - GRACE_S
        settled = {name for name, since in asked.items() if since.timestamp() < old}
        there = self.sink.received()
        return {name: name in there for name in asked if name in there or name in settled}


def campaign(sink: Sink, kills: int, mails: int, seed: int, *, queryable: bool) -> dict[str, int]:
    """Send to `mails` readers while `kills` senders die; Django is set up. Return the counts.

    `lost`: the ledger says sent and the receiver has it not, or somebody waits at the end.
    `doubles`: the receiver has it twice. `unknown`: the ledger says that nobody can tell.
    """
    from django.db import connections

    chance = random.Random(seed)
    lookup = DumpLookup(sink) if queryable else None
    ids = [stage.frozen(f"crash:{queryable}:{seed}:0", mails)]
    died = 0
    while died < kills:
        if _is_done(ids[-1]):
            ids.append(stage.frozen(f"crash:{queryable}:{seed}:{len(ids)}", mails))
        connections.close_all()
        child = _sender(lookup)
        time.sleep(chance.uniform(0.0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        died += 1
    connections.close_all()
    child = _sender(lookup)
    until = time.monotonic() + END_S
    while not all(_is_done(one) for one in ids) and time.monotonic() < until:
        time.sleep(0.2)
        connections.close_all()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return _books(ids, sink.received())


def _sender(lookup: Any) -> int:
    """Fork a sender: it begins at once, as one does that has loaded its code."""
    child = os.fork()
    if child:
        return child
    try:
        from dateline.mail.services import sending

        sending.UPKEEP_S = 0.3
        sending.run(threading.Event(), lookup=lookup)
    finally:
        os._exit(1)


def _is_done(mailing_id: int) -> bool:
    from dateline.mail.queries import mailings

    return mailings.progress(mailing_id).state == "done"


def _books(ids: list[int], received: Counter[str]) -> dict[str, int]:
    from django.conf import settings

    from dateline.mail import models

    fates: Counter[str] = Counter()
    lost = told = 0
    for entry in models.Entry.objects.filter(mailing_id__in=ids).iterator():
        name = f"m{entry.mailing_id}.{entry.number}@{settings.DATELINE_NETWORK_DOMAIN}"
        fates[entry.fate] += 1
        lost += entry.fate == "waiting" or (entry.fate == "sent" and not received[name])
        told += entry.fate == "unknown" and bool(entry.address)
    doubles = sum(count - 1 for count in received.values() if count > 1)
    return {
        "mails": fates.total(),
        "sent": fates["sent"],
        "lost": lost,
        "doubles": doubles,
        "unknown": fates["unknown"],
        "listed": told,
    }
