"""Fetch what agencies lay ready for us: the bytes first, and only then the place where we go on."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from time import monotonic
from traceback import format_tb
from typing import Any, BinaryIO

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
    Stuck,
    kept_name,
    known_to,
    next_visit,
    parts_of,
    problem_of,
    secret_of,
    storable,
    storable_text,
)
from dateline.wire.services.intake import receive

AT_ONCE = 20  # places of one round
LONGEST_S = 20.0  # of one visit; what is left then is taken at the next, at once
LEASE = timedelta(minutes=5)
SAVE_EVERY_S = 1.0
MOST_TOLD, LONGEST_PROBLEM = 3, 2000  # sentences, characters
log = structlog.get_logger(__name__)


class PickupRefused(Exception):
    """Settings of a place that cannot be. `problems` maps a field to a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def problems_of(pickup: models.Pickup, *, secret: str | None) -> dict[str, str]:
    """What is wrong with a place's settings, by field; empty when nothing is.

    `secret` None would leave the one that is stored; whom it was not written for is not told it.
    """
    kind, found = Kind(pickup.kind), {}
    try:
        parts_of(kind, pickup.address)
    except PlaceRefused as refusal:
        found["address"] = str(refusal)
    if problem := problem_of(kind, pickup.options):
        found["options"] = problem
    if pickup.every_s < SHORTEST:
        found["every_s"] = f"{pickup.every_s} seconds is too often. Write {SHORTEST} or more."
    if "address" not in found and (problem := _problem_of_secret(pickup, secret)):
        found["secret"] = problem
    return found


def _problem_of_secret(pickup: models.Pickup, secret: str | None) -> str:
    try:
        secret_of(secret or "")
    except PlaceRefused as refusal:
        return str(refusal)
    before = models.Pickup.objects.filter(pk=pickup.pk).exclude(sealed="").first()
    if secret is not None or before is None or _told(before) == _told(pickup):
        return ""
    return (
        "The stored secret was written for another server, name or server key. Write it anew, or "
        "forget it."
    )


def _told(pickup: models.Pickup) -> tuple[Any, ...]:
    try:
        return known_to(pickup.kind, pickup.address, pickup.user, pickup.options)
    except PlaceRefused:  # stored before it was
        return ()


