"""The place of an offer on a reader's page, with our own in it."""

from typing import Any

from django import template
from django.template import loader
from django.utils.safestring import SafeString

from dateline.mastheads.domain.site import Site
from dateline.promos.domain.kinds import Label, Slot
from dateline.promos.domain.targets import Place
from dateline.promos.domain.words import label_text, words_for
from dateline.promos.queries.house import house_offer
from dateline.stories.domain.pages import StoryPage

register = template.Library()

OFFER_PLACES = (3, 8)  # of the mix, from 0: the fourth and the ninth


@register.simple_tag(takes_context=True)
def mix_slots(context: dict[str, Any]) -> SafeString | str:
    """Say where offers may stand among the stories of sister sites; until then stories do."""
    place = _place(context, context["site"])
    if place.sensitive or context.get("preview"):
        return ""
    given = {"places": OFFER_PLACES, **_given(context["site"], place, Slot.MIX)}
    return loader.render_to_string("promos/mix.html", given)


@register.simple_tag(takes_context=True)
def offer_slot(context: dict[str, Any], slot: str) -> SafeString | str:
    """Draw a slot on a story, section or front, as the page's own context tells them.

    A sensitive story has no offer, a preview neither. One query: for an offer of our own.
    """
    site: Site = context["site"]
    place = _place(context, site)
    if place.sensitive or context.get("preview"):
        return ""
    given = {
        **_given(site, place, Slot(slot)),
        "house": house_offer(site, place, Slot(slot), seed=_number(context), at=context["now"]),
        "label": label_text(Label.HOUSE, language=site.language, advertiser="", masthead=site.name),
    }
    return loader.render_to_string("promos/slot.html", given)


def _given(site: Site, place: Place, slot: Slot) -> dict[str, Any]:
    return {
        "slot": slot,
        "place": place,
        "sections": " ".join(sorted(place.sections)),
        "topics": " ".join(sorted(place.topics)),
        "site": site,
        "words": words_for(site.language),
    }


def _place(context: dict[str, Any], site: Site) -> Place:
    story: StoryPage | None = context.get("story") or None
    if story is None:
        node = context.get("node")
        return Place(
            masthead=site.slug,
            language=site.language,
            sections=frozenset(one.slug for one in site.trail(node.id)) if node else frozenset(),
        )
    return Place(
        masthead=site.slug,
        language=story.card.language,
        sections=frozenset(one.slug for one in site.trail(story.card.section_id)),
        topics=frozenset(topic.slug for topic in story.topics),
        sensitive=story.card.sensitive,
    )


def _number(context: dict[str, Any]) -> int:
    """A number of the page, so that an offer of our own is the same each time it is drawn."""
    story, node = context.get("story"), context.get("node")
    return int(story.card.story_id if story else node.id if node else 0)
