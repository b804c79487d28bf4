"""Lists of stories beside fronts and sections: topics, people, agencies, corrections, most read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.discussion.queries.visibility import most_discussed
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.stories.domain import subjects
from dateline.stories.domain.pages import Card, Page
from dateline.stories.queries import listings
from dateline.stories.queries import reading as stories
from dateline.trending.domain.rank import ListKind
from dateline.trending.queries import lists as ranked
from dateline.web import pages, queries, twins
from dateline.web.domain import makers
from dateline.web.domain.days import by_day
from dateline.web.domain.list_words import words_for
from dateline.web.domain.meta import Meta, breadcrumbs
from dateline.web.page_numbers import page_number
from dateline.web.rendering import draw, site_of

LIVES_S = 60.0  # what is most read may be as old as this
NOTES = 12  # corrections on a page that is text only
MOST_READ = 20
MOST_DISCUSSED = 10
THIS_WEEK = timedelta(days=7)


@shared_page(query=("page",))
@require_safe
def topics(request: HttpRequest) -> HttpResponseBase:
    """Every topic under which readers find a story now."""
    site, at = site_of(request), clock.now()
    words = words_for(site.language)
    page = twins.cut(request, site, listings.topics(site, at=at))
    if not page.number:
        return pages.not_found(request)
    meta = Meta(
        title=f"{words['topics']} — {site.name}", headline=words["topics"],
        description=words["topics_intro"], canonical=f"{site.origin}/topics/",
        data=(breadcrumbs(site, [(words["topics"], "/topics/")]),),
    )  # fmt: skip
    return draw(
        request, site, "lists/topics", at=at, network=queries.other_titles(site), meta=meta,
        words=words, topics=page.items, page=page, path="/topics/",
    )  # fmt: skip


@shared_page(query=("page",))
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The stories about one topic, newest first."""
    site = site_of(request)
    words, found = words_for(site.language), listings.topic(slug)
    if found is None:
        return pages.not_found(request)
    return _of_subject(
        request, site, subjects.topic(found.id), found.name, found.path,
        above=(words["topics"], "/topics/"), kicker=words["topic"],
    )  # fmt: skip


@shared_page(query=("page",))
@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Somebody named over stories: who they are, and what they wrote, newest first."""
    site = site_of(request)
    words, found = words_for(site.language), listings.person(slug)
    if found is None:
        return pages.not_found(request)
    picture = media.sources(found.portrait, ratio="4:5", at=clock.now())
    about = {
        "@context": makers.CONTEXT,
        **makers.person(
            site, found.name, slug, role=found.role,
            image=site.origin + picture.src if picture else "",
        ),
        **({"description": found.about} if found.about else {}),
    }  # fmt: skip
    return _of_subject(
        request, site, subjects.person(found.id), found.name, found.path,
        kicker=found.role or words["person"], about=found.about, portrait=found.portrait,
        data=about,
    )  # fmt: skip


@shared_page(query=("page",))
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What one agency sent that can be read here, newest first."""
    site = site_of(request)
    words, found = words_for(site.language), listings.agency(slug)
    if found is None:
        return pages.not_found(request)
    about = words["agency_text"].format(found.name)
    data = {
        "@context": makers.CONTEXT,
        **makers.organization(found.name, site.origin + found.path, about=about),
    }
    return _of_subject(
        request, site, subjects.agency(found.id), found.name, found.path,
        kicker=words["agency"], about=about, data=data,
    )  # fmt: skip


def _of_subject(
    request: HttpRequest, site: Site, subject: str, name: str, path: str, *,
    kicker: str, above: tuple[str, str] | None = None, about: str = "", portrait: Any = None,
    data: dict[str, Any] | None = None,
) -> HttpResponseBase:  # fmt: skip
    """One page of a list under a subject, by days."""

    def found(at: datetime, number: int) -> Page[Card]:
        size = twins.lines(request, site, listings.PAGE)
        return listings.about(site, subject, at=at, page=number, size=size)

    steps = [*([above] if above else []), (name, path)]
    return listed(
        request, site, found, title=name, path=path, steps=steps, kicker=kicker, about=about,
        portrait=portrait, data=data,
    )  # fmt: skip


