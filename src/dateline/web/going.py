"""The places a title describes: all of them, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.media import queries as media
from dateline.places.domain.words import words_for
from dateline.places.queries import place as place_of
from dateline.places.queries import places as places_of
from dateline.places.queries import stories_from
from dateline.web import pages, queries, twins, views
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.rendering import draw, site_of

SECTION = "places"  # a title may have a section of this name: it is found below the places
LIVES_S = 60.0  # a story that is new, or whose embargo ended, is listed by then


@shared_page(query=("page",))
@require_safe
def places(request: HttpRequest) -> HttpResponseBase:
    """Every place of a title; where it describes none, its section of that name, if it has one."""
    site, at = site_of(request), clock.now()
    found = places_of(site)
    has_section = site.section(SECTION) is not None
    if has_section and (not found or "page" in request.GET):
        return views.section(request, SECTION)
    page = twins.cut(request, site, found)
    if not page.number or (twins.root_of(request, site) is None and "page" in request.GET):
        return pages.not_found(request)
    words = words_for(site.language)
    meta = Meta(
        title=f"{words['title']} — {site.name}", headline=words["title"],
        description=words["intro"], canonical=f"{site.origin}/places/",
        data=(breadcrumbs(site, [(words["title"], "/places/")]),),
    )  # fmt: skip
    return draw(
        request, site, "places", at=at, network=queries.other_titles(site), meta=meta,
        words=words, places=page.items, page=page, path="/places/", has_section=has_section,
        section_slug=SECTION,
    )  # fmt: skip


@shared_page(ttl=LIVES_S)
@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One place, with the newest stories from there."""
    site, at = site_of(request), clock.now()
    found = place_of(site, slug)
    if found is None:
        return pages.not_found(request)
    words, url = words_for(site.language), f"{site.origin}{found.path}"
    picture = media.sources(found.picture, ratio="3:2", at=at)
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": found.name,
        "description": found.text,
        "url": url,
    }
    if found.latitude is not None and found.longitude is not None:
        about["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(found.latitude),
            "longitude": float(found.longitude),
        }
    meta = Meta(
        title=f"{found.name} — {site.name}", headline=found.name,
        description=" ".join(found.text.split())[:160], canonical=url,
        image=site.origin + picture.src if picture else "",
        image_alt=picture.alt if picture else "",
        data=(about, breadcrumbs(site, [(words["title"], "/places/"), (found.name, found.path)])),
    )  # fmt: skip
    return draw(
        request, site, "place", at=at, network=queries.other_titles(site), meta=meta, words=words,
        place=found, cards=stories_from(site, found, at=at), section_slug=SECTION,
    )  # fmt: skip
