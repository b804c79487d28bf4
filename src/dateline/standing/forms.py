"""What page editors type: the text of a page, and where messages go."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dateline.standing.queries.editor import editor


class PageForm(forms.Form):
    """The text of one page, and which version it was made from."""

    text = forms.CharField(required=False)
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = editor()
        self.fields["text"].label = words["page"]
        self.fields["text"].help_text = words["edit_help"]


class ContactForm(forms.Form):
    """Where messages to a title go."""

    address = forms.EmailField(required=False, max_length=254)
    by_form = forms.BooleanField(required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = words["contact_address"]
        self.fields["by_form"].label = words["contact_form"]
        self.fields["by_form"].help_text = words["contact_form_help"]
