"""Add, change, close and open a job again: one verb, one transaction, one fact."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.jobs import models
from dateline.jobs.domain.errors import JobsRefused
from dateline.jobs.domain.terms import ListingTerms
from dateline.jobs.events import ListingChanged, ListingClosed
from dateline.jobs.services.keepers import must_keep
from dateline.outbox import services as outbox

FIELDS = tuple(ListingTerms.__slots__)


@transaction.atomic
def add(masthead_id: int, terms: ListingTerms, *, by: UUID, at: datetime | None = None) -> int:
    """Put a job on a masthead's board and return its id. `at` is aware UTC.

    Readers see it from its own `posted_at` on.

    Raises:
        NotYours: `by` does not keep this board.

    """
    at = at or clock.now()
    must_keep(by, masthead_id)
    row = models.Listing(masthead_id=masthead_id, created_at=at)
    put(row, terms, at=at)
    row.save()
    _tell(row, "add", by=by, at=at)
    return row.pk


@transaction.atomic
def change(listing_id: int, terms: ListingTerms, *, by: UUID, at: datetime | None = None) -> None:
    """Give a job other terms. One that a feed brought is as its next file says again.

    Raises:
        Listing.DoesNotExist: there is no such job.
        NotYours: `by` does not keep this board.

    """
    at = at or clock.now()
    row = _own(listing_id, by)
    put(row, terms, at=at)
    row.save()
    _tell(row, "change", by=by, at=at)


@transaction.atomic
def close(listing_id: int, *, by: UUID, at: datetime | None = None) -> None:
    """Take a job off the board at once: its page answers 410. No feed opens it again.

    Raises:
        Listing.DoesNotExist: there is no such job.
        NotYours: `by` does not keep this board.
        JobsRefused: it is closed already.

    """
    at = at or clock.now()
    row = _own(listing_id, by)
    if row.closed_by == models.Listing.ClosedBy.DESK:
        raise JobsRefused(f"{row.title} is closed already.")
    row.closed_at, row.closed_by = at, models.Listing.ClosedBy.DESK
    row.save(update_fields=["closed_at", "closed_by"])
    outbox.record(ListingClosed(listing_id=row.pk, masthead_id=row.masthead_id, by=str(by), at=at))


@transaction.atomic
def reopen(listing_id: int, *, by: UUID, at: datetime | None = None) -> None:
    """Put a closed job back on the board.

    Raises:
        Listing.DoesNotExist: there is no such job.
        NotYours: `by` does not keep this board.
        JobsRefused: it is not closed, or its last day is over.

    """
    at = at or clock.now()
    row = _own(listing_id, by)
    if row.closed_at is None:
        raise JobsRefused(f"{row.title} is not closed.")
    if row.valid_until <= at:
        raise JobsRefused(f"The last day of {row.title} is over. Give it a later one first.")
    row.closed_at, row.closed_by = None, ""
    row.save(update_fields=["closed_at", "closed_by"])
    _tell(row, "reopen", by=by, at=at)


def put(row: models.Listing, terms: ListingTerms, *, at: datetime) -> bool:
    """Write terms onto a row that is not saved here; whether anything is another than before."""
    before = [getattr(row, name) for name in FIELDS]
    after = [getattr(terms, name) for name in FIELDS]
    if before == after:
        return False
    for name, value in zip(FIELDS, after, strict=True):
        setattr(row, name, value)
    row.changed_at = at
    return True


def _own(listing_id: int, by: UUID) -> models.Listing:
    row = models.Listing.objects.select_for_update().get(pk=listing_id)
    must_keep(by, row.masthead_id)
    return row


def _tell(row: models.Listing, verb: str, *, by: UUID, at: datetime) -> None:
    outbox.record(
        ListingChanged(listing_id=row.pk, masthead_id=row.masthead_id, verb=verb, by=str(by), at=at)
    )
