"""Hand the live figures from the worker, who counts, to the desk, which is another process."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dateline.mastheads.domain.site import Site
from dateline.trending import models
from dateline.trending.domain.live import Live
from dateline.trending.domain.rank import ListKind

MOST_TOLD = 60  # stories of each masthead: those that are read now, or most today
ALIVE_EVERY = timedelta(minutes=1)  # what is the same is written no oftener


def begin(live: Live, sites: Sequence[Site], *, at: datetime) -> None:
    """Have the counters begin the hour and each site's day where those are over. `at` is UTC."""
    live.turn(at.timestamp(), {site.id: _midnight(site, at).timestamp() for site in sites})


def publish(live: Live, sites: Sequence[Site], *, at: datetime) -> None:
    """Store each masthead's figures where they changed, or are a minute old. `at` is aware UTC."""
    in_blocks = _in_blocks()
    stored = {row.masthead_id: row for row in models.LiveNumbers.objects.all()}
    for site in sites:
        told = live.numbers(site.id, most=MOST_TOLD, also=in_blocks.get(site.id, ()))
        stories = [_plain(asdict(one)) for one in told]
        fresh = {
            "reading": live.reading(site.id), "stories": stories, "left_out": live.left_out,
        }  # fmt: skip
        row = stored.get(site.id)
        same = row and all(getattr(row, name) == value for name, value in fresh.items())
        if not (row and same and row.at <= at < row.at + ALIVE_EVERY):
            models.LiveNumbers.objects.update_or_create(
                masthead_id=site.id, defaults={**fresh, "at": at}
            )


def _in_blocks() -> dict[int, set[int]]:
    """What stands in any block, by its own site and by the block's host."""
    found: dict[int, set[int]] = {}
    for row in models.RankedList.objects.filter(kind=ListKind.BLOCK):
        for item in row.items:
            for site in (row.masthead_id, item["site"]):
                found.setdefault(site, set()).add(item["story"])
    return found


def _plain(numbers: dict[str, object]) -> dict[str, object]:
    """As JSON gives it back, so that old and new compare."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in numbers.items()
    }


def _midnight(site: Site, at: datetime) -> datetime:
    here = at.astimezone(ZoneInfo(site.time_zone))
    return here.replace(hour=0, minute=0, second=0, microsecond=0)
