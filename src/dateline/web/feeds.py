"""RSS 2.0 (https://www.rssboard.org/rss-specification) of a front and of each section."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.html import escape
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.stories.domain.pages import Card, CorrectionNote
from dateline.stories.queries import reading as stories
from dateline.web import pages
from dateline.web.domain.rss import Channel, Item, Media, write
from dateline.web.domain.words import words_for
from dateline.web.rendering import revalidated, site_of


@shared_page()
@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The newest stories of a masthead."""
    site = site_of(request)
    return _feed(request, site, None, title=site.name, about=site.about or site.tagline, path="/")


@shared_page()
@require_safe
def section(request: HttpRequest, section: str) -> HttpResponseBase:
    """The newest stories of a section and of those below it."""
    site = site_of(request)
    node = site.section(section)
    if not node:
        return pages.not_found(request)
    title = f"{site.name}: {node.name}"
    return _feed(
        request, site, list(node.family_ids()), title=title, about=node.standfirst, path=node.path
    )


def _feed(
    request: HttpRequest, site: Site, section_ids: list[int] | None, *, title: str, about: str,
    path: str,
) -> HttpResponseBase:  # fmt: skip
    at = clock.now()
    cards = stories.feed(site, section_ids, at=at)
    return of_cards(
        request, site, cards, at=at, title=title, about=about, path=path, own=f"{path}feed.xml"
    )


def of_cards(
    request: HttpRequest, site: Site, cards: Sequence[Card], *, at: datetime, title: str,
    about: str, path: str, own: str,
) -> HttpResponseBase:  # fmt: skip
    """A feed of these stories, for a page at `path` whose feed is at `own`."""
    notes = stories.corrections_of([card.story_id for card in cards])
    changed_at = max((card.updated_at for card in cards), default=None)
    channel = Channel(
        title=title,
        link=site.origin + path,
        own_address=site.origin + own,
        description=about or title,
        language=site.language,
        copyright=site.legal_line,
        changed_at=changed_at,
    )
    items = [_item(site, card, notes.get(card.story_id, ()), at) for card in cards]
    response = HttpResponse(
        write(channel, items), content_type="application/rss+xml; charset=utf-8"
    )
    response["Cache-Control"] = "no-cache"
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
