"""What search engines are told: an index, files of addresses, the news of two days, robots.txt."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site, walk
from dateline.stories.queries import listings
from dateline.stories.queries import sitemaps as stories
from dateline.web import pages
from dateline.web.domain import sitemap
from dateline.web.domain.sitemap import News, Place
from dateline.web.rendering import revalidated, site_of

LIVES_S = 300.0  # when a story changed may be told so much later; that it left is told at once
NEWS_OF = timedelta(hours=48)  # as Google asks
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
    places = [Place(site.origin + one.path, one.updated_at) for one in found]
    return _xml(request, sitemap.urlset(places or [Place(f"{site.origin}/")]))


@shared_page()
@require_safe
def own_pages(request: HttpRequest) -> HttpResponseBase:
    """The front, the sections, the topics and the pages that every masthead has."""
    site, at = site_of(request), clock.now()
    sections = [node.path for node in walk(site.sections)]
    topics = [topic.path for topic in listings.topics(site, at=at)]
    paths = dict.fromkeys(["/", *sections, *OWN, *topics])
    return _xml(request, sitemap.urlset(Place(site.origin + path) for path in paths))


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
