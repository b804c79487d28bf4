"""What stands beside a story: others on the same subject, through the gate, newest first."""

from collections.abc import Collection
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import Site
from dateline.stories import models, rows
from dateline.stories.cards import line
from dateline.stories.domain.gate import Use
from dateline.stories.domain.pages import Card

TOPICS = 3  # of a story, by which others are looked for
CANDIDATES = 60  # stories last put under each: bounds the cost, however many there are


def related(
    site: Site, story_id: int, *, without: Collection[int], at: datetime, limit: int
) -> list[Card]:
    """Up to `limit` other stories of a masthead that share a topic with one, newest first.

    Never a sensitive one, nor one of `without`. At most two queries; `at` is aware UTC. One that
    is published later may wait until the page is made again; one that was killed or changed may
    not, and goes at the moment its rights end.
    """
    tagged: Any = models.Story.topics.through.objects
    topics = tagged.filter(story_id=story_id).order_by("pk").values_list("topic_id", flat=True)
    found = [
        Q(
            story_id__in=tagged.filter(topic_id=topic)
            .order_by("-pk")
            .values("story_id")[:CANDIDATES]
        )
        for topic in topics[:TOPICS]
    ]
    if not found:
        return []
    listing = rows.Listing.of(site, None, Use.WEB)
    others = rows.open_in(listing, at=at).filter(reduce(or_, found), story__sensitive=False)
    others = others.exclude(story_id__in=[story_id, *without]).order_by(*rows.NEWEST)[:limit]
    cards = [line(placement).card for placement in others]
    edge.depend(keys.chrome(site.id), *(keys.card(card.story_id) for card in cards))
    for card in cards:
        edge.closes_at(card.until)
    return cards
