"""The public interface: a title and its stories as JSON, read-only, for everyone's programs."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Closed, Use
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading as stories
from dateline.stories.queries import walking
from dateline.web.api_blocks import blocks_of, picture
from dateline.web.domain import api, openapi
from dateline.web.gone import linked
from dateline.web.rendering import revalidated, site_of

PAGE = 50  # stories
WRONG = 400  # answers from here on are problems
PROBLEM = "application/problem+json"


@shared_page()
@require_safe
def title(request: HttpRequest) -> HttpResponseBase:
    """The title and its sections."""
    return answer(request, api.title(site_of(request)))


@shared_page()
@require_safe
def description(request: HttpRequest) -> HttpResponseBase:
    """The interface itself, for programs."""
    return answer(request, openapi.described(site_of(request)))


@shared_page(query=("before", "section"))
@require_safe
def listed(request: HttpRequest) -> HttpResponseBase:
    """Stories of the title or of a section, newest first; `before` walks back."""
    site, at = site_of(request), clock.now()
    slug, before = request.GET.get("section", ""), request.GET.get("before", "")
    node = site.section(slug) if slug else None
    if slug and node is None:
        return _missing(request, "There is no such section.", f"See {api.ROOT} for the sections.")
    ids = node.family_ids() if node else None
    start = _id_of(before)
    found = None
    if start or not before:
        found = walking.older(site, ids, use=Use.API, at=at, before=start, size=PAGE)
    if found is None:
        return _missing(
            request, "No story to go on from has this id.", "Follow `next` of the page before."
        )
    cards, more = found
    shown = [
        (card, picture(site, card.picture, at=at, caption=card.lead_caption)) for card in cards
    ]
    return answer(request, api.listed(site, shown, section=slug, more=more))


@shared_page()
@require_safe
def story(request: HttpRequest, number: str) -> HttpResponseBase:
    """One story whole."""
    site, at = site_of(request), clock.now()
    found = _found(site, number, at=at)
    if not isinstance(found, StoryPage):
        return _closed(request, site, found)
    card = found.card
    shown = picture(site, card.picture, at=at, caption=card.lead_caption)
    body = blocks_of(site, found.body, at=at)
    return answer(request, api.whole(site, found, body=body, picture=shown))


@shared_page()
@require_safe
def versions(request: HttpRequest, number: str) -> HttpResponseBase:
    """Every text readers saw of a story."""
    site = site_of(request)
    found = _found(site, number, at=clock.now())
    if not isinstance(found, StoryPage):
        return _closed(request, site, found)
    kept = stories.versions(found.card.story_id)
    return answer(request, api.history(site, found.card.story_id, kept))


@shared_page()
@require_safe
def nothing(request: HttpRequest, anything: str) -> HttpResponseBase:
    """404 as this interface says it, for any other address below it."""
    del anything  # what was asked for is not repeated
    return _missing(request, "Nothing is at this address.", f"See {api.ROOT}openapi.json.")


def _found(site: Site, number: str, *, at: datetime) -> StoryPage | Gone | None:
    story_id = _id_of(number)
    return stories.story_page(site, story_id, at=at, use=Use.API) if story_id else None


def _id_of(text: str) -> int | None:
    """A story's id as we write it; None for anything else, such as one too large for a row."""
    named = story_path_id(text)
    return named[1] if named and not named[0] and text.isdigit() else None


def _closed(request: HttpRequest, site: Site, found: Gone | None) -> HttpResponseBase:
    if found is None:
        return _missing(request, "There is no such story here.", "Take ids from the list.")
    if found.closed in {Closed.NOT_LICENSED_FOR_USE, Closed.NOT_LICENSED_HERE}:
        return answer(request, api.not_licensed(site, found), status=403)
    return linked(answer(request, api.gone(site, found), status=found.status), site, found)


def _missing(request: HttpRequest, summary: str, detail: str) -> HttpResponseBase:
    return answer(request, api.problem(404, summary, detail), status=404)


def answer(request: HttpRequest, data: dict[str, Any], *, status: int = 200) -> HttpResponseBase:
    """JSON that pages of any other site may read too: there is nothing in it of one reader."""
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = PROBLEM if status >= WRONG else "application/json"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response if status >= WRONG else revalidated(request, response)
