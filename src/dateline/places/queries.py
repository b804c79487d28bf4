"""What readers see of a title's places, and the stories from each, through the gate."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.places import models
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card
from dateline.stories.queries import reading as stories

MOST = 200  # of one title; a guide with more needs pages
STORIES = 12
# Long, and not shown in a list.
LEFT_OUT = ("body", "kill_reason", "usage_terms", "agency_usage_terms")


@dataclass(frozen=True, slots=True)
class Shown:
    """One place. `picture` is media's row, or None; the position is in degrees."""

    name: str
    path: str
    region: str
    text: str
    access: str
    season: str
    latitude: Decimal | None
    longitude: Decimal | None
    picture: Any
    topic_id: int | None

    @property
    def paragraphs(self) -> list[str]:
        """Its text, apart at empty lines."""
        parts = self.text.replace("\r\n", "\n").split("\n\n")
        return [part.strip() for part in parts if part.strip()]


def places(site: Site) -> list[Shown]:
    """The places of a title, by region and name. One query."""
    edge.depend(keys.places(site.id))
    rows = models.Place.objects.filter(masthead_id=site.id).select_related("picture")
    return [_shown(row) for row in rows.order_by("region", "name")[:MOST]]


def place(site: Site, slug: str) -> Shown | None:
    """One place of a title, or None. One query."""
    edge.depend(keys.places(site.id))
    rows = models.Place.objects.filter(masthead_id=site.id, slug=slug)
    row = rows.select_related("picture").first()
    return _shown(row) if row else None


def stories_from(site: Site, found: Shown, *, at: datetime) -> list[Card]:
    """The newest stories of this title about a place's topic, newest first. One query.

    A new one may wait until the page is made again; one that was killed or changed may not.
    """
    if found.topic_id is None:
        return []
    edge.depend(keys.subject(found.topic_id))
    edge.depend_softly(keys.list_of(site.id))
    notes = stories.told_wrong().filter(story_id=OuterRef("story_id"))
    rows = (
        stories.open_placements(use=Use.WEB, at=at)
        .filter(masthead_id=site.id, story__topics=found.topic_id)
        .select_related("section", "story__lead_picture")
        .annotate(corrected=Exists(notes))
        .defer(*(f"story__{name}" for name in LEFT_OUT))
        .order_by("-published_at", "-pk")[:STORIES]
    )
    listed = list(rows)
    edge.depend(*(keys.card(row.story_id) for row in listed))
    return [stories.card(row, row.story, ()) for row in listed]


def pages_about(story_id: int) -> list[tuple[int, str]]:
    """(masthead, path) of every place whose page may list a story, by its topics. One query."""
    rows = models.Place.objects.filter(topic__stories=story_id).order_by("masthead_id", "slug")
    return [(row.masthead_id, f"/places/{row.slug}/") for row in rows]


def _shown(row: models.Place) -> Shown:
    return Shown(
        name=row.name, path=f"/places/{row.slug}/", region=row.region, text=row.text,
        access=row.access, season=row.season, latitude=row.latitude, longitude=row.longitude,
        picture=row.picture, topic_id=row.topic_id,
    )  # fmt: skip
