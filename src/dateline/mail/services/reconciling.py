"""Find out what became of the mails that a dead sender had in hand.

What its journal says was answered is written down. What was handed over and not answered is asked
of the receiver; who cannot be told is unknown, listed by name and never sent again. All else goes
back to waiting.
"""

from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from dateline.mail import models
from dateline.mail.adapters.journal import SUFFIX, Left, left_behind, machine_id
from dateline.mail.adapters.lookups import Lookup
from dateline.mail.domain.message_ids import message_id
from dateline.mail.domain.states import Fate
from dateline.mail.services.stretches import Outcome, settle

log = structlog.get_logger(__name__)

FOUND = "The receiver has it; its sender died."
LOST = "Handed over; its sender died before the answer."


def reconcile(folder: Path, lookup: Lookup, *, at: datetime) -> int:
    """Settle what dead senders of this machine left in `folder`; return how many stretches.

    Where the lookup cannot tell yet, the stretch waits for another time, up to the lookup's own
    patience. `at` is aware UTC. Several senders may run this: a journal has one lock.
    """
    held = models.Stretch.objects.filter(holder__startswith=f"{machine_id(folder)}-")
    lost = [one for one in held if not (folder / (one.holder + SUFFIX)).exists()]
    done = sum(_reconciled(left, lookup, at) for left in left_behind(folder))
    for stretch in lost:
        # Its journal is gone from the disk: any of its mails may have left.
        log.warning("mail_journal_lost", stretch=str(stretch))
        done += _decided(stretch, _numbers(stretch), lookup, since=at, at=at)
    return done


def _reconciled(left: Left, lookup: Lookup, at: datetime) -> bool:
    stretch = models.Stretch.objects.filter(holder=left.name).first()
    if stretch is None:
        left.end()
        return False
    waiting = {one.number: one for one in _waiting(stretch)}
    settle([
        Outcome(stretch.pk, one.pk, one.address, fate, told, at, one.tries)
        for number, (fate, told) in left.settled.items()
        if (one := waiting.get(number))
    ], at=at)  # fmt: skip
    handed = left.handed if left.is_whole else _numbers(stretch)
    open_ones = handed - left.settled.keys()
    if not _decided(stretch, open_ones, lookup, since=left.written_at, at=at):
        left.let_go()
        return False
    left.end()
    return True


def _decided(
    stretch: models.Stretch, handed: set[int], lookup: Lookup, *, since: datetime, at: datetime
) -> bool:
    """Settle those handed over, and let go of the stretch; say whether all could be told."""
    host = settings.DATELINE_NETWORK_DOMAIN
    asked = {
        message_id(stretch.mailing_id, one.number, host): one
        for one in _waiting(stretch)
        if one.number in handed
    }
    known = lookup.known(dict.fromkeys(asked, since)) if asked else {}
    open_ones = [name for name in asked if name not in known]
    if open_ones and max(0.0, (at - since).total_seconds()) < lookup.patience_s:
        return False
    outcomes = [
        Outcome(stretch.pk, one.pk, one.address, fate, told, at)
        for name, one in asked.items()
        for fate, told in [(Fate.SENT, FOUND) if known.get(name) else (Fate.UNKNOWN, LOST)]
        if known.get(name) is not False
    ]
    settle(outcomes, {stretch.pk: stretch.holder}, at=at)
    log.info(
        "mail_reconciled", stretch=str(stretch), asked=len(asked), unknown=len(open_ones),
        found=sum(known.values()),
    )  # fmt: skip
    return True


def _waiting(stretch: models.Stretch) -> list[models.Entry]:
    return list(
        models.Entry.objects.filter(
            mailing_id=stretch.mailing_id, number__range=(stretch.first, stretch.last),
            fate=Fate.WAITING.value,
        )
    )  # fmt: skip


def _numbers(stretch: models.Stretch) -> set[int]:
    return set(range(stretch.first, stretch.last + 1))
