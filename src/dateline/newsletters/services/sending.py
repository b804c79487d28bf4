"""Schedule a letter, send what is due, and pause, resume or stop what is on its way."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from dateline.mail.domain.states import MailingState
from dateline.mail.queries.frozen import frozen
from dateline.mail.queries.mailings import Progress
from dateline.mail.queries.mailings import progress as progress_of
from dateline.mail.services import mailings
from dateline.mail.services.recutting import recut
from dateline.newsletters import models
from dateline.newsletters.domain.editions import (
    UNSENT,
    EditionRefused,
    EditionState,
    content_of,
    is_empty,
)
from dateline.newsletters.domain.links import scope_of
from dateline.newsletters.domain.timing import moment, zone_of
from dateline.newsletters.queries import audiences, letters, material
from dateline.newsletters.services.doors import drawn_to_leave
from dateline.newsletters.services.editions import became, kept_back, locked, note

EARLIEST, LATEST = "Etc/GMT-14", "Etc/GMT+12"  # POSIX counts west of Greenwich as more
STOPPED_BY_HAND = "Stopped by hand."
NOTHING_LEFT = "Nothing was left in it."


@transaction.atomic
def schedule(
    edition_id: int, *, day: date, wall: time, each_zone: bool, by: UUID | None, at: datetime
) -> datetime:
    """Let a checked letter leave by itself; return when its first mail does, in UTC.

    At `wall` on `day` by the list's clock, or, with `each_zone`, by each reader's own. `at` is
    aware UTC.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: it is not checked, or that time is over everywhere.

    """
    row = locked(edition_id, by=by)
    if row.state != EditionState.CHECKED:
        raise EditionRefused(f"The letter is {row.state}. Check it first.")
    first = EARLIEST if each_zone else row.newsletter.time_zone
    last = LATEST if each_zone else row.newsletter.time_zone
    if by and moment(day, wall, zone_of(last, "UTC")) < at:  # the clock itself may be late
        raise EditionRefused("That time is over.")
    row.due_at = max(at, moment(day, wall, zone_of(first, "UTC")))
    row.leaves_on, row.wall, row.each_zone = day, wall, each_zone
    note(row, "scheduled", by=by, at=at, told=f"{day} {wall:%H:%M}")
    became(row, EditionState.SCHEDULED, by=by, at=at)
    return row.due_at


@transaction.atomic
def send_now(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Let a checked letter leave at once. Else as `schedule`."""
    row = locked(edition_id, by=by)
    if row.state != EditionState.CHECKED:
        raise EditionRefused(f"The letter is {row.state}. Check it first.")
    row.due_at, row.each_zone = at, False
    note(row, "scheduled", by=by, at=at)
    became(row, EditionState.SCHEDULED, by=by, at=at)


