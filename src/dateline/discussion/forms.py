"""What moderators type: a decision over a comment, a decision over a person."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from dateline import clock
from dateline.discussion.domain.notices import Outcome
from dateline.discussion.domain.status import HOUSE_RULES, Door, Verb, WordKind
from dateline.mastheads.domain.site import Site

RULES = [(number, f"{number}. {text}") for number, text in HOUSE_RULES.items()]
NETWORK = "network"
AGAINST_THE_LAW = 9  # the house rule that most notices name
OVER_A_COMMENT = (Verb.APPROVED, Verb.HELD, Verb.REMOVED, Verb.FEATURED, Verb.UNFEATURED)
OVER_A_PERSON = (Verb.WARNED, Verb.SUSPENDED, Verb.BANNED, Verb.LIFTED)
NEEDS_A_RULE = "Say which house rule it is."


def _choices(verbs: tuple[Verb, ...]) -> list[tuple[str, str]]:
    return [(verb.value, verb.value) for verb in verbs]


def places(sites: list[Site], *, leads: bool) -> list[tuple[str, str]]:
    """Where something holds, to choose from: each masthead, and the network for who leads it."""
    network = [(NETWORK, "The whole network")] if leads else []
    return [*((str(site.id), site.name) for site in sites), *network]


def _whole(label: str, help_text: str, most: int = 32_767) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=0, max_value=most)


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
        self.fields["where"].choices = places(sites, leads=leads)  # type: ignore[attr-defined]

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


class HouseForm(forms.Form):
    """What one masthead asks of comments: the fields of OF_THE_HOUSE, in the order of a talk."""

    door = forms.ChoiceField(
        label="Threads are",
        choices=[
            (Door.OPEN.value, "open: comments appear at once"),
            (Door.HELD.value, "held: a moderator reads each first"),
            (Door.CLOSED.value, "closed: no comments"),
        ],
    )
    close_after_days = _whole("Close a thread after so many days", "0: never.")
    premoderate_first = _whole("First comments of a new reader that are held", "So many; 0: none.")
    edit_minutes = _whole("Authors may change a comment for so many minutes", "0: never.")
    seconds_between = _whole("Seconds between two comments of one person", "0: none.")
    most_in_minute = _whole("Comments of one person in a minute, at most", "0: any number.")
    most_links = _whole("Links that are let through", "0: any number.")
    hold_at_reports = _whole("Reports by readers that hold a comment", "0: never.")
    hold_removed_percent = _whole(
        "Hold who had this percentage of their latest removed", "0: never.", most=100
    )
    hold_score_percent = _whole(
        "Hold what the scorer puts at this percentage", "0: never.", most=100
    )
    down_votes = forms.BooleanField(label="Readers may vote against a comment", required=False)
    weigh_after_hours = _whole(
        "Votes and reports count once an account is so many hours old",
        "Of bans and of many removed comments they count for nothing then, too. 0: all count.",
    )
    score_after_minutes = _whole("Votes are shown after so many minutes", "0: at once.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "house-%s", **kwargs})


class WordsForm(forms.Form):
    """Many lines to put on a word list, or to take off it."""

    lines = forms.CharField(
        label="Words, one a line", max_length=5_000_000,
        help_text="* at the end of a word means any ending.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="What they do",
        choices=[
            (WordKind.SUSPECT.value, "suspect: hold the comment"),
            (WordKind.BANNED.value, "banned: refuse the comment"),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "words-%s", **kwargs})

    def words(self) -> list[str]:
        """The lines that hold something."""
        return [
            line for typed in self.cleaned_data["lines"].splitlines() if (line := typed.strip())
        ]


class DoorForm(forms.Form):
    """Open, hold or close one thread, or leave it to the house."""

    masthead = forms.IntegerField(min_value=1)
    door = forms.ChoiceField(
        required=False, choices=[("", ""), *((d.value, d.value) for d in Door)]
    )
    reason = forms.CharField(required=False, max_length=500)


class AnswerForm(forms.Form):
    """The answer to an appeal, and which way it goes."""

    answer = forms.CharField(max_length=5_000, required=False)
    upheld = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes"
    )


class NoticeDecisionForm(forms.Form):
    """What becomes of a notice, under which rule, and the reasons."""

    outcome = forms.ChoiceField(choices=[(o.value, o.value) for o in Outcome])
    rule = forms.TypedChoiceField(choices=RULES, coerce=int, initial=AGAINST_THE_LAW)
    answer = forms.CharField(max_length=5_000, required=False)
