"""What stands around every page and beside it, drawn once for what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.template import loader
from django.template.defaultfilters import date as format_date
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from dateline.accounts.queries import Provider
from dateline.mastheads.domain.site import Site
from dateline.media import queries as media
from dateline.newsletters.domain.page_words import page_words_for
from dateline.newsletters.queries.lists import ListCard
from dateline.standing.domain.words import words_for as standing_words
from dateline.stories.domain.pages import Card
from dateline.web.domain.frame_words import frame_words_for
from dateline.web.domain.headlines import OnTrial, headline_of, on_trial
from dateline.web.domain.meta import Meta
from dateline.web.domain.time_words import time_words_for
from dateline.web.domain.words import words_for
from dateline.web.queries import FromTitle
from dateline.web.templatetags.reading import moment

register = template.Library()
FRONT = "front"
PRINTED = '<p class="printed" hidden>'  # where a page is, on paper only
FRONT_TWIN = 'href="/lite/"'
ABOUT_LETTERS = ("newsletters", "letter_")  # pages that are about newsletters bring no box
BOX_PICTURE = "(min-width: 60rem) 18rem, (min-width: 40rem) 45vw, 80vw"
KEPT = 128  # of each: a dozen titles with a dozen sections


class Today(NamedTuple):
    """The day at the head of a front: for machines (ISO 8601), and in words."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class Headline:
    """All that a list of headlines shows of a story; `when` is empty where it shows no time."""

    path: str
    title: str
    in_language: str
    kind: str
    corrected: bool
    when: SafeString
    tried: OnTrial | None = None

    @classmethod
    def of(cls, card: Card, when: SafeString) -> "Headline":
        """The story's own headline of a card."""
        return cls(card.path, card.title, card.language, card.kind, card.corrected, when)

    @classmethod
    def here(cls, context: dict[str, Any], card: Card, when: SafeString) -> "Headline":
        """The headline of a card in a list of its own masthead, where others may be tried."""
        return replace(
            cls.of(card, when),
            title=headline_of(card, card.title),
            tried=on_trial(card, here=bool(context.get("tries"))),
        )


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A story in the box of another title, and its picture where that is shown."""

    headline: Headline
    kicker: str
    picture: media.PictureSources | None


@register.simple_tag(takes_context=True)
def page_header(context: dict[str, Any]) -> SafeString:
    """Name plate, sections and doors; see web/parts/header.html."""
    kind, site = context["page_kind"], context["site"]
    today = _today(context["now"], context["w"]) if kind == FRONT else None
    head = _header(site, tuple(context["network"]), context.get("section_slug", ""), kind, today)
    return _leading_to_the_pair(head, site, context["meta"])


def _leading_to_the_pair(head: SafeString, site: Site, meta: Meta) -> SafeString:
    """The header with its doors to other editions leading to this very page there."""
    pairs = {language.code: language.url for language in meta.languages}
    for edition in site.editions:
        if edition.language in pairs:
            front = f'href="{edition.origin}/"'
            head = SafeString(head.replace(front, f'href="{escape(pairs[edition.language])}"'))
    return head


@register.simple_tag(takes_context=True)
def page_footer(context: dict[str, Any]) -> SafeString:
    """What stands under every page; see web/parts/footer.html."""
    about_letters = context["page_kind"].startswith(ABOUT_LETTERS)
    foot = _footer(
        context["site"], tuple(context["network"]), context.get("letter"), not about_letters
    )
    meta: Meta = context["meta"]
    if meta.lite:
        foot = SafeString(foot.replace(FRONT_TWIN, f'href="{escape(meta.lite)}"'))
    return SafeString(foot.replace(PRINTED, f"{PRINTED}{escape(meta.canonical)}"))


@register.simple_tag(takes_context=True)
def ways_to_join(context: dict[str, Any]) -> SafeString:
    """The ways to log in, below a thread; see web/parts/join.html."""
    return _join(context["site"], tuple(context["providers"]), context["back"])


@register.simple_tag(takes_context=True)
def title_box(context: dict[str, Any], found: FromTitle) -> SafeString:
    """The newest stories of another title; the first with its picture.

    What the page comes to depend on, the picture and its rights, is written down each time.
    """
    cards = found.cards
    pictures = [media.sources(cards[0].picture, ratio="3:2", sizes=BOX_PICTURE, at=context["now"])]
    pictures += [None] * (len(cards) - 1)
    lines = tuple(
        BoxLine(Headline.of(card, SafeString()), card.kicker, picture)
        for card, picture in zip(cards, pictures, strict=True)
    )
    return _box(found.site.origin, found.site.name, lines, context["site"].language)


@register.simple_tag(takes_context=True)
def newest_headlines(context: dict[str, Any], cards: Sequence[Card]) -> SafeString:
    """Headlines with their times, which the page then depends on."""
    lines = tuple(
        Headline.here(context, card, moment(context, card.published_at)) for card in cards
    )
    return _headlines(lines, context["site"].language)


@register.simple_tag(takes_context=True)
def more_headlines(context: dict[str, Any], cards: Sequence[Card]) -> SafeString:
    """Headlines without their times."""
    lines = tuple(Headline.here(context, card, SafeString()) for card in cards)
    return _headlines(lines, context["site"].language)


def _today(now: datetime, w: dict[str, str]) -> Today:
    local = localtime(now)
    return Today(f"{local:%Y-%m-%d}", format_date(local, w["day_format"]))


@lru_cache(maxsize=KEPT)
def _header(
    site: Site, network: tuple[Site, ...], section_slug: str, page_kind: str, today: Today | None
) -> SafeString:
    return _drawn(
        "parts/header", site.language,
        site=site, network=network, section_slug=section_slug, page_kind=page_kind, today=today,
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _footer(
    site: Site, network: tuple[Site, ...], letter: ListCard | None, has_box: bool
) -> SafeString:
    return _drawn(
        "parts/footer", site.language, site=site, network=network, letter=letter, has_box=has_box,
        n=page_words_for(site.language), s=standing_words(site.language),
        f=frame_words_for(site.language), z=time_words_for(site.language, site.time_zone),
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _join(site: Site, providers: tuple[Provider, ...], back: str) -> SafeString:
    return _drawn("parts/join", site.language, site=site, providers=providers, back=back)


@lru_cache(maxsize=KEPT)
def _box(origin: str, name: str, lines: tuple[BoxLine, ...], language: str) -> SafeString:
    return _drawn("parts/title_box", language, origin=origin, name=name, lines=lines)


@lru_cache(maxsize=KEPT)
def _headlines(lines: tuple[Headline, ...], language: str) -> SafeString:
    return _drawn("front/headlines", language, lines=lines)


def _drawn(part: str, language: str, **shown: Any) -> SafeString:
    return loader.render_to_string(f"web/{part}.html", {"w": words_for(language), **shown})
