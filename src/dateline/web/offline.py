"""The page for when there is no connection: what this device keeps, and the switch for it."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.web import pages, queries
from dateline.web.domain.frame_words import frame_words_for
from dateline.web.domain.meta import Meta
from dateline.web.rendering import draw, site_of


@shared_page()
@require_safe
def offline(request: HttpRequest) -> HttpResponseBase:
    """Shown by the service worker where a page cannot be had; and to anybody who asks."""
    site = site_of(request)
    f = frame_words_for(site.language)
    return draw(
        request, site, "offline", at=clock.now(), network=queries.other_titles(site), f=f,
        meta=Meta(
            title=f"{f['keep_title']} — {site.name}", headline=f["keep_title"], hidden=True,
            languages=pages.languages(site, "/offline/"),
        ),
    )  # fmt: skip
