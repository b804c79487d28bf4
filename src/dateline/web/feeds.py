"""Every list as a feed: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, of the same items."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.stories.domain import subjects
from dateline.stories.domain.pages import Card, CorrectionNote
from dateline.stories.queries import listings
from dateline.stories.queries import reading as stories
from dateline.web import lists, pages
from dateline.web.domain import atom, json_feed, rss
from dateline.web.domain.list_words import words_for as list_words_for
from dateline.web.domain.rss import Channel, Item, Media
from dateline.web.domain.words import words_for
from dateline.web.rendering import revalidated, site_of

FORMATS = {
    "xml": (rss.write, "application/rss+xml"),
    "atom": (atom.write, "application/atom+xml"),
    "json": (json_feed.write, "application/feed+json"),
}


class Told(NamedTuple):
    """What a feed says of its list; `path` is the list's own address on its masthead.

    `own` is the feed's own address there; empty where it is the usual one below the list.
    """

    title: str
    about: str
    path: str
    own: str = ""


@shared_page()
@require_safe
def front(request: HttpRequest, form: str) -> HttpResponseBase:
    """The newest stories of a masthead."""
    site, at = site_of(request), clock.now()
    told = Told(site.name, site.about or site.tagline, "/")
    return answer(request, form, told, stories.feed(site, at=at), at=at)


@shared_page()
@require_safe
def section(request: HttpRequest, section: str, form: str) -> HttpResponseBase:
    """The newest stories of a section and of those below it."""
    site, at = site_of(request), clock.now()
    node = site.section(section)
    if not node:
        return pages.not_found(request)
    told = Told(f"{site.name}: {node.name}", node.standfirst, node.path)
    return answer(request, form, told, stories.feed(site, list(node.family_ids()), at=at), at=at)


@shared_page()
@require_safe
def topic(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The newest stories about a topic."""
    found = listings.topic(slug)
    if found is None:
        return pages.not_found(request)
    return _of_subject(request, form, subjects.topic(found.id), Told(found.name, "", found.path))


@shared_page()
@require_safe
def person(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The newest stories of a person."""
    found = listings.person(slug)
    if found is None:
        return pages.not_found(request)
    told = Told(found.name, found.about, found.path)
    return _of_subject(request, form, subjects.person(found.id), told)


@shared_page()
@require_safe
def agency(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The newest stories that an agency sent."""
    found = listings.agency(slug)
    if found is None:
        return pages.not_found(request)
    return _of_subject(request, form, subjects.agency(found.id), Told(found.name, "", found.path))


@shared_page()
@require_safe
def corrections(request: HttpRequest, form: str) -> HttpResponseBase:
    """The stories that were put right, the last correction first."""
    words = list_words_for(site_of(request).language)
    told = Told(words["corrections"], words["corrections_intro"], "/corrections/")
    return _of_subject(request, form, subjects.CORRECTED, told)


@shared_page(ttl=lists.LIVES_S)
@require_safe
def most_read(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is read most and a licence lets into feeds."""
    site, at = site_of(request), clock.now()
    words, cards = list_words_for(site.language), lists.read_most(site, at=at)
    open_to = listings.covered_by_feeds(site, [card.story_id for card in cards], at=at)
    told = Told(f"{site.name}: {words['most_read']}", words["most_read_intro"], "/most-read/")
    return answer(request, form, told, [c for c in cards if c.story_id in open_to], at=at)


def _of_subject(request: HttpRequest, form: str, subject: str, named: Told) -> HttpResponseBase:
    site, at = site_of(request), clock.now()
    told = named._replace(title=f"{site.name}: {named.title}")
    return answer(request, form, told, listings.feed(site, subject, at=at), at=at)


def answer(
    request: HttpRequest, form: str, told: Told, cards: Sequence[Card], *, at: datetime
) -> HttpResponseBase:
    """Answer with these cards as a feed; `form` is one of FORMATS, `at` aware UTC.

    The caller has asked the gate for feeds, and recorded what the page depends on.
    """
    site, (write, kind) = site_of(request), FORMATS[form]
    notes = stories.corrections_of([card.story_id for card in cards])
    changed_at = max((card.updated_at for card in cards), default=None)
    channel = Channel(
        title=told.title,
        link=site.origin + told.path,
        own_address=site.origin + (told.own or f"{told.path}feed.{form}"),
        description=told.about or told.title,
        language=site.language,
        copyright=site.legal_line,
        changed_at=changed_at,
        hub=settings.DATELINE_WEBSUB_HUB,
    )
    items = [_item(site, card, notes.get(card.story_id, ()), at) for card in cards]
    response = HttpResponse(write(channel, items), content_type=f"{kind}; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    if channel.hub:  # WebSub, 4: a subscriber looks here first
        response["Link"] = f'<{channel.hub}>; rel="hub", <{channel.own_address}>; rel="self"'
    if changed_at:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    return revalidated(request, response)


def _item(site: Site, card: Card, notes: tuple[CorrectionNote, ...], at: datetime) -> Item:
    w = words_for(site.language)
    paragraphs = [card.standfirst, *(f"{w[note.kind]}: {note.text}" for note in notes)]
    return Item(
        guid=f"urn:dateline:story:{card.story_id}",
        title=card.headline,
        link=site.origin + card.path,
        # Feed readers take a description for HTML: what is text must say so.
        description="".join(f"<p>{escape(text)}</p>" for text in paragraphs if text),
        creator=card.byline or site.name,
        category=card.kicker,
        published_at=card.published_at,
        updated_at=card.updated_at,
        media=_media(site, card, at),
    )


def _media(site: Site, card: Card, at: datetime) -> Media | None:
    picture = media.sources(card.picture, ratio="3:2", at=at)
    if not picture:
        return None
    return Media(
        url=site.origin + picture.src,
        mime_type="image/jpeg",
        width=picture.width,
        height=picture.height,
        credit=picture.credit,
        caption=card.lead_caption or picture.caption,
    )
