"""Which language a text of a page is in, where that is not the page's own."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dateline.web.domain.tongues import foreign

register = template.Library()


@register.simple_tag(takes_context=True)
def tongue(context: Any, text: str | None) -> SafeString:
    """` lang="…"` for an element with a text in another language than the title's, or nothing.

    A card of a list is drawn without its title: it knows the language itself.
    """
    title = context.get("site") or context["card"]
    found = foreign(text or "", title.language)
    return format_html(' lang="{}"', found) if found else SafeString("")
