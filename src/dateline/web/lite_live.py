"""The text-only twin of a live blog from one entry back."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline.edge.services import shared_page
from dateline.stories.queries import live
from dateline.web import lite
from dateline.web.cutting import fitting
from dateline.web.domain.meta import Meta
from dateline.web.kinds import LIVE
from dateline.web.lite_talk import found_at
from dateline.web.live_pages import LAST_ENTRY
from dateline.web.rendering import site_of

ROOM = 5_500  # bytes of entries on a page


@shared_page()
@require_safe
def entry(request: HttpRequest, section: str, tail: str, entry: int) -> HttpResponseBase:
    """Entries of a live blog from one back, as many as 10 kB hold; a link leads to older ones."""
    site = site_of(request)
    found = found_at(request, site, section, tail, f"/live/{entry}")
    if isinstance(found, HttpResponseBase):
        return found
    card = found.card
    known = card.kind == LIVE and 0 < entry <= LAST_ENTRY
    part = live.part(card.story_id, first=entry) if known else None
    if part is None:
        return lite.not_found(request)
    # What is pinned stands on the story's own page, and here where it came.
    shown, cut = fitting(replace(part, pinned=None), ROOM)
    own = f"{card.path}/live/{entry}"
    meta = Meta(
        title=f"{card.headline} — {site.name}", canonical=f"{site.origin}{own}", hidden=True
    )
    return lite.drawn(request, site, "entries", meta, card=card, live=shown, cut=cut, full=own)
