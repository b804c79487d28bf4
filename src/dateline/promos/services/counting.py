"""Count what happened to offers: exact numbers per creative, masthead, slot and hour."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, transaction
from django.db.models import F

from dateline.promos import models
from dateline.promos.adapters import links
from dateline.promos.adapters.told import FOLDER, Told
from dateline.promos.domain.kinds import SHOWN, Event, Slot

COLUMNS = {
    Event.CHANCE: "chances",
    Event.VIEWABLE: "viewable",
    Event.CLICK: "clicks",
    Event.COPY: "copies",
}


class Happened(NamedTuple):
    """One event on a masthead; `name` is the signed name of what was shown."""

    event: Event
    name: str
    masthead_id: int


class Row(NamedTuple):
    """Where an event is counted."""

    campaign: int
    creative: int
    masthead: int
    slot: str


def count(events: Iterable[Happened], *, at: datetime) -> int:
    """Add events to the hour of `at` (aware UTC); return how many were counted.

    Forged names, and those of campaigns that are not shown on that masthead, count nowhere. One
    transaction for all of them, in one order, so that several processes never wait for each other
    in a circle.
    """
    wanted: dict[Row, Counter[str]] = {}
    for happened in events:
        shown = links.read(happened.name)
        if shown is not None:
            row = Row(shown.campaign, shown.creative, happened.masthead_id, shown.slot)
            wanted.setdefault(row, Counter())[COLUMNS[happened.event]] += 1
    real = _real(wanted)
    hour = at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        for row in sorted(real):
            _add(row, wanted[row], hour)
    return sum(wanted[row].total() for row in real)


def count_told(data_dir: Path, sites: Mapping[str, int], *, at: datetime) -> int:
    """Count what fronts have kept up to about two seconds before `at` (aware UTC); return how many.

    `sites` says which host is which masthead's id. Each file is counted whole or, where the
    database refuses, later; never twice.

    Raises:
        DatabaseError: as Django's; the files that were not counted are there for the next time.

    """
    found = 0
    for segment in Told(data_dir / FOLDER, clock=at.timestamp).take():
        events = [
            Happened(event, name, sites[telling.host])
            for telling in segment.tellings
            if telling.host in sites
            for event, name in telling.events
        ]
        try:
            found += count(events, at=datetime.fromtimestamp(segment.began, UTC))
        except DatabaseError:
            segment.put_back()
            raise
        segment.done()
    return found


def _real(wanted: Iterable[Row]) -> set[Row]:
    """Of these rows those of a campaign that is shown on that masthead, in that slot."""
    asked = set(wanted)
    if not asked:
        return set()
    placed = models.SlotPlacement.objects.filter(
        creative__in={row.creative for row in asked},
        creative__campaign__state__in=SHOWN,
        slot__in=set(Slot),
    )
    known = placed.values_list(
        "creative__campaign", "creative", "creative__campaign__mastheads", "slot"
    )
    return asked & {Row(*found) for found in known}


def _add(row: Row, more: Counter[str], hour: datetime) -> None:
    found, _ = models.Count.objects.get_or_create(
        campaign_id=row.campaign,
        creative_id=row.creative,
        masthead_id=row.masthead,
        slot=row.slot,
        hour=hour,
    )
    models.Count.objects.filter(pk=found.pk).update(
        **{column: F(column) + number for column, number in more.items()}
    )
