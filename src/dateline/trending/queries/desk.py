"""What the desk's screens show: the live list of a masthead, its readers now, its rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateline.charts import Bars, bars, lying
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories
from dateline.trending import models
from dateline.trending.domain.live import HOURS, Numbers
from dateline.trending.domain.rank import SLOTS, Listed, ListKind
from dateline.trending.domain.views import Source
from dateline.trending.domain.words import why, words_for
from dateline.trending.queries import lists
from dateline.trending.queries.eligible import for_host, open_rows

STALE_AFTER = timedelta(minutes=3)  # the worker says at least once a minute that it counts
LATEST = 20
FOUND, LOOKED_AT = 12, 200  # stories of a search
KNOWN = {field.name for field in fields(Numbers)}
SMALL = {"width": 96, "height": 20}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a block: `reason` says why in words, `clicks` are today's on this host."""

    rank: int
    story: int
    title: str
    language: str
    url: str
    site_name: str
    pinned: bool
    reason: str
    clicks: int
    readers: int
    hours: tuple[int, ...]
    trend: Bars


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a site with what was counted of it."""

    numbers: Numbers
    title: str
    language: str
    url: str
    trend: Bars


@dataclass(frozen=True, slots=True)
class Board:
    """A masthead as its curators see it. `at` is when the worker counted last, None for never.

    `stale`: that is long ago.
    """

    site: Site
    at: datetime | None
    stale: bool
    reading: int
    left_out: int
    places: Sequence[Place]
    stories: Sequence[Story]


def boards(
    sites: Sequence[Site], every: Sequence[Site], *, at: datetime, most: int = SLOTS
) -> list[Board]:
    """The boards of `sites`, out of `every` masthead; `most` stories of each list.

    Two queries, and three for each site. `at` is aware UTC.
    """
    told = {row.pk: row for row in models.LiveNumbers.objects.all()}
    counted = {pk: _numbers(row) for pk, row in told.items()}
    return [_board(site, every, told.get(site.id), counted, at=at, most=most) for site in sites]


def _board(
    site: Site,
    every: Sequence[Site],
    row: models.LiveNumbers | None,
    counted: Mapping[int, Mapping[int, Numbers]],
    *,
    at: datetime,
    most: int,
) -> Board:
    own = counted.get(site.id, {})
    read = [one for one in own.values() if one.now or one.shown or one.read]
    return Board(
        site=site,
        at=row.at if row else None,
        stale=bool(row) and at - row.at > STALE_AFTER if row else False,
        reading=row.reading if row else 0,
        left_out=row.left_out if row else 0,
        places=_places(site, every, counted, at=at, most=most),
        stories=_stories(site, read, at=at)[:most],
    )


def _places(
    site: Site,
    every: Sequence[Site],
    counted: Mapping[int, Mapping[int, Numbers]],
    *,
    at: datetime,
    most: int,
) -> list[Place]:
    """What readers of a site find in its block, in its order."""
    by_id = {one.id: one for one in every}
    ranked = lists.ranked(site.id, ListKind.BLOCK)
    rows = lists.placements([item.placement for item in ranked], at=at)
    shown = [
        (item, rows[item.placement])
        for item in ranked
        if item.placement in rows
        and stories.gate(rows[item.placement], masthead=site.slug, use=Use.PROMO, at=at).open
    ]
    return [
        _place(item, row, counted, rank=rank, sister=by_id[row.masthead_id], host=site)
        for rank, (item, row) in enumerate(shown[:most], start=1)
    ]


def _place(
    item: Listed,
    row: Any,
    counted: Mapping[int, Mapping[int, Numbers]],
    *,
    rank: int,
    sister: Site,
    host: Site,
) -> Place:
    there = counted.get(sister.id, {}).get(item.story)
    here = counted.get(host.id, {}).get(item.story)
    hours = there.hours if there else (0,) * HOURS
    return Place(
        rank=rank, story=item.story, title=row.story.headline, language=row.story.language,
        url=sister.origin + stories.path_of(row), site_name=sister.name,
        pinned=item.reason == "pinned", reason=why(item, words_for(host.language)),
        clicks=here.clicks if here else 0, readers=item.readers, hours=hours,
        trend=bars(hours, **SMALL),
    )  # fmt: skip


def _stories(site: Site, read: Iterable[Numbers], *, at: datetime) -> list[Story]:
    numbers = list(read)
    rows = _open(site, [one.story for one in numbers], at=at)
    return [
        Story(
            one, rows[one.story].story.headline, rows[one.story].story.language,
            site.origin + stories.path_of(rows[one.story]), bars(one.hours, **SMALL),
        )
        for one in numbers
        if one.story in rows
    ]  # fmt: skip


def _open(site: Site, ids: Sequence[int], *, at: datetime) -> dict[int, Any]:
    """Open placements of these stories on a site, by story."""
    rows = stories.open_placements(use=Use.WEB, at=at).filter(masthead_id=site.id, story_id__in=ids)
    rows = rows.select_related("section", "story")
    return {row.story_id: row for row in rows.defer(*(f"story__{name}" for name in lists.LEFT_OUT))}


@dataclass(frozen=True, slots=True)
class StoryBoard:
    """One story of a site in full: `sources` are (number of `Source`, shown, path of its bar).

    `hours` are (o'clock on the site's clock, reads), the oldest first.
    """

    story: Story
    sources: Sequence[tuple[int, int, str]]
    hours: Sequence[tuple[int, int]]
    hour_bars: Bars


def story_board(site: Site, story_id: int, *, at: datetime) -> StoryBoard | None:
    """What was counted of one story of a site; None where readers do not see it there.

    Zeros where nothing was. `at` is aware UTC. Two queries.
    """
    row = models.LiveNumbers.objects.filter(pk=site.id).first()
    nothing = Numbers(story_id, 0, (0,) * (len(Source) + 1), 0, 0, None, 0, (0,) * HOURS)
    numbers = (_numbers(row) if row else {}).get(story_id, nothing)
    found = _stories(site, [numbers], at=at)
    if not found:
        return None
    counted_at = (row.at if row else at).astimezone(ZoneInfo(site.time_zone))
    shown = [numbers.sources[one] for one in Source]
    clock = [(counted_at.hour - HOURS + 1 + n) % HOURS for n in range(HOURS)]
    return StoryBoard(
        story=found[0],
        sources=list(zip(map(int, Source), shown, lying(shown), strict=True)),
        hours=list(zip(clock, numbers.hours, strict=True)),
        hour_bars=bars(numbers.hours, height=120),
    )


def _numbers(row: models.LiveNumbers) -> dict[int, Numbers]:
    """The figures of a masthead by story, as far as this version of the code knows them."""
    found = {}
    for item in row.stories:
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in item.items()
            if name in KNOWN
        }
        found[int(item["story"])] = Numbers(**known)
    return found


@dataclass(frozen=True, slots=True)
class Found:
    """A story of a sister title that a search found, and that may stand in the block."""

    story: int
    title: str
    language: str
    site_name: str


def find(host: Site, every: Sequence[Site], text: str, *, at: datetime) -> list[Found]:
    """The newest stories with `text` in a headline that may stand in a host's block now.

    `at` is aware UTC. Sensitive ones are left out, as in the block. One query.
    """
    rows = open_rows(at=at).filter(story__headline__icontains=text, story__sensitive=False)
    newest = rows.order_by("-published_at", "-id")[:LOOKED_AT]
    names = {site.id: site.name for site in every}
    return [
        Found(row.story_id, row.story.headline, row.story.language, names[row.masthead_id])
        for row in for_host(host, every, newest, at=at)[:FOUND]
    ]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A rule that stands, or a note of what was done, with its story's title.

    `rule` has kind, slot, factor, until and reason.
    """

    story: int | None
    title: str
    language: str
    by: str
    at: datetime
    reason: str
    rule: Mapping[str, Any]
    until: datetime | None = None
    verb: str = ""
    note: int = 0
    undoable: bool = False


