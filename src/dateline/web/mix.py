"""What trends on the sister sites: the items for open pages, and how the list is made."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.queries.visibility import most_discussed
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card
from dateline.trending.domain.rank import SLOTS, SPARE, ListKind
from dateline.trending.queries import lists
from dateline.trending.queries.block import Block, Item, block
from dateline.web import queries
from dateline.web.domain.meta import Meta
from dateline.web.domain.words import words_for
from dateline.web.rendering import draw, site_of

LIVES_S = 10.0
OWN = 10
THIS_WEEK = timedelta(days=7)
LABELS = {"opinion": "label_opinion", "press_release": "label_press_release"}


@shared_page(ttl=LIVES_S)
@require_safe
def items(request: HttpRequest) -> HttpResponseBase:
    """The block of this site as it is now, for its open pages; more than a page shows."""
    site = site_of(request)
    response = JsonResponse({"items": [_told(site, item) for item in _now(site).items]})
    response["Cache-Control"] = "no-cache"
    return response


@shared_page(ttl=LIVES_S)
@require_safe
def how(request: HttpRequest) -> HttpResponseBase:
    """How the list is made, why each of its stories is in it, and what is most read here."""
    site, at = site_of(request), clock.now()
    mix = _now(site)
    title = mix.words["how"]
    return draw(
        request, site, "trending", at=at, network=queries.other_titles(site),
        meta=Meta(
            title=f"{title} — {site.name}", headline=title, canonical=f"{site.origin}/trending/"
        ),
        mix=mix, most=SLOTS,
        read=lists.of_site(site.id, ListKind.READ, at=at, limit=OWN),
        rising=lists.of_site(site.id, ListKind.RISING, at=at, limit=OWN),
        discussed=_discussed(site, at=at),
    )  # fmt: skip


def _discussed(site: Site, *, at: datetime) -> list[tuple[Card, int]]:
    """What readers talk about most this week, each with how many comments it has."""
    found = dict(most_discussed(site, at=at, since=at - THIS_WEEK, most=OWN))
    cards = lists.of_stories(site.id, list(found), at=at)
    return [(card, found[card.story_id]) for card in cards]


def _now(site: Site) -> Block:
    others = queries.other_titles(site)
    return block(site, others, at=clock.now(), most=SLOTS + SPARE)


def _told(site: Site, item: Item) -> dict[str, Any]:
    w = words_for(site.language)
    labels = [w[LABELS[item.kind]]] if item.kind in LABELS else []
    return {
        "id": item.story_id,
        "url": item.url,
        "kicker": item.kicker,
        "labels": [*labels, *([w["corrected"]] if item.corrected else [])],
        "title": item.title,
        "lang": item.language,
        "site": item.site_name,
        "src": item.picture.src if item.picture else "",
        "dense": item.picture.dense if item.picture else "",
    }
