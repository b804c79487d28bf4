"""The pages that more than one view answers with: a story, a notice, a page that is not there."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.domain.site import SectionNode, Site
from dateline.newsletters.queries import lists
from dateline.stories.domain.pages import Gone, StoryPage
from dateline.stories.queries import reading as stories
from dateline.trending.queries.block import block
from dateline.web import kinds, queries, talk
from dateline.web.beside import around
from dateline.web.domain.frame_words import frame_words_for
from dateline.web.domain.meta import Language, Meta
from dateline.web.domain.words import words_for
from dateline.web.gone import linked, told
from dateline.web.rendering import draw, site_of
from dateline.web.story_meta import story_meta

NEWEST = 6  # stories on a page that is not there


def story(
    request: HttpRequest, site: Site, page: StoryPage, *, preview: bool = False,
    first: int | None = None,
) -> HttpResponseBase:  # fmt: skip
    """A story's page, public or, with a note above it, as a preview of a draft.

    `first` is the entry of a live blog that the page begins with; None for its newest.
    """
    at, others, card = clock.now(), queries.other_titles(site), page.card
    part = kinds.part_of(site, page, at=at, first=first)
    if part is None:
        return not_found(request)
    beside = around(site, page, at=at)
    thread = None if preview or first else talk.first_of(site, card, at=at)
    seen = {card.story_id, *(other.story_id for other in beside.cards)}
    shown = [card.picture, *(other.picture for other in beside.cards)]
    return draw(
        request, site, "story", at=at, network=others,
        meta=story_meta(
            site, page, part, at=at, minutes=beside.minutes, first=first,
            comments=thread.count if thread else None,
        ),
        part=part,
        story=page, card=card, beside=beside, preview=preview, section_slug=top_slug(site, page),
        mix=block(site, others, at=at, without=seen, shown=shown),
        trail=site.trail(card.section_id)[:-1], thread=thread,
        letter=None if preview else lists.box(site), **talk.around(site, card),
    )  # fmt: skip


def gone(request: HttpRequest, site: Site, found: Gone) -> HttpResponseBase:
    """410, or 451 where the law demands it, and why. Nothing of the story is repeated."""
    said = told(site, found)
    answer = draw(
        request, site, "gone", at=clock.now(), network=queries.other_titles(site),
        status=found.status, meta=Meta(title=f"{said['title']} — {site.name}", hidden=True),
        code=found.status, **said,
    )  # fmt: skip
    return linked(answer, site, found)


def plain(
    request: HttpRequest, kind: str, path: str, *, hidden: bool = False, **context: Any
) -> HttpResponseBase:
    """A page of the masthead with words of its own and no story: `kind` names its template."""
    site = site_of(request)
    title = words_for(site.language)[f"{kind}_title"]
    return draw(
        request, site, kind, at=clock.now(), network=queries.other_titles(site),
        meta=Meta(
            title=f"{title} — {site.name}", headline=title, canonical=f"{site.origin}{path}",
            languages=languages(site, path), hidden=hidden,
        ),
        **context,
    )  # fmt: skip


def not_found(request: HttpRequest, *_: Any, **__: Any) -> HttpResponseBase:
    """404 in the masthead's own frame, with ways on; a front keeps it for ten seconds at most."""
    site, at = site_of(request), clock.now()
    w = words_for(site.language)
    with edge.softly():
        newest = stories.front(site, at=at, limit=NEWEST, named=False)
    edge.depend(*(keys.card(card.story_id) for card in newest))
    return draw(
        request, site, "not_found", at=at, network=queries.other_titles(site), status=404,
        meta=Meta(title=f"{w['not_found']} — {site.name}", hidden=True),
        f=frame_words_for(site.language), newest=newest,
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponseBase:
    """500 without asking the database for anything."""
    site: Site | None = getattr(request, "masthead", None)
    if site is None:
        w = words_for("en")
        words = f"{w['error']}. {w['error_text']}\n"
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    w = words_for(site.language)
    return draw(
        request, site, "error", at=clock.now(), network=[], status=500,
        meta=Meta(title=f"{w['error']} — {site.name}", hidden=True),
    )  # fmt: skip


def languages(site: Site, path: str) -> tuple[Language, ...]:
    """Addresses of a page that every edition has at the same path; empty where there is one."""
    if not site.editions:
        return ()
    own = Language(site.language, site.origin + path)
    return (own, *(Language(e.language, e.origin + path) for e in site.editions))


def steps(site: Site, node: SectionNode) -> list[tuple[str, str]]:
    """(name, path) of a section and of those above it, from the top."""
    return [(above.name, above.path) for above in site.trail(node.id)]


def top_slug(site: Site, page: StoryPage) -> str:
    """The top section a story is under, to mark it in the navigation."""
    trail = site.trail(page.card.section_id)
    return trail[0].slug if trail else ""
