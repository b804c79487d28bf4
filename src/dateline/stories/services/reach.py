"""What a verb changed for readers' lists, worked out in its own transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.prepared import Prepared
from dateline.stories import models, rows
from dateline.stories.domain.gate import GateFacts, Use, decide
from dateline.stories.domain.shown import Place, Shown, reach
from dateline.stories.queries import reading
from dateline.stories.recording import TOP_OF_A_LIST
from dateline.stories.services import listed

NOWHERE = Shown((), (), ())


def shown_of(story: models.Story, *, corrected: bool) -> Shown:
    """A story object as lists see it now; `corrected` says whether a correction stands under it."""
    if not story.live:
        return NOWHERE  # before anything is asked
    placements = [p for p in story.placements.all() if p.published_at]
    facts = reading.gate_facts(story, placements[0] if placements else None)
    anywhere = replace(facts, licensed_mastheads=(), licensed_uses=())
    if decide(anywhere, masthead="", use=Use.WEB, at=clock.now()).closed:
        return NOWHERE
    return Shown(
        card=_card(story, facts, corrected=corrected),
        licence=(facts.licensed_mastheads, facts.licensed_uses),
        places=tuple(map(_place, placements)),
    )


def _card(story: models.Story, facts: GateFacts, *, corrected: bool) -> tuple[Any, ...]:
    people = tuple(byline.person_id for byline in story.bylines.all())
    moments = (facts.expire_at, facts.rights_until)  # a list notes when it must let go
    return (
        story.headline, story.short_headline, story.standfirst, story.kind, story.lead_picture_id,
        story.lead_caption, people, story.byline, story.dateline, story.language, story.sensitive,
        story.urgency, corrected, story.series_id, story.series_number, *moments,
    )  # fmt: skip


def _place(placement: models.Placement) -> Place:
    return Place(
        placement.masthead_id, placement.section_id, placement.slug, placement.pinned_rank,
        placement.published_at or clock.now(),
    )  # fmt: skip


def reached(story_id: int, before: Shown, after: Shown) -> dict[str, Any]:
    """The fields of a Story fact that say what its verb changed for lists."""
    found = reach(before, after, near_top=partial(near_top, story_id))
    lists: dict[str, None] = {}
    for masthead_id, section_id, top in found.lists:
        lists |= dict.fromkeys(_tags(masthead_id, section_id, top=top))
    return {"card_changed": found.card, "lists": tuple(lists), "closed": found.closed}


def lists_around(story_id: int) -> tuple[str, ...]:
    """The edge tags of all lists in which a story stands, or stood until now."""
    found: dict[str, None] = {}
    for placement in models.Placement.objects.filter(story_id=story_id, published_at__isnull=False):
        place = _place(placement)
        for section_id in (place.section_id, None):
            top = place.rank is not None or near_top(story_id, place, bool(section_id))
            found |= dict.fromkeys(_tags(place.masthead_id, section_id, top=top))
    return (*found, *listed.tags_around(story_id))


def near_top(story_id: int, place: Place, in_section: bool) -> bool:
    """Whether a story that stands at `place` may be on the first page of a list now.

    The list is that of its section, or its masthead's front and feed. Only stories that every use
    and every title may show are counted, so that the answer holds for the narrowest list too.
    """
    values = {"section": place.section_id} if in_section else {}
    ahead = _ahead(
        in_section, at=clock.now(), masthead=place.masthead_id, since=place.published_at,
        story=story_id, **values,
    )  # fmt: skip
    return len(ahead) < TOP_OF_A_LIST


def _ahead_of(
    in_section: bool, *, at: datetime, masthead: int, since: datetime, story: int, section: int = 0
) -> QuerySet[Any, Any]:
    ahead = models.Placement.objects.filter(
        rows.shown("", use=Use.WEB, at=at), masthead_id=masthead, published_at__gt=since,
        story__licensed_mastheads="", story__licensed_uses="",
    ).exclude(story_id=story)  # fmt: skip
    if in_section:
        ahead = ahead.filter(section_id=section)
    return ahead.order_by().values_list("pk", flat=True)[:TOP_OF_A_LIST]


_ahead = Prepared[int](_ahead_of)


def _tags(masthead_id: int, section_id: int | None, *, top: bool) -> tuple[str, ...]:
    tag = keys.list_of(masthead_id, section_id)
    return (keys.far(tag), tag) if top else (keys.far(tag),)


def purge_pages(
    story_id: int, *, cause: str, card: bool, lists: Iterable[str] | None, closed: bool
) -> None:
    """Make every page that shows the story be rendered again; never show it again if `closed`.

    `card` is whether lists show something else of it, `lists` the tags of those that changed: None
    for all around it. `cause` is for who asks why.

    Raises:
        EdgeUnavailable: the purge could not be written; nothing was purged.

    """
    shows_it = [keys.story(story_id), *([keys.card(story_id)] if card or closed else [])]
    mode = Mode.GONE if closed else Mode.HARD
    edge.purge(shows_it, mode=mode, cause=cause)
    changed = lists_around(story_id) if lists is None else tuple(lists)
    if changed:
        edge.purge(changed, mode=Mode.HARD, cause=cause)
