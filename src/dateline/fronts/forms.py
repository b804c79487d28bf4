"""What somebody decides: how alarmed the network is, and what it says."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dateline.fronts.domain.alarm import LONGEST_LINKS, Level, Told


class AlarmForm(forms.Form):
    """One decision. Texts are judged by the service, so that a command is judged the same."""

    level = forms.TypedChoiceField(
        coerce=lambda value: Level(int(value)), widget=forms.RadioSelect,
        choices=[(v.value, v.name) for v in Level],
    )  # fmt: skip
    english = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "en"})
    )
    links_english = forms.CharField(
        required=False, max_length=LONGEST_LINKS, widget=forms.Textarea(attrs={"rows": 3})
    )
    japanese = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4, "lang": "ja"})
    )
    links_japanese = forms.CharField(
        required=False, max_length=LONGEST_LINKS, widget=forms.Textarea(attrs={"rows": 3})
    )
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["level"]
        choices.choices = [(v.value, words[f"level_{v.value}"]) for v in Level]
        for name in ("level", "english", "japanese", "links_english", "links_japanese"):
            self.fields[name].label = words[name]
        for name in ("english", "japanese"):
            self.fields[name].help_text = words["text_help"]
            self.fields[f"links_{name}"].help_text = words["links_help"]

    def told(self) -> Told:
        """What would be said, once the form is valid."""
        data = self.cleaned_data
        return Told(
            data["english"], data["japanese"], data["links_english"], data["links_japanese"]
        )
