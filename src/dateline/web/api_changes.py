"""What changed on a title since a moment, for programs that keep a copy of its stories."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.movements import queries as movements
from dateline.movements.domain.moved import SETTLES, Place, moment_of, place_of
from dateline.movements.queries import Change
from dateline.web.api import answer
from dateline.web.api_blocks import picture
from dateline.web.domain import api, api_changes
from dateline.web.rendering import site_of

LIVES_S = 5.0
BAD_REQUEST = 400


@shared_page(ttl=LIVES_S, query=("cursor", "since"))
@require_safe
def changes(request: HttpRequest) -> HttpResponseBase:
    """Up to 100 movements, oldest first, after `since` (RFC 3339) or after a `cursor` of ours."""
    site, at = site_of(request), clock.now()
    after = _after(request)
    if after is None:
        return answer(request, api_changes.wrong(), status=BAD_REQUEST)
    found, more = movements.changed(site, after, at=at)
    told = [_told(site, change, at=at) for change in found]
    last = found[-1].moved if found else None
    reached = Place(last.noted_at, last.id) if last else after
    settles_s = int(SETTLES.total_seconds())
    return answer(
        request, api_changes.listed(site, told, reached=str(reached), more=more, settles=settles_s)
    )


def _after(request: HttpRequest) -> Place | None:
    if "cursor" in request.GET:
        return place_of(request.GET["cursor"])
    since = moment_of(request.GET.get("since", ""))
    return Place(since) if since else None


def _told(site: Site, change: Change, *, at: datetime) -> dict[str, Any]:
    card = change.card
    shown = picture(site, card.picture, at=at, caption=card.lead_caption) if card else None
    story = api.summary(site, card, shown) if card else None
    return api_changes.change(site, change.moved, story=story, killed=change.killed)
