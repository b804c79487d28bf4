"""What readers ask for: read the request, make one call, choose the answer."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import redirect
from django.template import loader
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.accounts.queries import account_origin
from dateline.accounts.services import sessions
from dateline.discussion.queries.visibility import counts_on_lists
from dateline.edge import services as edge
from dateline.edge.services import shared_page
from dateline.fronts.queries import is_emergency
from dateline.ids import story_path_id
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.newsletters.domain.page_words import page_words_for
from dateline.newsletters.queries import lists
from dateline.stories.domain.pages import Gone
from dateline.stories.queries import reading as stories
from dateline.web import lite, pages, queries, twins
from dateline.web.domain.changes import changes
from dateline.web.domain.front import lay_out
from dateline.web.domain.headlines import any_on_trial
from dateline.web.domain.lite import twin
from dateline.web.domain.makers import item_list
from dateline.web.domain.meta import Meta, breadcrumbs, website
from dateline.web.domain.moments import next_midnight
from dateline.web.domain.palette import palette
from dateline.web.domain.saved_words import saved_words_for
from dateline.web.domain.words import words_for
from dateline.web.expired import expired
from dateline.web.page_numbers import page_number
from dateline.web.rendering import (
    draw,
    look_css,
    look_version,
    revalidated,
    site_of,
    wordmark_version,
)

FRONT_CARDS = 60
VERSIONS = 3  # on a page of what changed that is text only
# How a look shows its lead picture: shape, and width on screens.
SHAPES = {
    "daily": {"lead": "3:2", "lead_sizes": "(min-width: 60rem) 46rem, 80vw"},
    "magazine": {"lead": "16:9", "lead_sizes": "(min-width: 80rem) 76rem, 80vw"},
    "guide": {"lead": "16:9", "lead_sizes": "(min-width: 80rem) 76rem, 80vw"},
    "weekly": {"lead": "3:2", "lead_sizes": "(min-width: 60rem) 36rem, 80vw"},
}

not_found = shared_page()(pages.not_found)
server_error = pages.server_error


@shared_page()
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The masthead's front page."""
    site, at = site_of(request), clock.now()
    if is_emergency(site):
        return lite.front_of(request, site, at_root="")
    cards = stories.front(site, at=at, limit=FRONT_CARDS)
    page = lay_out(cards, queries.toppings(site), look=site.look)
    others = queries.other_titles(site)
    seen = {card.story_id for card in cards}
    edge.opens_at(next_midnight(at, ZoneInfo(site.time_zone)))  # it is headed by the date
    meta = Meta(
        title=f"{site.name} — {site.tagline}" if site.tagline else site.name,
        headline=site.name,
        description=site.about or site.tagline,
        canonical=f"{site.origin}/",
        languages=pages.languages(site, "/"),
        feed="/feed.xml",
        lite=twin("/"),
        data=(website(site),),
    )
    return draw(
        request, site, "front", meta=meta, at=at, network=others, page=page,
        tries=any_on_trial(cards), talked=counts_on_lists(site, seen),
        shapes=SHAPES.get(site.look, SHAPES["daily"]), letter=lists.box(site),
        elsewhere=queries.from_other_titles(
            site, others, at=at, without=seen, shown=page.pictures
        ),
    )  # fmt: skip


@shared_page(query=("page",))
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """One page of a section's stories, newest first; `?page=` walks back."""
    site, at = site_of(request), clock.now()
    node = site.section(section)
    root = twins.root_of(request, site)
    if node and root is not None:
        return lite.section_of(request, site, node, at_root=root)
    number = page_number(request.GET.get("page", "1"))
    if not node or not number:
        return pages.not_found(request)
    page = stories.section(site, node.family_ids(), at=at, page=number)
    if number > 1 and not page.items:
        return pages.not_found(request)
    own = f"{site.origin}{node.path}" + (f"?page={number}" if number > 1 else "")
    meta = Meta(
        title=f"{node.name} — {site.name}",
        headline=node.name,
        description=node.standfirst,
        canonical=own,
        feed=f"{node.path}feed.xml",
        feed_title=f"{site.name}: {node.name}",
        lite=twin(node.path),
        data=(
            breadcrumbs(site, pages.steps(site, node)),
            *item_list(site, page.items, name=node.name, url=own),
        ),
    )
    return draw(
        request, site, "section", meta=meta, at=at, network=queries.other_titles(site),
        page=page, node=node, tries=any_on_trial(page.items),
        talked=counts_on_lists(site, [c.story_id for c in page.items]),
        trail=site.trail(node.id)[:-1],
        section_slug=site.trail(node.id)[0].slug, letter=lists.box(site),
    )  # fmt: skip


@shared_page()
@require_safe
def story(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """A story. Its id decides; a wrong slug or section is sent to the right address."""
    site, at = site_of(request), clock.now()
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=at) if named else None
    if found is None:
        return pages.not_found(request)
    if isinstance(found, Gone):
        if found.kept:
            return expired(request, site, found, found.kept)
        return pages.gone(request, site, found)
    if found.card.path != f"/{section}/{tail}":
        return HttpResponsePermanentRedirect(found.card.path)
    if is_emergency(site):
        return lite.story_of(request, site, found, at_root="")
    return pages.story(request, site, found)


