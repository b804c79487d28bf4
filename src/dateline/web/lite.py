"""Text-only twins of what readers read: fronts, sections, stories. One request, 10 kB at most."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import SectionNode, Site
from dateline.stories.domain.pages import Gone, Page, StoryPage
from dateline.stories.queries import reading as stories
from dateline.web import kinds
from dateline.web.cutting import fitting
from dateline.web.domain.lite import LITE, twin
from dateline.web.domain.meta import Meta
from dateline.web.domain.words import words_for
from dateline.web.gone import linked, told
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, site_of

HEADLINES = 24  # on a front, and on each page of a section: they fit in 10 kB in any language
ENTRIES_ROOM = 4_000  # bytes of the entries of a live blog on its story's page


@shared_page()
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The front as a list of headlines."""
    return front_of(request, site_of(request))


def front_of(request: HttpRequest, site: Site, *, at_root: str = LITE) -> HttpResponseBase:
    """The front of a masthead; addresses on it begin with `at_root`."""
    cards = stories.front(site, at=clock.now(), limit=HEADLINES, named=False)
    meta = Meta(title=f"{site.name} — {site.tagline}", canonical=f"{site.origin}/")
    page = Page(cards, 1, has_next=False)
    return drawn(request, site, "list", meta, at_root=at_root, page=page, title="", node=None)


@shared_page(query=("page",))
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """One page of a section's headlines, newest first; `?page=` walks back."""
    site = site_of(request)
    node = site.section(section)
    return section_of(request, site, node) if node else not_found(request)


def section_of(
    request: HttpRequest, site: Site, node: SectionNode, *, at_root: str = LITE
) -> HttpResponseBase:
    """A section's page as `?page=` asks for it; addresses on it begin with `at_root`."""
    number = page_number(request.GET.get("page", "1"))
    if not number:
        return not_found(request, at_root=at_root)
    ids = node.family_ids()
    page = stories.section(site, ids, at=clock.now(), page=number, size=HEADLINES)
    if number > 1 and not page.items:
        return not_found(request, at_root=at_root)
    meta = Meta(title=f"{node.name} — {site.name}", canonical=f"{site.origin}{node.path}")
    return drawn(
        request, site, "list", meta, at_root=at_root, page=page, title=node.name, node=node
    )


@shared_page()
@require_safe
def story(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """A story's text. Its id decides; a wrong slug or section is sent to the right address."""
    site = site_of(request)
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if found is None:
        return not_found(request)
    if isinstance(found, Gone):
        return gone(request, site, found)
    if found.card.path != f"/{section}/{tail}":
        return HttpResponsePermanentRedirect(twin(found.card.path))
    return story_of(request, site, found)


def story_of(
    request: HttpRequest, site: Site, found: StoryPage, *, at_root: str = LITE
) -> HttpResponseBase:
    """The page of a story that may be shown; addresses on it begin with `at_root`."""
    card = found.card
    meta = Meta(
        title=f"{card.headline} — {site.name}", description=card.standfirst,
        canonical=found.canonical_url,
    )  # fmt: skip
    part = kinds.part_of(site, found, at=clock.now())
    live, cut = fitting(part.live, ENTRIES_ROOM) if part and part.live else (None, set())
    return drawn(
        request, site, "story", meta, at_root=at_root, story=found, card=card, part=part,
        live=live, cut=cut,
    )  # fmt: skip


def gone(request: HttpRequest, site: Site, found: Gone, *, at_root: str = LITE) -> HttpResponseBase:
    """410, or 451 where the law demands it, and why. Nothing of the story is repeated."""
    said = told(site, found)
    meta = Meta(title=f"{said['title']} — {site.name}", hidden=True)
    answer = drawn(request, site, "notice", meta, at_root=at_root, status=found.status, **said)
    return linked(answer, site, found)


def not_found(request: HttpRequest, *, at_root: str = LITE) -> HttpResponseBase:
    """404 in few words."""
    site = site_of(request)
    w = words_for(site.language)
    meta = Meta(title=f"{w['not_found']} — {site.name}", hidden=True)
    return drawn(
        request, site, "notice", meta, at_root=at_root, status=404, title=w["not_found"],
        text=w["not_found_text"],
    )  # fmt: skip


@shared_page()
@require_safe
def missing(request: HttpRequest, anything: str) -> HttpResponseBase:
    """What has no twin."""
    del anything
    return not_found(request)


def drawn(
    request: HttpRequest, site: Site, kind: str, meta: Meta, *, at_root: str = LITE, **context: Any
) -> HttpResponseBase:
    """Answer with `web/lite/<kind>.html`; addresses on it begin with `at_root`."""
    return draw(
        request, site, f"lite/{kind}", meta=meta, at=clock.now(), network=[], root=at_root,
        **context,
    )  # fmt: skip