@transaction.atomic
def save_pickup(
    pickup: models.Pickup, *, secret: str | None, by: str, at: datetime | None = None
) -> int:
    """Check and store a place, new or changed, to be visited at once; return its id.

    `secret` None leaves the one that is stored. Another address is begun from its beginning. `by`
    is who did it, for the log.

    Raises:
        PickupRefused: an address, an option or a secret that cannot be; says which.

    """
    before = models.Pickup.objects.select_for_update().filter(pk=pickup.pk).first()
    problems = problems_of(pickup, secret=secret)
    if problems:
        raise PickupRefused(problems)
    if secret is not None:
        pickup.sealed = seals.seal(secret_of(secret))
    else:  # of this one, and not what a copy of another brought along
        pickup.sealed = before.sealed if before else ""
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

    `at` is aware UTC; without it each visit has its own time. Safe in several processes at once:
    each place is one's alone.
    """
    now = at or clock.now()
    due = models.Pickup.objects.filter(_due(now)).order_by("due_at")
    return sum(_visit_alone(pk, at=at) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def _due(at: datetime) -> Q:
    return Q(_free(at), active=True, provider__active=True, due_at__lte=at)


def _free(at: datetime) -> Q:
    return Q(leased_until=None) | Q(leased_until__lt=at)


def _visit_alone(pickup_id: int, *, at: datetime | None) -> int:
    """One that cannot even be written down keeps no other waiting; its lease ends by itself."""
    try:
        return _visit(pickup_id, which=_due, at=at)
    except Exception as error:
        log.exception("pickup_failed", pickup=pickup_id, **_wordless(error))
        return 0


def visit(pickup_id: int, *, at: datetime | None = None) -> int:
    """Visit one place now, unless somebody is there; return how many deliveries came.

    What went wrong is written down as the place's problem, and it is visited again later.
    """
    return _visit(pickup_id, which=_free, at=at)


def _visit(pickup_id: int, *, which: Callable[[datetime], Q], at: datetime | None) -> int:
    pickup = _claimed(pickup_id, which, at or clock.now())
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
        log.exception("pickup_failed", pickup=pickup_id, **_wordless(error))
        taking.end(problem=f"The visit failed ({type(error).__name__}). Report it.")
    else:
        taking.end(is_empty=is_empty)
    return taking.count


def _wordless(error: Exception) -> dict[str, Any]:
    """What failed and where, without its words and values: they may hold a secret."""
    where = "".join(format_tb(error.__traceback__))
    return {"exc_info": RuntimeError(type(error).__name__), "where": where}


@transaction.atomic
def _claimed(pickup_id: int, which: Callable[[datetime], Q], at: datetime) -> models.Pickup | None:
    """Take a place for ourselves, if it is still one of `which` now that nobody else can."""
    rows = models.Pickup.objects.select_related("provider").select_for_update(of=("self",))
    pickup = rows.filter(which(at), pk=pickup_id).first()
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
        secret=seals.unseal(pickup.sealed).strip(),
        options=pickup.options,
        private_allowed=settings.DATELINE_WIRE_PRIVATE,
    )


class _Taking:
    """One visit: what came, what was left, and how far we are.

    `at` is its time, or None for the time that it is.
    """

    def __init__(self, pickup: models.Pickup, at: datetime | None) -> None:
        self.pickup, self.at = pickup, at
        self.count = 0
        self.left: list[str] = []
        self.cursor: Mapping[str, Any] | None = None
        self.saved_at = self.began = monotonic()

    def go(self) -> bool:
        """Take what lies there; return whether that was all."""
        with closing(fetch(place_of(self.pickup), self.pickup.cursor)) as coming:
            for came in coming:
                if self.count and monotonic() - self.began > LONGEST_S:
                    return False
                self._take(came)
        return True

    def _take(self, came: Came) -> None:
        """Make one delivery safe; then, and not before, go on from behind it."""
        if came.data is None:
            self.left += [came.refusal] if came.refusal else []
        else:
            self._receive(came, came.data)
        self.cursor = came.cursor
        if monotonic() - self.saved_at > SAVE_EVERY_S:
            self._save(cursor=storable(self.cursor))
            self.saved_at = monotonic()

    def _receive(self, came: Came, data: bytes | BinaryIO) -> None:
        try:
            receive(
                self.pickup.provider, data, file_name=kept_name(came.name),
                transport=self.pickup.kind, refusal=storable_text(came.refusal), at=self._now(),
            )  # fmt: skip
        except Stuck as stuck:  # in the middle; its place knows
            self.left.append(str(stuck))
        else:
            self.count += 1

    def _now(self) -> datetime:
        return self.at or clock.now()

    def end(
        self, *, problem: str = "", wait: timedelta | None = None, is_empty: bool = True
    ) -> None:
        """Write down how far we came, what was wrong, and when to come again."""
        pickup, now = self.pickup, self._now()
        failures = pickup.failures + 1 if problem else 0
        due = next_visit(every_s=pickup.every_s, failures=failures, wait=wait, at=now)
        values: dict[str, Any] = {
            "failures": failures,
            "problem": storable_text(problem or self._left())[:LONGEST_PROBLEM],
            "due_at": due if is_empty else now,
            "leased_until": None,
        }
        if self.cursor is not None:
            values["cursor"] = storable(self.cursor)
        if not problem:
            values["visited_at"] = now
        if self.count:
            values["came_at"] = now
        if values["problem"] and values["problem"] != pickup.problem:
            log.warning("pickup_problem", pickup=pickup.pk, problem=values["problem"])
        self._save(**values)

    def _left(self) -> str:
        told, more = self.left[:MOST_TOLD], len(self.left) - MOST_TOLD
        return " ".join([*told, f"And {more:,} more."] if more > 0 else told)

    def _save(self, **values: Any) -> None:
        """Only while the place is ours: whoever changed it meanwhile begins anew."""
        mine = models.Pickup.objects.filter(
            pk=self.pickup.pk, leased_until=self.pickup.leased_until
        )
        mine.update(**values)


def reseal() -> int:
    """Seal every secret with the signing key of now, where it is not; return how many were.

    One that no named key opens stays as it is: the key may be named again.
    """
    keys = list(models.Pickup.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_reseal(key) for key in keys)


@transaction.atomic
def _reseal(pickup_id: int) -> bool:
    row = models.Pickup.objects.select_for_update().filter(pk=pickup_id).first()
    if row is None or seals.is_of_now(row.sealed):
        return False
    try:
        row.sealed = seals.seal(seals.unseal(row.sealed))
    except Unreadable:
        return False
    row.save(update_fields=["sealed"])
    return True
