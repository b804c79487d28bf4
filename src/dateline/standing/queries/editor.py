"""The desk's editor for the text of a page, and what was typed in it."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"]


def editor() -> Any:
    """Wagtail's editor with what a page may hold; it gives and takes HTML."""
    return DraftailRichTextArea(features=FEATURES)


def typed(data: Mapping[str, Any], name: str = "text") -> str:
    """The HTML of what was sent from `editor()` under `name`; empty where it is no text of it."""
    try:
        return editor().value_from_datadict(data, {}, name) or ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""  # not from our editor: somebody wrote the request by hand