def listed(
    request: HttpRequest, site: Site, found: Callable[[datetime, int], Page[Card]], *,
    title: str, path: str, steps: list[tuple[str, str]], about: str = "",
    data: dict[str, Any] | None = None, **context: Any,
) -> HttpResponseBase:  # fmt: skip
    """Answer with one page of a list that stands under its days.

    `found` is asked for a page at a moment (aware UTC); a further page without a story is none.
    """
    at, number = clock.now(), page_number(request.GET.get("page", "1"))
    page = found(at, number) if number else None
    if page is None or (page.number > 1 and not page.items):
        return pages.not_found(request)
    own = f"{site.origin}{path}" + (f"?page={page.number}" if page.number > 1 else "")
    meta = Meta(
        title=f"{title} — {site.name}", headline=title, description=about,
        canonical=own, hidden=not page.items,
        feed=f"{path}feed.xml", feed_title=f"{site.name}: {title}",
        data=(
            *([data] if data else []), breadcrumbs(site, steps),
            *makers.item_list(site, page.items, name=title, url=own),
        ),
    )  # fmt: skip
    days = by_day(page.items, lambda card: card.published_at, ZoneInfo(site.time_zone))
    return draw(
        request, site, "lists/list", at=at, network=queries.other_titles(site), meta=meta,
        words=words_for(site.language), title=title, path=path, about=about, page=page,
        days=days, above=steps[:-1], **context,
    )  # fmt: skip


@shared_page(query=("page",))
@require_safe
def corrections(request: HttpRequest) -> HttpResponseBase:
    """What was wrong, and when it was put right: the last correction first."""
    site, at = site_of(request), clock.now()
    number = page_number(request.GET.get("page", "1"))
    size = twins.lines(request, site, listings.PAGE, most=NOTES)
    page = listings.corrected(site, at=at, page=number, size=size) if number else None
    if page is None or (page.number > 1 and not page.items):
        return pages.not_found(request)
    words, title = words_for(site.language), words_for(site.language)["corrections"]
    notes = stories.corrections_of([card.story_id for card in page.items])
    told = [(card, notes[card.story_id][::-1]) for card in page.items if card.story_id in notes]
    own = f"{site.origin}/corrections/" + (f"?page={page.number}" if page.number > 1 else "")
    meta = Meta(
        title=f"{title} — {site.name}", headline=title, description=words["corrections_intro"],
        canonical=own,
        languages=pages.languages(site, "/corrections/") if page.number == 1 else (),
        feed="/corrections/feed.xml", feed_title=f"{site.name}: {title}",
        data=(
            breadcrumbs(site, [(title, "/corrections/")]),
            *makers.item_list(site, [card for card, _ in told], name=title, url=own),
        ),
    )  # fmt: skip
    return draw(
        request, site, "lists/corrections", at=at, network=queries.other_titles(site),
        meta=meta, words=words, page=page, path="/corrections/",
        days=by_day(told, lambda one: one[1][0].at, ZoneInfo(site.time_zone)),
    )  # fmt: skip


@shared_page(ttl=LIVES_S)
@require_safe
def most_read(request: HttpRequest) -> HttpResponseBase:
    """What is read and what is talked about most on a masthead, as the worker ranked it last."""
    site, at = site_of(request), clock.now()
    words, read = words_for(site.language), read_most(site, at=at)
    own = f"{site.origin}/most-read/"
    meta = Meta(
        title=f"{words['most_read']} — {site.name}", headline=words["most_read"],
        description=words["most_read_intro"], canonical=own,
        languages=pages.languages(site, "/most-read/"),
        feed="/most-read/feed.xml", feed_title=f"{site.name}: {words['most_read']}",
        data=(
            breadcrumbs(site, [(words["most_read"], "/most-read/")]),
            *makers.item_list(site, read, name=words["most_read"], url=own),
        ),
    )  # fmt: skip
    return draw(
        request, site, "lists/most_read", at=at, network=queries.other_titles(site), meta=meta,
        words=words, read=read, discussed=_discussed(site, at=at),
    )  # fmt: skip


def read_most(site: Site, *, at: datetime) -> list[Card]:
    """What is read most on a masthead: the ranking keeps only what several readers read."""
    return ranked.of_site(site.id, ListKind.READ, at=at, limit=MOST_READ)


def _discussed(site: Site, *, at: datetime) -> list[tuple[Card, int]]:
    found = dict(most_discussed(site, at=at, since=at - THIS_WEEK, most=MOST_DISCUSSED))
    cards = ranked.of_stories(site.id, list(found), at=at)
    return [(card, found[card.story_id]) for card in cards]
