"""The places of long lists, read from an index alone, and the rows behind the open ones."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from dateline.prepared import Prepared
from dateline.stories import models, rows
from dateline.stories.cards import Line
from dateline.stories.rows import Listing

NEAR = 10 * 24  # stories: so far down a list is read through the gate, so that no page repeats one
SPARE = 7  # places read beyond a page, for those that are closed
WIDE = 512  # places read at once where many in a row are closed
MOST_PLACES = 5_000  # and no further: a page ends there, however many follow
LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)

Places = Callable[[int, int], list[int]]  # (first, how many) -> ids of placements


def _placed(
    sections: tuple[int, ...] | None, start: int, size: int, *, masthead: int, since: datetime,
    until: datetime,
) -> QuerySet[Any, Any]:  # fmt: skip
    """Ids of placements from `since` until `until`, newest first; each section has its index."""
    found = models.Placement.objects.filter(
        masthead_id=masthead, published_at__gte=since, published_at__lte=until
    ).values_list("pk", "published_at")
    if sections is not None:
        first, *others = (found.filter(section_id=section) for section in sections)
        # Merged as they come: `IN` would sort all of them.
        found = first.union(*others, all=True) if others else first
    return found.order_by("-published_at", "-pk")[start : start + size]


def _under(start: int, size: int, *, subject: str, masthead: int, until: datetime) -> Any:
    found = models.ListedUnder.objects.filter(
        subject=subject, masthead_id=masthead, moment__lte=until
    ).order_by("-moment", "-placement_id")
    return found.values_list("placement_id", flat=True)[start : start + size]


placed = Prepared[tuple[int, datetime]](_placed)
under = Prepared[int](_under)


def of_section(listing: Listing, start: int, size: int, *, at: datetime) -> list[Line]:
    """One more than `size` lines of some sections of a masthead, from place `start` on.

    Near the top a place is counted in stories that readers see. Far down it is counted in all of
    them, on the index: a page may begin with what the one before it ended with, where stories were
    taken down since, but none is left out.
    """
    if start <= NEAR:
        ids = rows.numbers(listing, start, size + 1, at=at)
        return in_order(listing, ids, at=at)
    return walked(listing, of_masthead(listing, until=at), start, size, at=at)


def of_masthead(listing: Listing, *, until: datetime, since: datetime = LONG_AGO) -> Places:
    """The places of what a masthead, or some of its sections, published from `since` to `until`."""

    def places(start: int, size: int) -> list[int]:
        found = placed(
            listing.sections, start, size, masthead=listing.title.id, since=since, until=until
        )
        return [pk for pk, _ in found]

    return places


def of_subject(listing: Listing, subject: str, *, until: datetime) -> Places:
    """The places of what a masthead lists under one subject until `until`, aware UTC."""

    def places(start: int, size: int) -> list[int]:
        return under(start, size, subject=subject, masthead=listing.title.id, until=until)

    return places


def walked(listing: Listing, places: Places, start: int, size: int, *, at: datetime) -> list[Line]:
    """One more than `size` open lines from place `start` on, at most MOST_PLACES further down."""
    found: list[Line] = []
    step, read = size + 1 + SPARE, 0
    while len(found) <= size and read < MOST_PLACES:
        ids = places(start + read, step)
        found += in_order(listing, ids, at=at)
        if len(ids) < step:
            break
        read, step = read + step, WIDE
    return found[: size + 1]


def in_order(listing: Listing, ids: Sequence[int], *, at: datetime) -> list[Line]:
    """The lines of these placements for which the gate is open, in the order of the ids."""
    by_id = {row.pk: row for row in rows.of_numbers(listing, at=at, ids=ids)}
    return [by_id[pk] for pk in ids if pk in by_id]