def rules(site: Site, *, at: datetime) -> list[Ruled]:
    """The rules that stand in a masthead's block, pins first. `at` is aware UTC."""
    rows = models.EditorsRule.objects.filter(masthead_id=site.id, until__gt=at)
    return [
        Ruled(
            row.story_id, row.story.headline, row.story.language, _name(row.by), row.at, row.reason,
            {"kind": row.kind, "slot": row.slot, "factor": row.factor}, until=row.until,
        )
        for row in rows.select_related("story", "by").order_by("-kind", "slot", "pk")
    ]  # fmt: skip


def notes(site: Site) -> list[Ruled]:
    """The latest of what was done with a masthead's block; the newest of each story is undoable."""
    rows = models.RuleNote.objects.filter(masthead_id=site.id).select_related("story", "by")
    found, seen = list[Ruled](), set[int | None]({None})
    for row in rows.order_by("-pk")[:LATEST]:
        title, language = (row.story.headline, row.story.language) if row.story else ("", "")
        rule = row.became or row.was or {"kind": "ban", "slot": 1, "factor": 2.0}
        found.append(
            Ruled(
                row.story_id, title, language, _name(row.by), row.at, row.reason, rule,
                verb=row.verb, note=row.pk, undoable=row.story_id not in seen,
            )
        )  # fmt: skip
        seen.add(row.story_id)
    return found


def _name(person: Any) -> str:
    """How the newsroom knows somebody; empty for an account that is gone."""
    return (person.get_full_name() or person.email) if person else ""
