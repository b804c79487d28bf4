"""After a backup was restored: nothing may leave that left after the backup was made."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dateline.mail.services import mailings
from dateline.newsletters import models
from dateline.newsletters.domain.editions import EditionState
from dateline.newsletters.services.editions import became, locked, note

WHY = "A backup was restored: it may have left before."


@dataclass(frozen=True, slots=True)
class Held:
    """How much waits for a person now: mailings on their way, and letters that were due."""

    mailings: int
    letters: int


def hold_what_may_have_left(*, at: datetime) -> Held:
    """Pause what was on its way, take back letters that were due, make none for days before `at`.

    A restored database does not know what left since its backup; who got it already must not get
    it again before somebody has looked. `at` is aware UTC. Safe to run twice.
    """
    paused = mailings.hold_all(why=WHY, at=at)
    due = models.Edition.objects.filter(state=EditionState.SCHEDULED, due_at__lte=at)
    begun = models.Edition.objects.filter(state=EditionState.SENDING, mailing=None)
    letters = [*due.values_list("pk", flat=True), *begun.values_list("pk", flat=True)]
    for pk in letters:
        _back_to_draft(pk, at=at)
    models.Recipe.objects.filter(started_at__lt=at).update(started_at=at)
    return Held(paused, len(letters))


@transaction.atomic
def _back_to_draft(edition_id: int, *, at: datetime) -> None:
    row = locked(edition_id, by=None)
    row.due_at = None
    note(row, "taken_back", by=None, at=at, told=WHY)
    became(row, EditionState.DRAFT, by=None, at=at)
