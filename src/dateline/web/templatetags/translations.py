"""Who translated a story, for the line of its byline."""

from typing import Any

from django import template

from dateline.stories.domain.pages import StoryPage
from dateline.web.domain.translation_words import around_name, translation_words_for

register = template.Library()


@register.inclusion_tag("web/parts/translation.html", takes_context=True)
def translation(context: dict[str, Any], story: StoryPage) -> dict[str, Any]:
    """Who translated `story` and from what; nothing for one that was written in its language."""
    language, told = context["site"].language, story.translation
    before, after = around_name(told, language) if told else ("", "")
    return {
        "told": told, "before": before, "after": after, "site": context["site"],
        "root": context.get("root"), "plain": context.get("plain"),
        "words": translation_words_for(language),
    }  # fmt: skip
