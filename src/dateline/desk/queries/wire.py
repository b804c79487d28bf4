"""What the desk's wire screens show: the wire, joined with the stories made from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateline.stories.queries import reading as stories
from dateline.wire.domain.changes import Change, changes
from dateline.wire.queries import items, lists
from dateline.wire.queries.lists import Cursor, Filters, Page, RawRow, WireRow

A_DAY = timedelta(days=1)
LINES = 5  # of each kind on the start page


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the wire list: the item, and its story's id and headline where there is one."""

    item: WireRow
    story_id: int | None
    story: str


def wire_page(
    filters: Filters,
    *,
    at: datetime,
    before: Cursor | None = None,
    after: Cursor | None = None,
    size: int = lists.PAGE,
) -> Page[Line]:
    """A page of the wire, newest first, each item with the first story of its family."""
    page = lists.wire_list(
        filters, at=at, before=before, after=after, size=size, stories=stories.wire_links()
    )
    made = stories.made_from([(row.provider, row.family) for row in page.rows])
    return Page(
        tuple(_line(row, made.get((row.provider, row.family), [])) for row in page.rows),
        page.newer,
        page.older,
    )


def _line(row: WireRow, found: list[tuple[int, str]]) -> Line:
    story_id, headline = found[0] if found else (None, "")
    return Line(row, story_id, headline)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item's family: its row, its state now, and whether it is the one shown."""

    item: Any
    state: str
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """Everything the item screen shows. `item` is the wire's row; `older` the version before it."""

    item: Any
    state: str
    versions: tuple[Version, ...]
    newest: Any
    older: Any
    changes: tuple[Change, ...]
    pictures: tuple[Any, ...]
    stories: tuple[tuple[int, str], ...]

    @property
    def can_become_a_story(self) -> bool:
        """Whether the agency lets it be used, perhaps after a person has looked at it."""
        return self.state in {"usable", "embargoed", "held"} and not self.item.recalls


def item_page(item_id: int, *, at: datetime) -> ItemPage:
    """One item with its family, newest version first. `at` is aware UTC.

    Raises:
        WireItem.DoesNotExist: there is no such item.

    """
    item = items.item_row(item_id)
    rows = items.family_versions(item.provider_id, item.family)
    killed = lists.killed_among([row.pk for row in rows])
    versions = tuple(
        Version(row, _state(row, killed, at=at), shown=row.pk == item_id) for row in rows
    )
    place = next(n for n, row in enumerate(rows) if row.pk == item_id)
    older = next(iter(rows[place + 1 :]), None)
    made = stories.made_from([(item.provider.slug, item.family)])
    return ItemPage(
        item=item,
        state=versions[place].state,
        versions=versions,
        newest=rows[0],
        older=older,
        changes=tuple(changes(older.body_text, item.body_text)) if older else (),
        pictures=tuple(items.pictures_of(item)),
        stories=tuple(made.get((item.provider.slug, item.family), [])),
    )


def _state(row: Any, killed: set[int], *, at: datetime) -> str:
    return lists.state_of(
        usability=row.usability,
        recalled=row.pk in killed and not row.recalls,
        embargo_until=row.embargo_until,
        at=at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WireWaiting:
    """What on the wire waits for a person, newest first, and whether there is more of it."""

    held: tuple[WireRow, ...]
    more_held: bool  # older ones too
    quarantine: tuple[RawRow, ...]
    more_quarantine: bool


def wire_waiting(*, at: datetime, size: int = LINES) -> WireWaiting:
    """Items held in the day before `at`, aware UTC, that are no story; and the quarantine.

    Nobody can take a hold off an item, so what is older than a day has had its chance.
    """
    held = lists.wire_list(
        Filters(state="held", has_story=False), at=at, size=size, stories=stories.wire_links()
    )
    raw = lists.quarantine(size=size)
    today = tuple(row for row in held.rows if row.received_at > at - A_DAY)
    return WireWaiting(
        held=today,
        more_held=held.older is not None or len(today) < len(held.rows),
        quarantine=raw.rows,
        more_quarantine=raw.older is not None,
    )
