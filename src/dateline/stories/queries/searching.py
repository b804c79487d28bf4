"""What readers find: the engine proposes, the gate decides, and each hit shows where it matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from dateline.mastheads.domain.site import SectionNode, Site, walk
from dateline.search import queries as search
from dateline.search.domain import index
from dateline.search.domain.extract import Piece, Wanted, extract, marked
from dateline.search.domain.index import Answer, Order, Question, mark
from dateline.search.domain.query import Note, Query, cleaned
from dateline.stories import models, rows
from dateline.stories.cards import card_of
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries.reading import open_placements

PAGE = 20  # hits
LAST_PAGE = index.DEEPEST // PAGE
LAST_DAY = date(2200, 1, 1)  # the index counts seconds in 33 bits
# Long, and not shown in a list.
LEFT_OUT = ("body", "kill_reason", "usage_terms", "agency_usage_terms")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for. `narrowed`: kind of mark → value, as an answer's `facets` say.

    With `since` (aware UTC) only what was published from then on; nothing else is proposed.
    """

    typed: str
    order: Order = Order.NEWEST
    page: int = 1
    narrowed: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: its card, and where in it what was looked for stands."""

    card: Card
    headline: tuple[Piece, ...]
    extract: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `total` is at most `index.COUNTED`, and `more` says that there are others.

    `meant` is another query that finds something, where this one finds nothing.
    """

    typed: str
    query: Query
    items: tuple[Found, ...] = ()
    total: int = 0
    more: bool = False
    has_next: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    meant: str = ""
    notes: tuple[Note, ...] = ()


def find(site: Site, asked: Asked, *, at: datetime, use: Use = Use.WEB) -> Results:
    """One page of what readers of a masthead find at `at`, aware UTC, for a page or a feed.

    Every hit passes the gate here, so what was killed or may not be shown yet is never among them,
    however old the index is. A day of `from:` and `until:` is one of the masthead's time zone. Four
    queries to the database beside the engine's own.

    Raises:
        EngineAway: the engine did not answer, or not in time.

    """
    typed, query = cleaned(asked.typed), search.understood(asked.typed)
    question, notes = _question(site, query, asked, at=at)
    if query.is_empty:
        return Results(typed, query, notes=notes)
    answer = search.ask(question)
    items = _items(answer, query, use=use, at=at)
    if len(items) < len(answer.hits) == answer.total:  # the gate knows better than the index
        answer = replace(answer, total=len(items), facets={})
    alone = answer.total or asked.narrowed or asked.since
    meant = "" if alone else _meant(site, typed, use=use, at=at)
    end = question.start + question.size
    return Results(
        typed=typed,
        query=query,
        items=items,
        total=answer.total,
        more=answer.more,
        has_next=(answer.total > end or answer.more) and end < index.DEEPEST,
        facets=answer.facets,
        meant=meant,
        notes=notes,
    )


def still_found(
    site: Site, story_ids: Sequence[int], *, at: datetime, use: Use = Use.WEB
) -> list[Card]:
    """Of these stories those that readers of a masthead may still find at `at`, newest first.

    Aware UTC. Two queries.
    """
    rows_now = _allowed(use=use, at=at).filter(masthead=site.id, story_id__in=story_ids)
    ordered = list(rows_now.order_by("-published_at", "-pk"))
    people = _people([row.story_id for row in ordered])
    return [card_of(row, row.story, people.get(row.story_id, [])) for row in ordered]


def _question(
    site: Site, query: Query, asked: Asked, *, at: datetime
) -> tuple[Question, tuple[Note, ...]]:
    notes = query.notes
    marks: list[tuple[str, ...]] = [(mark(index.MASTHEAD, site.id),)]
    for kind, value in asked.narrowed.items():
        marks.append(_of_section(site, value) if kind == index.SECTION else (mark(kind, value),))
    if query.section:
        section = _section(site, query.section)
        marks.append(_family(section) if section else (mark(index.SECTION, "none"),))
        notes = notes if section else (*notes, Note.NO_SECTION)
    day = timedelta(days=1)
    return Question(
        query=query,
        marks=tuple(marks),
        at=int(at.timestamp()),
        since=max(_begin(site, query.since) or 0, _second(asked.since)) or None,
        until=_begin(site, min(query.until, LAST_DAY) + day) if query.until else None,
        order=asked.order,
        start=(asked.page - 1) * PAGE,
        size=PAGE,
    ), notes


def _second(moment: datetime | None) -> int:
    return int(moment.timestamp()) if moment else 0


def _section(site: Site, named: str) -> SectionNode | None:
    """The section of this slug or name, in any case."""
    nodes = walk(site.sections)
    return next((one for one in nodes if named in {one.slug, one.name.lower()}), None)


def _of_section(site: Site, slug: str) -> tuple[str, ...]:
    section = site.section(slug)
    return _family(section) if section else (mark(index.SECTION, "none"),)


def _family(section: SectionNode) -> tuple[str, ...]:
    return tuple(mark(index.SECTION, one) for one in section.family_ids())


def _begin(site: Site, day: date | None) -> int | None:
    if day is None:
        return None
    first = max(day, date(1970, 1, 2))  # before it there is nothing, and clocks differ by zone
    midnight = datetime.combine(min(first, LAST_DAY), time.min, ZoneInfo(site.time_zone))
    return int(midnight.timestamp())


def _meant(site: Site, typed: str, *, use: Use, at: datetime) -> str:
    """Another query that finds something here, or ""."""
    other = search.meant(typed)
    if not other:
        return ""
    question, _ = _question(site, search.understood(other), Asked(other), at=at)
    return other if _open(search.ask(question), use=use, at=at).exists() else ""


def _items(answer: Answer, query: Query, *, use: Use, at: datetime) -> tuple[Found, ...]:
    found = {row.pk: row for row in _open(answer, use=use, at=at)}
    shown = [found[hit.placement_id] for hit in answer.hits if hit.placement_id in found]
    ids = [row.story_id for row in shown]
    texts, people = _texts(ids), _people(ids)
    wanted = Wanted(query.phrases())
    return tuple(
        Found(
            card=(card := card_of(row, row.story, people.get(row.story_id, []))),
            headline=marked(card.headline, wanted),
            extract=extract(texts.get(row.story_id, ""), wanted),
        )
        for row in shown
    )


def _open(answer: Answer, *, use: Use, at: datetime) -> Any:
    """Of the hits those that may be shown now."""
    return _allowed(use=use, at=at).filter(pk__in=[hit.placement_id for hit in answer.hits])


def _allowed(*, use: Use, at: datetime) -> Any:
    """All for which the gate is open now, for search and for where they are shown."""
    notes = rows.told_wrong().filter(story_id=OuterRef("story_id"))
    return (
        open_placements(use=use, at=at)
        .filter(rows.shown(None, use=Use.SEARCH, at=at))
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(notes))
        .defer(*(f"story__{name}" for name in LEFT_OUT))
    )


def _texts(story_ids: Sequence[int]) -> dict[int, str]:
    kept = models.StoryVersion.objects.filter(story_id__in=story_ids, shown_until=None)
    parts = kept.values_list("story_id", "standfirst", "body_text")
    return {pk: "\n\n".join(filter(None, texts)) for pk, *texts in parts}


def _people(story_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for story_id, _, name in rows.names(stories=story_ids):
        found.setdefault(story_id, []).append(name)
    return found
