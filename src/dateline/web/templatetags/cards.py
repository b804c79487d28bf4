"""A story in a list, drawn once for what it says: most cards of a new front were on the last."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.template import loader
from django.utils.safestring import SafeString

from dateline.media import queries as media
from dateline.stories.domain.pages import Card
from dateline.web.domain.headlines import OnTrial, headline_of, on_trial
from dateline.web.domain.words import words_for
from dateline.web.templatetags.reading import moment
from dateline.web.templatetags.talking import of_story

register = template.Library()
FULL_HEADLINE = ("lead", "big")
UNLABELLED = {"article", "wire"}
KEPT = 2048  # cards: the fronts and sections of a dozen titles, some 4 MB


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the HTML of a card is made of: cards that are equal here look alike.

    `kicker` is empty where the row says it, `when` is the moment as the reader sees it, `talked`
    the number of comments, `language` that of the masthead, `in_language` that of the story.
    """

    variant: str
    level: int
    first: bool
    path: str
    headline: str
    tried: OnTrial | None
    standfirst: str
    kicker: str
    section_path: str
    kind: str
    live: bool
    corrected: bool
    byline: str
    in_language: str
    lead_caption: str
    picture: media.PictureSources | None
    plain: bool
    when: SafeString
    talked: int
    language: str

    @property
    def labelled(self) -> bool:
        """Whether its kind is told above its headline."""
        return self.kind not in UNLABELLED


@register.simple_tag(takes_context=True)
def story_card(
    context: dict[str, Any],
    card: Card,
    variant: str,
    *,
    ratio: Any = "",
    sizes: str = "",
    level: int = 3,
    first: bool = False,
) -> SafeString:
    """One story in a list; see web/cards/card.html for what the names mean.

    What the page comes to depend on, a picture and its rights, the hour of its moment, is written
    down each time, drawn anew or not.
    """
    picture = (
        media.sources(card.picture, ratio=ratio, sizes=sizes, at=context["now"]) if ratio else None
    )
    return _drawn(
        Shown(
            variant=variant,
            level=level,
            first=first,
            path=card.path,
            headline=headline_of(card, card.headline if variant in FULL_HEADLINE else card.title),
            tried=on_trial(card, here=bool(context.get("tries"))),
            standfirst=card.standfirst,
            kicker="" if card.kicker == context.get("row_name") else card.kicker,
            section_path=card.section_path,
            kind=card.kind,
            live=card.live,
            corrected=card.corrected,
            byline=card.byline,
            in_language=card.language,
            lead_caption=card.lead_caption,
            picture=picture,
            plain=not (card.picture and ratio),
            when=moment(context, card.published_at),
            talked=of_story(context.get("talked", ""), card.story_id),
            language=context["site"].language,
        )
    )


@lru_cache(maxsize=KEPT)
def _drawn(card: Shown) -> SafeString:
    words = words_for(card.language)
    return loader.render_to_string("web/cards/card.html", {"card": card, "w": words})
