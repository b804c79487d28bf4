"""Template tags of a story's page and of its versions."""

from typing import Any

from django import template

from dateline.stories.domain.pages import SourceChain
from dateline.web.domain import origins, sharing, short_changes, words
from dateline.web.domain.changes import VersionChange

register = template.Library()


@register.simple_tag(takes_context=True)
def words_moved(context: dict[str, Any], change: VersionChange) -> str:
    """How many words a version added and removed, as a sentence."""
    sentence: str = context["w"]["version_words"]
    return sentence.format(added=change.added, removed=change.removed)


@register.filter
def in_short(change: VersionChange) -> list[short_changes.ShortField]:
    """What differs in a version, as much of it as a text-only page has room for."""
    return short_changes.in_short(change)


@register.simple_tag
def share_links(url: str, title: str) -> list[tuple[str, str]]:
    """(service, address) of the plain links that hand a story on."""
    return sharing.share_links(url, title)


@register.simple_tag
def mail_link(url: str, title: str) -> str:
    """The address that opens a mail with the story's link."""
    return sharing.mail_link(url, title)


@register.simple_tag
def translated_from(chain: SourceChain, language: str) -> str:
    """The name of the language an agency sent a story in, empty where that is the story's own."""
    source = chain.agency_language.partition("-")[0].lower()
    own = language.partition("-")[0].lower()
    return words.language_name(source) if source and source != own else ""


@register.simple_tag(takes_context=True)
def picture_origin(context: dict[str, Any], picture: Any) -> str:
    """How a picture was made, in words; empty where its file does not say."""
    word = origins.word_of(picture.digital_source_type)
    return str(context["w"][word]) if word else ""
