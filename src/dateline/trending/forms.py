"""What curators type: a rule for a story, and who else steers."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms

from dateline.trending.domain.headlines import LONGEST
from dateline.trending.domain.rank import SLOTS, RuleKind
from dateline.trending.domain.steering import LONGEST_REASON, Wish

TEST_HOURS = (1, 3, 6, 12, 24, 48, 72)
HOURS = (1, 4, 12, 24, 72, 168, 336)
FACTORS = (1.5, 2.0, 3.0, 5.0)
NETWORK = "network"
NUMBER = re.compile(r"(?:^|[/-])(\d{1,18})/?(?:[?#].*)?$")


class RuleForm(forms.Form):
    """One pin, boost or ban."""

    kind = forms.ChoiceField(widget=forms.RadioSelect, initial="pin")
    story = forms.CharField(max_length=2_000)
    slot = forms.TypedChoiceField(
        choices=[(n, str(n)) for n in range(1, SLOTS + 1)], coerce=int, initial=1
    )
    factor = forms.TypedChoiceField(
        choices=[(n, f"{n:g}") for n in FACTORS], coerce=float, initial=2.0
    )
    for_hours = forms.TypedChoiceField(coerce=int, initial=24)
    reason = forms.CharField(max_length=LONGEST_REASON)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for name, field in self.fields.items():
            field.label = words[name]
        self.fields["kind"].choices = [(k.value, words[k]) for k in RuleKind]  # type: ignore[attr-defined]
        self.fields["for_hours"].choices = [(n, words[f"h{n}"]) for n in HOURS]  # type: ignore[attr-defined]
        self.fields["story"].help_text = words["story_help"]
        self.fields["reason"].help_text = words["reason_help"]

    def clean_story(self) -> int:
        """The number of the story, out of its address too."""
        found = NUMBER.search(self.cleaned_data["story"].strip())
        if found is None:
            raise forms.ValidationError(self.words["no_number"])
        return int(found[1])

    def wish(self, at: datetime) -> Wish:
        """What is asked for, once the form is valid; it ends so long after `at`, aware UTC."""
        told = self.cleaned_data
        return Wish(
            kind=RuleKind(told["kind"]), story=told["story"], slot=told["slot"],
            factor=told["factor"], until=at + timedelta(hours=told["for_hours"]),
            reason=told["reason"],
        )  # fmt: skip


class HeadlinesForm(forms.Form):
    """Other headlines of a story for cards, and how long they are tried."""

    other_1 = forms.CharField(max_length=LONGEST)
    other_2 = forms.CharField(max_length=LONGEST, required=False)
    other_3 = forms.CharField(max_length=LONGEST, required=False)
    hours = forms.TypedChoiceField(coerce=int, initial=12)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = words[name]
        self.fields["other_1"].help_text = words["other_help"].format(most=LONGEST)
        self.fields["hours"].choices = [(n, words[f"h{n}"]) for n in TEST_HOURS]  # type: ignore[attr-defined]

    def others(self) -> list[str]:
        """The headlines that were typed, once the form is valid."""
        return [self.cleaned_data[name] for name in ("other_1", "other_2", "other_3")]
