"""A story as one line of a list, made of its rows and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline import clock
from dateline.stories import models
from dateline.stories.domain.gate import GateFacts
from dateline.stories.domain.headlines import own_of, read
from dateline.stories.domain.pages import Card


@dataclass(frozen=True, slots=True)
class Line:
    """One placement of a list: what decides its place, and its card under its agency's byline.

    `opening` is when the next story enters the list by itself, aware UTC; the same on each line.
    """

    pk: int
    story_id: int
    published_at: datetime
    opening: datetime | None
    card: Card


def line(placement: Any) -> Line:
    """The line of a placement that a list was asked for; see `rows.open_in`."""
    return Line(
        placement.pk,
        placement.story_id,
        placement.published_at,
        placement.opening,
        card_of(placement, placement.story, ()),
    )


def card_of(placement: models.Placement, story: models.Story, people: Sequence[str]) -> Card:
    """A story, saved or not, for a list. `people` are the names over it, in order."""
    shown_at = placement.published_at or story.created_at or clock.now()  # a draft never saved
    facts = gate_facts(story, placement)
    return Card(
        story_id=story.pk or 0,
        path=path_of(placement),
        headline=story.headline,
        short_headline=story.short_headline,
        standfirst=story.standfirst,
        kicker=placement.section.name,
        section_id=placement.section_id,
        section_path=f"/{placement.section.slug}/",
        kind=story.kind,
        kind_label=str(models.Story.Kind(story.kind).label),
        published_at=shown_at,
        updated_at=max(shown_at, story.updated_at or shown_at),
        corrected=bool(getattr(placement, "corrected", False)),
        picture=story.lead_picture,
        lead_caption=story.lead_caption,
        byline=", ".join(people) or story.byline,
        dateline=story.dateline,
        language=story.language,
        sensitive=story.sensitive,
        urgency=story.urgency,
        pinned_rank=placement.pinned_rank,
        live=bool(story.coverage_started_at and not story.coverage_ended_at),
        tried=read(
            getattr(placement, "tried", None), own=own_of(story.headline, story.short_headline)
        ),
        until=min((m for m in (facts.expire_at, facts.rights_until) if m), default=None),
    )


def gate_facts(story: models.Story, placement: models.Placement | None) -> GateFacts:
    """What the gate needs to know, from rows: the stricter of what desk and agency say."""
    embargoes = [e for e in (story.embargo_until, story.agency_embargo_until) if e]
    ends = [e for e in (story.rights_until, story.agency_rights_until) if e]
    return GateFacts(
        live=story.live,
        placed=bool(placement and placement.published_at),
        killed=story.killed_at is not None,
        withheld=story.withheld_at is not None,
        advisory=story.advisory or story.agency_advisory_at is not None,
        embargo_until=max(embargoes, default=None),
        expire_at=story.expire_at,
        rights_until=min(ends, default=None),
        licensed_mastheads=story.licensed_mastheads,
        licensed_uses=story.licensed_uses,
    )


def path_of(placement: models.Placement) -> str:
    """The story's address on its masthead: `/<section>/<slug>-<id>`."""
    name = f"{placement.slug}-{placement.story_id}" if placement.slug else f"{placement.story_id}"
    return f"/{placement.section.slug}/{name}"
