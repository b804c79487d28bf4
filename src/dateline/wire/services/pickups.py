"""Fetch what agencies lay ready for us: the bytes first, and only then the place where we go on."""

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from dateline import clock
from dateline.sealing import Unreadable
from dateline.wire import models
from dateline.wire.adapters.pickups import seals
from dateline.wire.adapters.pickups.kinds import fetch
from dateline.wire.domain.pickups import (
    SHORTEST,
    Away,
    Came,
    Kind,
    Place,
    PlaceRefused,
    next_visit,
    parts_of,
    problem_of,
)
from dateline.wire.services.intake import receive

AT_ONCE = 20  # places of one round
LONGEST_S = 20.0  # of one visit; what is left then is taken at the next, at once
LEASE = timedelta(minutes=5)
SAVE_EVERY_S = 1.0
log = structlog.get_logger(__name__)


class PickupRefused(Exception):
    """Settings of a place that cannot be. `problems` maps a field to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def problems_of(pickup: models.Pickup) -> dict[str, str]:
    """What is wrong with a place's settings, by field; empty when nothing is."""
    kind, found = Kind(pickup.kind), {}
    try:
        parts_of(kind, pickup.address)
    except PlaceRefused as refusal:
        found["address"] = str(refusal)
    if problem := problem_of(kind, pickup.options):
        found["options"] = problem
    if pickup.every_s < SHORTEST:
        found["every_s"] = f"{pickup.every_s} seconds is too often. Write {SHORTEST} or more."
    return found


@transaction.atomic
def save_pickup(
    pickup: models.Pickup, *, secret: str | None, by: str, at: datetime | None = None
) -> int:
    """Check and store a place, new or changed, to be visited at once; return its id.

    `secret` None leaves the one that is stored. Another address is begun from its beginning. `by`
    is who did it, for the log.

    Raises:
        PickupRefused: an address or an option that cannot be; says which.

    """
    problems = problems_of(pickup)
    if problems:
        raise PickupRefused(problems)
    before = models.Pickup.objects.select_for_update().filter(pk=pickup.pk).first()
    if secret is not None:
        pickup.sealed = seals.seal(secret)
    if before is None or _where(before) != _where(pickup):
        pickup.cursor = {}
    pickup.due_at, pickup.leased_until = at or clock.now(), None
    pickup.failures, pickup.problem = 0, ""
    pickup.save()
    log.info("pickup_saved", pickup=pickup.pk, address=pickup.address, by=by)
    return pickup.pk


def _where(pickup: models.Pickup) -> tuple[str, str, str]:
    return pickup.kind, pickup.address, pickup.user


def visit_due(*, at: datetime | None = None) -> int:
    """Visit each place that is due, and take what lies there; return how many deliveries came.

    `at` is aware UTC. Safe in several processes at once: each place is one's alone.
    """
    at = at or clock.now()
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    due = models.Pickup.objects.filter(free, active=True, provider__active=True, due_at__lte=at)
    return sum(
        visit(pk, at=at)
        for pk in list(due.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])
    )


def visit(pickup_id: int, *, at: datetime | None = None) -> int:
    """Visit one place now, unless somebody is there; return how many deliveries came.

    What went wrong is written down as the place's problem, and it is visited again later.
    """
    at = at or clock.now()
    pickup = _claimed(pickup_id, at)
    if pickup is None:
        return 0
    taking = _Taking(pickup, at)
    try:
        is_empty = taking.go()
    except Away as away:
        taking.end(problem=str(away), wait=away.wait)
    except Unreadable as error:
        taking.end(problem=f"Its secret cannot be read: {error} Write it anew.")
    except OSError as error:  # our own disk: nothing more can be made safe
        taking.end(problem=f"What came could not be stored: {error}.")
    except Exception as error:
        log.exception("pickup_failed", pickup=pickup_id)
        taking.end(problem=f"The visit failed ({type(error).__name__}: {error}). Report it.")
    else:
        taking.end(is_empty=is_empty)
    return taking.count


@transaction.atomic
def _claimed(pickup_id: int, at: datetime) -> models.Pickup | None:
    rows = models.Pickup.objects.select_related("provider").select_for_update(of=("self",))
    pickup = rows.filter(Q(leased_until=None) | Q(leased_until__lt=at), pk=pickup_id).first()
    if pickup is None:
        return None
    pickup.leased_until = at + LEASE
    pickup.save(update_fields=["leased_until"])
    return pickup


def place_of(pickup: models.Pickup) -> Place:
    """A stored place, ready to be spoken to.

    Raises:
        Unreadable: its secret was sealed with a signing key that is named no more.

    """
    return Place(
        kind=Kind(pickup.kind),
        parts=parts_of(Kind(pickup.kind), pickup.address),
        user=pickup.user,
        secret=seals.unseal(pickup.sealed),
        options=pickup.options,
        private_allowed=settings.DATELINE_WIRE_PRIVATE,
    )


class _Taking:
    """One visit: what came, what was left, and how far we are."""

    def __init__(self, pickup: models.Pickup, at: datetime) -> None:
        self.pickup, self.at = pickup, at
        self.count, self.left = 0, ""
        self.cursor: Mapping[str, Any] | None = None
        self.saved_at = self.began = monotonic()

    def go(self) -> bool:
        """Take what lies there; return whether that was all."""
        with closing(fetch(place_of(self.pickup), self.pickup.cursor)) as coming:
            for came in coming:
                if self.cursor is not None and monotonic() - self.began > LONGEST_S:
                    return False
                self._take(came)
        return True

    def _take(self, came: Came) -> None:
        """Make one delivery safe; then, and not before, go on from behind it."""
        if came.data is None:
            self.left = came.refusal or self.left
        else:
            receive(
                self.pickup.provider, came.data, file_name=came.name,
                transport=self.pickup.kind, refusal=came.refusal, at=self.at,
            )  # fmt: skip
            self.count += 1
        self.cursor = came.cursor
        if monotonic() - self.saved_at > SAVE_EVERY_S:
            self._save(cursor=dict(self.cursor))
            self.saved_at = monotonic()

    def end(
        self, *, problem: str = "", wait: timedelta | None = None, is_empty: bool = True
    ) -> None:
        """Write down how far we came, what was wrong, and when to come again."""
        pickup = self.pickup
        failures = pickup.failures + 1 if problem else 0
        due = next_visit(every_s=pickup.every_s, failures=failures, wait=wait, at=self.at)
        values: dict[str, Any] = {
            "failures": failures,
            "problem": problem or self.left,
            "due_at": due if is_empty else self.at,
            "leased_until": None,
        }
        if self.cursor is not None:
            values["cursor"] = dict(self.cursor)
        if not problem:
            values["visited_at"] = self.at
        if self.count:
            values["came_at"] = self.at
        if values["problem"] and values["problem"] != pickup.problem:
            log.warning("pickup_problem", pickup=pickup.pk, problem=values["problem"])
        self._save(**values)

    def _save(self, **values: Any) -> None:
        """Only while the place is ours: whoever changed it meanwhile begins anew."""
        mine = models.Pickup.objects.filter(
            pk=self.pickup.pk, leased_until=self.pickup.leased_until
        )
        mine.update(**values)


def reseal() -> int:
    """Seal every secret with the signing key of now, where it is not; return how many were."""
    rows = [row for row in models.Pickup.objects.all() if not seals.is_of_now(row.sealed)]
    for row in rows:
        row.sealed = seals.seal(seals.unseal(row.sealed))
        row.save(update_fields=["sealed"])
    return len(rows)
