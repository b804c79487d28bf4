"""The desk's form for an entry of a live blog."""

from typing import Any

from django import forms
from wagtail.admin.rich_text import get_rich_text_editor_widget

ENTRY_FEATURES = ["bold", "italic", "link", "ol", "ul"]


class EntryForm(forms.Form):
    """One entry. `key` keeps what is sent twice from being stored twice."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    headline = forms.CharField(
        max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )  # fmt: skip
    text = forms.CharField(required=False)
    key_event = forms.BooleanField(required=False, label="Key event")
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}),
        label="Correction for readers",
        help_text="What was wrong, what is right. Empty: nothing is said.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked for when the form is made: the editor wants the desk's settings.
        self.fields["text"].widget = get_rich_text_editor_widget(features=ENTRY_FEATURES)

    def see(self, version: int) -> None:
        """Say that the newest version was shown: the next try is an answer to it."""
        self.data: Any = self.data.copy()
        self.data["version"] = str(version)