@transaction.atomic
def take_back(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Take a scheduled letter back: it is a draft again. `at` is aware UTC.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: it is not scheduled.

    """
    row = locked(edition_id, by=by)
    if row.state != EditionState.SCHEDULED:
        raise EditionRefused(f"The letter is {row.state}: there is nothing to take back.")
    row.due_at = None
    note(row, "taken_back", by=by, at=at)
    became(row, EditionState.DRAFT, by=by, at=at)


@transaction.atomic
def drop(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Give up a letter that has not left; its stories are free for the next. Else as `stop`."""
    row = locked(edition_id, by=by)
    if row.state not in UNSENT:
        raise EditionRefused(f"The letter is {row.state}: it cannot be dropped.")
    _end(row, EditionState.STOPPED, why=STOPPED_BY_HAND, by=by, at=at)


@transaction.atomic
def archive_only(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Show a draft in the archive as one that was sent at `at` (aware UTC); no mail leaves.

    For letters that left by other means, before their list came here. Else as `drop`.
    """
    row = locked(edition_id, by=by)
    if row.state not in UNSENT:
        raise EditionRefused(f"The letter is {row.state}: it cannot be put in the archive.")
    row.public_at = at
    _end(row, EditionState.SENT, why="Sent by other means.", by=by, at=at)


def send_due(*, at: datetime) -> int:
    """Send every letter that is due at `at` (aware UTC); return how many began to leave.

    The archive shows a letter, committed, before its audience is frozen and its first mail leaves.
    A run that dies in between is taken up by the next.
    """
    due = Q(state=EditionState.SCHEDULED, due_at__lte=at)
    halfway = Q(state=EditionState.SENDING, mailing=None)
    rows = models.Edition.objects.filter(due | halfway).order_by("due_at", "pk")
    return sum(_send(pk, at=at) for pk in rows.values_list("pk", flat=True))


def _send(edition_id: int, *, at: datetime) -> bool:
    row = _published(edition_id, at=at)
    if row is None:
        return False
    wanted = audiences.kept_variants(row)
    drawn = drawn_to_leave(row, wanted, at=at)
    try:
        number = mailings.freeze(
            key_of(row.pk), scope=scope_of(row.newsletter_id),
            envelope_from=letters.envelope_of(row.newsletter),
            letters=[drawn[one] for one in wanted],
            audience=audiences.recipients(row, wanted), at=at,
        )  # fmt: skip
    except mailings.AlreadyFrozen:
        found = frozen(key_of(row.pk))
        if found is None:
            return False  # another worker freezes it
        number = found
    # From here on whoever kills or corrects a story cuts it anew; what they did before, we do.
    models.Edition.objects.filter(pk=row.pk).update(mailing_id=number)
    return _started(row, number, at=at)


def _started(drawn: models.Edition, number: int, *, at: datetime) -> bool:
    row = models.Edition.objects.get(pk=drawn.pk)
    if row.state != EditionState.SENDING:
        mailings.stop(number, why=NOTHING_LEFT, at=at)
        return False
    if (row.content, row.subject) != (drawn.content, drawn.subject):
        cut_anew(row.pk, at=at)
    mailings.start(number, at=at)
    return True


def cut_anew(edition_id: int, *, at: datetime) -> None:
    """Give whoever has not got a letter the one that it is now; nothing where none is frozen.

    `at` is aware UTC. Safe to run twice.
    """
    row = models.Edition.objects.select_related("newsletter").get(pk=edition_id)
    if row.mailing_id is None or row.state != EditionState.SENDING:
        return
    wanted = audiences.kept_variants(row)
    drawn = drawn_to_leave(row, wanted, at=at)
    recut(row.mailing_id, [drawn[one] for one in wanted], at=at)


def key_of(edition_id: int) -> str:
    """By what `mail` knows an edition: the same is never frozen twice."""
    return f"newsletters.edition:{edition_id}"


@transaction.atomic
def _published(edition_id: int, *, at: datetime) -> models.Edition | None:
    """Show a letter in the archive, with what may be shown now; None where it cannot leave."""
    row = locked(edition_id, by=None)
    if row.state == EditionState.SENDING:
        return row
    if row.state != EditionState.SCHEDULED:
        return None  # somebody was quicker
    content = content_of(row.content)
    shown = material.still_open(content.items, at=at)
    closed = [item for item in content.items if item.key not in shown]
    if closed or is_empty(content):
        names = ", ".join(item.headline for item in closed)
        row.due_at = None
        note(row, "held_back", by=None, at=at, told=names)
        kept_back(row, at=at)
        became(row, EditionState.DRAFT, by=None, at=at)
        return None
    row.copies = [
        {"language": one.language, "blocks": list(one.blocks)}
        for one in audiences.variants_of(row)
    ]  # fmt: skip
    row.public_at = at
    became(row, EditionState.SENDING, by=None, at=at)
    return row


def settle(*, at: datetime) -> int:
    """Note which letters have wholly left by `at` (aware UTC); return how many."""
    rows = models.Edition.objects.filter(state=EditionState.SENDING).exclude(mailing=None)
    return sum(_settle(row.pk, at=at) for row in rows.order_by("pk"))


@transaction.atomic
def _settle(edition_id: int, *, at: datetime) -> bool:
    row = locked(edition_id, by=None)
    if row.state != EditionState.SENDING or row.mailing_id is None:
        return False
    state = progress_of(row.mailing_id).state
    if state is MailingState.DONE:
        _end(row, EditionState.SENT, why="", by=None, at=at)
    elif state is MailingState.STOPPED:
        _end(row, EditionState.STOPPED, why=STOPPED_BY_HAND, by=None, at=at)
    return state in {MailingState.DONE, MailingState.STOPPED}


def _end(
    row: models.Edition, state: EditionState, *, why: str, by: UUID | None, at: datetime
) -> None:
    row.ended_at, row.ended_why, row.due_at = at, why, None
    note(row, state.value, by=by, at=at, told=why)
    became(row, state, by=by, at=at)


def pause(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Hold back what has not left. `at` is aware UTC.

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: it is not on its way.

    """
    mailings.pause(_on_its_way(edition_id, "paused", by=by, at=at), at=at)


def resume(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Go on with what was paused. Else as `pause`."""
    mailings.resume(_on_its_way(edition_id, "resumed", by=by, at=at), at=at)


def stop(edition_id: int, *, by: UUID, at: datetime) -> None:
    """Stop for good what has not left; what has stays in the archive. Else as `pause`."""
    number = _on_its_way(edition_id, "stopped", by=by, at=at)
    mailings.stop(number, why=STOPPED_BY_HAND, at=at)
    _settle(edition_id, at=at)


@transaction.atomic
def _on_its_way(edition_id: int, verb: str, *, by: UUID, at: datetime) -> int:
    row = locked(edition_id, by=by)
    if row.state != EditionState.SENDING or row.mailing_id is None:
        raise EditionRefused(f"The letter is {row.state}: it is not on its way.")
    note(row, verb, by=by, at=at)
    return row.mailing_id


def stop_empty(row: models.Edition, *, at: datetime) -> None:
    """End a letter in which nothing is left, on its way or not. `at` is aware UTC.

    In a transaction, with its row locked.
    """
    if row.mailing_id is not None:
        mailings.stop(row.mailing_id, why=NOTHING_LEFT, at=at)
    _end(row, EditionState.STOPPED, why=NOTHING_LEFT, by=None, at=at)


def progress(edition: models.Edition) -> Progress | None:
    """How far a letter is, or None where nobody is frozen yet."""
    return progress_of(edition.mailing_id) if edition.mailing_id else None
