"""What whoever sends alerts types: an alert, why one is taken back, who else sends."""

from typing import Any
from uuid import uuid4

from django import forms

from dateline.alerts.domain.kinds import LONGEST_TEXT, AlertClass

NAMES = {
    AlertClass.BREAKING: "Breaking news",
    AlertClass.STORY: "Those who follow this story",
    AlertClass.TOPIC: "Topic: {}",
}


class AlertForm(forms.Form):
    """One alert of one story. `counts` are as `queries.audience.counted` gives them."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label="What it says", max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_TEXT}),
        help_text=f"At most {LONGEST_TEXT} characters. The title of the masthead stands above it.",
    )  # fmt: skip
    audience = forms.ChoiceField(label="Who gets it", widget=forms.RadioSelect)

    def __init__(self, *args: Any, counts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (f"{kind}:{pk or ''}", f"{NAMES[kind].format(name)} · {count:,}")
            for kind, pk, name, count in counts
        ]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]

    @property
    def alert_class(self) -> AlertClass:
        """The class that was chosen, once the form is valid."""
        return AlertClass(self.cleaned_data["audience"].partition(":")[0])

    @property
    def topic_id(self) -> int | None:
        """The topic that was chosen, once the form is valid, or None."""
        number = self.cleaned_data["audience"].partition(":")[2]
        return int(number) if number else None


class WithdrawForm(forms.Form):
    """Why an alert is taken back, and what its readers see in its place."""

    reason = forms.CharField(label="Why, for the desk", max_length=300)
    text = forms.CharField(label="What readers see instead", max_length=LONGEST_TEXT)
