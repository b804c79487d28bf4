"""Fields of the story form: one paragraph that grows with its text, and text with safe links."""

import json
from typing import Any

from django import forms
from django.templatetags.static import static
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.widgets import AdminAutoHeightTextInput

from dateline import markup


class OneParagraph(AdminAutoHeightTextInput):
    """A text area that shows all of a long line; line ends become spaces, so nothing is lost.

    Below it stands how many characters there are. `advice` is (characters, sentence): what to say
    beyond so many.
    """

    def __init__(self, *, label: str, advice: tuple[int, str] | None = None) -> None:
        attrs = {"placeholder": label, "data-desk-count": ""}
        if advice:
            attrs |= {"data-desk-advised": str(advice[0]), "data-desk-advice": advice[1]}
        super().__init__(attrs=attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What was typed or pasted, on one line."""
        value = super().value_from_datadict(data, files, name)
        return value and " ".join(filter(None, value.splitlines()))

    @property
    def media(self) -> forms.Media:
        """The script that counts and keeps the text on one line."""
        script: Any = forms.Script(static("stories/edit.js"), type="module")
        return forms.Media(js=[script])


class SafeText(DraftailRichTextArea):
    """Wagtail's editor, which neither shows nor takes a link that `markup` would not let through.

    A stored text may be older than our rules, or come from somewhere else: shown as it is, a link
    to `javascript:` could be pressed on the desk's host. The words of such a link stay.
    """

    def format_value(self, value: Any) -> Any:
        """What the editor shows of a stored text."""
        return with_safe_links(super().format_value(value))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What is stored of what the editor sends."""
        sent = data.get(name)
        return super().value_from_datadict({name: sent and with_safe_links(sent)}, files, name)


def with_safe_links(content: str) -> str:
    """`content`, a text as Draft.js keeps it (JSON), without links that lead elsewhere than known.

    A page chosen by its number is known; else `markup.is_link` judges the address.
    """
    state = json.loads(content) or {}  # an editor that was emptied sends null
    unsafe = {key for key, entity in state.get("entityMap", {}).items() if _is_unsafe(entity)}
    if not unsafe:
        return content
    for block in state["blocks"]:
        block["entityRanges"] = [
            one for one in block.get("entityRanges", []) if str(one["key"]) not in unsafe
        ]
    kept = {key: entity for key, entity in state["entityMap"].items() if key not in unsafe}
    return json.dumps({**state, "entityMap": kept})


def _is_unsafe(entity: dict[str, Any]) -> bool:
    data = entity.get("data", {})
    by_number = data.get("id") is not None
    return entity["type"] == "LINK" and not by_number and not markup.is_link(data.get("url") or "")