@shared_page(query=("page",))
@require_safe
def versions(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """What changed in a story, from version to version."""
    site, at = site_of(request), clock.now()
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=at) if named else None
    if found is None:
        return pages.not_found(request)
    if isinstance(found, Gone):
        return pages.gone(request, site, found)
    if found.card.path != f"/{section}/{tail}":
        root = twins.root_of(request, site) or ""
        return HttpResponsePermanentRedirect(f"{root}{found.card.path}/versions")
    stood = stories.versions(found.card.story_id)
    page = twins.cut(request, site, stood, most=VERSIONS)
    if not page.number:
        return pages.not_found(request)
    first = (page.number - 1) * VERSIONS  # of a page one more is read: what it is compared with
    told = changes(stood[first : first + len(page.items) + 1])[: len(page.items)]
    w = words_for(site.language)
    meta = Meta(
        title=f"{w['versions_title']}: {found.card.headline} — {site.name}",
        headline=found.card.headline,
        canonical=f"{site.origin}{found.card.path}/versions",
        hidden=True,
    )
    return draw(
        request, site, "versions", meta=meta, at=at, network=queries.other_titles(site),
        story=found, shown=told, page=page, path=f"{found.card.path}/versions",
        section_slug=pages.top_slug(site, found),
    )  # fmt: skip


def preview_story(request: HttpRequest, story: Any, *, masthead_slug: str) -> HttpResponseBase:
    """Draw an unsaved story as the public page of a masthead would; for the desk's preview.

    `story` is a Story as Wagtail's form made it. An empty or unknown slug draws a page that says
    what is missing.
    """
    site = mastheads.by_slug(masthead_slug) if masthead_slug else None
    placement = next((p for p in story.placements.all() if site and p.masthead_id == site.id), None)
    if not site or not placement:
        words = words_for("en")["preview_no_masthead"]
        return HttpResponse(words, content_type="text/plain; charset=utf-8")
    page = stories.page_of(story, placement, site, at=clock.now())
    return pages.story(request, site, page, preview=True)


@shared_page()
@require_safe
def saved(request: HttpRequest) -> HttpResponseBase:
    """The stories a reader saved in this browser; we do not know which."""
    words = saved_words_for(site_of(request).language)
    return pages.plain(request, "saved", "/saved/", hidden=True, v=words)


@require_safe
def account(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in on this masthead; somebody who is not is sent to the account host."""
    reader = sessions.reader_of(request)
    if reader is None:
        return _for_one_reader(redirect("/account/enter/"))
    site = site_of(request)
    w = words_for(site.language)
    meta = Meta(
        title=f"{w['account_title']} — {site.name}", headline=w["account_title"], hidden=True
    )
    return _for_one_reader(
        draw(
            request, site, "account", meta=meta, at=clock.now(),
            network=queries.other_titles(site), reader=reader, v=saved_words_for(site.language),
            account_url=f"{account_origin()}/", n=page_words_for(site.language),
            letters=page_words_for(site.language)["own_text"].format(address=reader.email),
        )
    )  # fmt: skip


def _for_one_reader(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "private, no-store"
    return response


@shared_page(query=("v",))
@require_safe
def look(request: HttpRequest) -> HttpResponseBase:
    """The masthead's colours as a stylesheet; kept for good under the address that names them."""
    site = site_of(request)
    drawing = mastheads.wordmark(site.id) if site.wordmark_url else None
    return _look(request, site, look_css(site, drawing=drawing))


@require_safe
def preview_look(request: HttpRequest, masthead: str) -> HttpResponseBase:
    """A masthead's colours for a preview, on the desk's host."""
    site = mastheads.by_slug(masthead)
    if site is None:
        return HttpResponseNotFound()
    return _look(request, site, look_css(site, base=f"/preview/{masthead}/"))


def _look(request: HttpRequest, site: Site, css: str) -> HttpResponseBase:
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = _kept_for(request, look_version(site))
    return revalidated(request, response)


def _kept_for(request: HttpRequest, version: str) -> str:
    """Cache-Control for a file that is named with its version; an unknown one fills no cache."""
    asked = request.GET.get("v")
    if asked is None:
        return "no-cache"
    return "public, max-age=31536000, immutable" if asked == version else "no-store"


@shared_page()
@require_safe
def favicon(request: HttpRequest) -> HttpResponseBase:
    """The first letter of the name in the masthead's colours."""
    site = site_of(request)
    colours = palette(ink=site.tokens.ink, paper=site.tokens.paper, accent=site.tokens.accent)
    letter = site.name.removeprefix("The ")[:1]
    context = {"letter": letter, "site": site, "fill": colours.on_accent}
    body = loader.render_to_string("web/favicon.svg", context)
    response = HttpResponse(body, content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=86400"
    return revalidated(request, response)


@shared_page(query=("v",))
@require_safe
def wordmark(request: HttpRequest) -> HttpResponseBase:
    """The wordmark; kept for good under the address by which /look.css names a large one."""
    return _wordmark(request, site_of(request)) or pages.not_found(request)


@require_safe
def preview_wordmark(request: HttpRequest, masthead: str) -> HttpResponseBase:
    """A masthead's wordmark for a preview, on the desk's host."""
    site = mastheads.by_slug(masthead)
    return (_wordmark(request, site) if site else None) or HttpResponseNotFound()


def _wordmark(request: HttpRequest, site: Site) -> HttpResponseBase | None:
    drawing = mastheads.wordmark(site.id)
    if drawing is None:
        return None
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = _kept_for(request, wordmark_version(site))
    return revalidated(request, response)


@shared_page()
@require_safe
def to_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """`/world` is `/world/`."""
    node = site_of(request).section(section)
    return HttpResponsePermanentRedirect(node.path) if node else pages.not_found(request)


@shared_page()
@require_safe
def network_home(request: HttpRequest) -> HttpResponseBase:
    """All mastheads, for the network's own host and for unknown names of this machine."""
    sites = mastheads.all_mastheads()
    body = loader.render_to_string("web/network_home.html", {"sites": sites, "w": words_for("en")})
    response = HttpResponse(body)
    response["Cache-Control"] = "no-cache"
    return revalidated(request, response)
