"""Template tags of a story's page and of its versions."""

from typing import Any

from django import template

from dateline.web.domain.changes import VersionChange

register = template.Library()


@register.simple_tag(takes_context=True)
def words_moved(context: dict[str, Any], change: VersionChange) -> str:
    """How many words a version added and removed, as a sentence."""
    sentence: str = context["w"]["version_words"]
    return sentence.format(added=change.added, removed=change.removed)
