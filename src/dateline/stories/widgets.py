"""Fields of the story form that grow with their text but hold one paragraph."""

from typing import Any

from django import forms
from django.templatetags.static import static
from wagtail.admin.widgets import AdminAutoHeightTextInput


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
