"""What moderators type: a decision over a comment, a decision over a person."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from dateline import clock
from dateline.discussion.domain.status import HOUSE_RULES, Verb
from dateline.mastheads.domain.site import Site

RULES = [(number, f"{number}. {text}") for number, text in HOUSE_RULES.items()]
NETWORK = "network"
OVER_A_COMMENT = (Verb.APPROVED, Verb.HELD, Verb.REMOVED, Verb.FEATURED, Verb.UNFEATURED)
OVER_A_PERSON = (Verb.WARNED, Verb.SUSPENDED, Verb.BANNED, Verb.LIFTED)
NEEDS_A_RULE = "Say which house rule it is."


def _choices(verbs: tuple[Verb, ...]) -> list[tuple[str, str]]:
    return [(verb.value, verb.value) for verb in verbs]


class DecideForm(forms.Form):
    """One decision over one comment, as its row's buttons send it."""

    verb = forms.ChoiceField(choices=_choices(OVER_A_COMMENT))
    version = forms.IntegerField(min_value=0)
    rule = forms.TypedChoiceField(choices=RULES, coerce=int, empty_value=None, required=False)
    reason = forms.CharField(max_length=2_000, required=False)

    def clean(self) -> dict[str, Any]:
        """A removal names its rule."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verb") == Verb.REMOVED and cleaned.get("rule") is None:
            self.add_error("rule", NEEDS_A_RULE)
        return cleaned


class UndoForm(forms.Form):
    """Take back one decision."""

    decision = forms.IntegerField(min_value=1)


class JudgeForm(forms.Form):
    """One decision over a person: on one masthead, or in the network for who moderates that."""

    verb = forms.ChoiceField(choices=_choices(OVER_A_PERSON))
    where = forms.ChoiceField(label="Where")
    rule = forms.TypedChoiceField(
        label="House rule", choices=[("", "Choose"), *RULES], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    days = forms.IntegerField(
        label="Days, for a suspension", min_value=1, max_value=365, initial=7, required=False
    )
    reason = forms.CharField(
        label="Reason, which the person is told", max_length=2_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, sites: list[Site], leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "judge-%s", **kwargs})
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            *((str(site.id), site.name) for site in sites),
            *([(NETWORK, "The whole network")] if leads else []),
        ]

    def clean(self) -> dict[str, Any]:
        """Everything but lifting names a rule; a suspension an end."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verb") != Verb.LIFTED and cleaned.get("rule") is None:
            self.add_error("rule", NEEDS_A_RULE)
        if cleaned.get("verb") == Verb.SUSPENDED and not cleaned.get("days"):
            self.add_error("days", "Say for how many days.")
        return cleaned

    @property
    def masthead_id(self) -> int | None:
        """The masthead that was chosen; None is the network."""
        where = self.cleaned_data["where"]
        return None if where == NETWORK else int(where)

    def until(self) -> datetime:
        """The end of the suspension, aware UTC."""
        return clock.now() + timedelta(days=self.cleaned_data["days"])
