"""What search engines are told: an index, files of addresses, the news of two days, robots.txt."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site, walk
from dateline.stories.queries import listings
from dateline.stories.queries import sitemaps as stories
from dateline.stories.queries.sitemaps import Address
from dateline.web import pages
from dateline.web.domain import sitemap
from dateline.web.domain.sitemap import News, Place
from dateline.web.rendering import revalidated, site_of

LIVES_S = 300.0  # when a story changed may be told so much later; that it left is told at once
NEWS_OF = timedelta(hours=48)  # as Google asks
PAIRED = frozenset({"/", "/corrections/", "/most-read/", "/newsletters/", "/privacy/"})
OWN = ("/topics/", "/archive/", "/corrections/", "/most-read/", "/newsletters/", "/privacy/")


@shared_page()
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Every file of a masthead's addresses."""
    site = site_of(request)
    names = ("pages", *stories.shards(site))
    return _xml(request, sitemap.index(f"{site.origin}/sitemaps/", names))


@shared_page(ttl=LIVES_S)
@require_safe
def shard(request: HttpRequest, number: str) -> HttpResponseBase:
    """One file of stories that readers see; where none is left in it, the front stands there."""
    site, at = site_of(request), clock.now()
    if int(number) not in stories.shards(site):
        return pages.not_found(request)
    found = stories.shard(site, int(number), at=at)
    elsewhere = _elsewhere(site, int(number), at=at)
    places = [
        Place(site.origin + one.path, one.updated_at, _languages(site, one, elsewhere))
        for one in found
    ]
    return _xml(request, sitemap.urlset(places or [Place(f"{site.origin}/")]))


def _elsewhere(site: Site, number: int, *, at: datetime) -> dict[int, list[tuple[str, str]]]:
    """(tag, address) of what the title's other editions show of one file, by story.

    Two queries an edition, whatever the file holds.
    """
    found: dict[int, list[tuple[str, str]]] = {}
    for edition in site.editions:
        other = mastheads.by_slug(edition.slug)
        for one in stories.shard(other, number, at=at) if other else ():
            told = (edition.language, edition.origin + one.path)
            found.setdefault(one.story_id, []).append(told)
    return found


def _languages(
    site: Site, one: Address, elsewhere: Mapping[int, list[tuple[str, str]]]
) -> tuple[tuple[str, str], ...]:
    """Every language of a story, its own first; nothing where it is read in one only."""
    twins = elsewhere.get(one.story_id)
    return ((site.language, site.origin + one.path), *twins) if twins else ()


@shared_page()
@require_safe
def own_pages(request: HttpRequest) -> HttpResponseBase:
    """The front, the sections, the topics and the pages that every masthead has."""
    site, at = site_of(request), clock.now()
    sections = [node.path for node in walk(site.sections)]
    topics = [topic.path for topic in listings.topics(site, at=at)]
    paths = dict.fromkeys(["/", *sections, *OWN, *topics])
    return _xml(request, sitemap.urlset(_own(site, path) for path in paths))


def _own(site: Site, path: str) -> Place:
    """A page of the title; those that every edition has at the same path with their languages."""
    twins = pages.languages(site, path) if path in PAIRED else ()
    return Place(site.origin + path, languages=tuple((one.code, one.url) for one in twins))


@shared_page(ttl=LIVES_S)
@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """The stories of the last 48 hours, as Google News reads them."""
    site, at = site_of(request), clock.now()
    found = stories.fresh(site, since=at - NEWS_OF, at=at)
    told = (
        News(url=site.origin + one.path, title=one.headline, language=one.language,
             published_at=one.published_at)
        for one in found
    )  # fmt: skip
    return _xml(request, sitemap.news(told, publication=site.name))


@shared_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponseBase:
    """Everything may be read; the door leads to no page."""
    site = site_of(request)
    response = HttpResponse(_rules(site), content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return revalidated(request, response)


def _rules(site: Site) -> str:
    maps = "".join(f"Sitemap: {site.origin}/{name}.xml\n" for name in ("sitemap", "news-sitemap"))
    return f"User-agent: *\nAllow: /\nDisallow: /account/\n\n{maps}"


def _xml(request: HttpRequest, body: bytes) -> HttpResponseBase:
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)
