"""What the desk writes down when it withholds a story, and what readers are told of a demand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.validators import URLValidator

from dateline.stories.domain.legal import Demand, Ground

DESK, LAW = "desk", "law"
CAUSES = [
    (DESK, "Doubts of ours: readers are told that we took it down"),
    (LAW, "A legal demand: readers are told who made it, and why"),
]
GROUNDS = [
    (Ground.COURT.value, "An order of a court"),
    (Ground.AUTHORITY.value, "An order of an authority"),
    (Ground.REPUTATION.value, "Reputation: defamation"),
    (Ground.PRIVACY.value, "Private life"),
    (Ground.DATA.value, "Protection of personal data"),
    (Ground.COPYRIGHT.value, "Copyright"),
    (Ground.OTHER.value, "Another law"),
]
LATER = "This day is still to come."
WORDS = "words_"
OWN = ("cause", "reason")


class DemandForm(forms.Form):
    """A legal demand as readers are told of it, with words in each language of the story's titles.

    `today` is the newest day a demand can bear.
    """

    ground = forms.ChoiceField(label="It rests on", choices=GROUNDS)
    by = forms.CharField(
        label="Who demands it", max_length=200, required=False,
        help_text="A court, an authority, a company. Empty where it may not be said: readers are "
        "told that, too. Name no private person.",
    )  # fmt: skip
    made_on = forms.DateField(
        label="Date of the demand", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    place = forms.CharField(
        label="Where it holds", max_length=120, required=False,
        help_text="Japan. The story goes from every title all the same.",
    )  # fmt: skip
    reference = forms.CharField(
        label="Reference", max_length=120, required=False, help_text="The number of its file."
    )
    copy_url = forms.URLField(
        label="A copy of it", max_length=500, required=False, assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
        help_text="Where the demand itself can be read, such as an entry of a public archive.",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, languages: Sequence[str], today: date,
        demand: Demand | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(demand))
        self.languages, self.today = languages, today
        self.kept = dict(demand.words) if demand else {}
        for language in languages:
            self.fields[WORDS + language] = forms.CharField(
                label=f"What readers are told, in {_name(language)}", required=False,
                max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                help_text="In place of our own sentence. Nothing of what the story said.",
            )  # fmt: skip

    @property
    def told(self) -> list[Any]:
        """The fields that say what readers are told."""
        return [field for field in self if field.name not in OWN]

    @property
    def own(self) -> list[Any]:
        """The fields for the desk alone."""
        return [field for field in self if field.name in OWN]

    def clean_made_on(self) -> date | None:
        """A demand has been made."""
        made_on: date | None = self.cleaned_data["made_on"]
        if made_on and made_on > self.today:
            raise forms.ValidationError(LATER)
        return made_on

    def demand(self) -> Demand:
        """What was written, once it is valid. Words in languages of no title any more are kept."""
        data = self.cleaned_data
        words = {one: data[WORDS + one].replace("\r\n", "\n") for one in self.languages}
        return Demand(
            ground=Ground(data["ground"]), by=data["by"], made_on=data["made_on"],
            place=data["place"], reference=data["reference"], copy_url=data["copy_url"],
            words={**self.kept, **words},
        )  # fmt: skip


class WithholdForm(DemandForm):
    """Why a story is withheld; what readers are told of a demand counts only where one is why."""

    cause = forms.ChoiceField(
        label="Why?", choices=CAUSES, widget=forms.RadioSelect, initial=DESK,
        error_messages={"required": "Say why."},
    )  # fmt: skip
    reason = forms.CharField(
        label="For the record. Readers do not see it.", max_length=2000, strip=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why. The record keeps it."},
    )  # fmt: skip

    field_order = OWN

    @property
    def is_law(self) -> bool:
        """Whether a legal demand is why."""
        return bool(self.cleaned_data.get("cause") == LAW)


def _name(language: str) -> str:
    return str(LANG_INFO.get(language.partition("-")[0], {}).get("name", language))


def _initial(demand: Demand | None) -> dict[str, Any]:
    if demand is None:
        return {}
    words = {WORDS + language: text for language, text in demand.words.items()}
    return {
        "ground": demand.ground.value, "by": demand.by, "made_on": demand.made_on,
        "place": demand.place, "reference": demand.reference, "copy_url": demand.copy_url, **words,
    }  # fmt: skip
