"""What editors of lists type: a list, a file of people, a reason, a post."""

from datetime import date
from typing import Any

from django import forms

from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.kinds import ListKind
from dateline.newsletters.domain.names import LANGUAGES, zones
from dateline.newsletters.services.importing import BYTES_MOST
from dateline.newsletters.services.keeping import Terms

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")  # what a browser's own field for days reads
NETWORK = ""  # what stands for the whole network among the titles


class ListForm(forms.Form):
    """All that is said of a list."""

    masthead = forms.ChoiceField(label="Title", required=False)
    kind = forms.ChoiceField(
        label="It sends",
        choices=[(ListKind.EDITIONS.value, "Letters"), (ListKind.ALERTS.value, "News alerts")],
    )
    slug = forms.SlugField(
        label="Address", max_length=60, help_text="Stands in links: /newsletters/morning/."
    )
    name = forms.CharField(max_length=80)
    about = forms.CharField(
        label="What readers get", max_length=300, help_text="One sentence.",
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    rhythm = forms.CharField(label="When it comes", max_length=60, help_text="“Weekdays at 7”")
    language = forms.ChoiceField(choices=list(LANGUAGES.items()))
    time_zone = forms.ChoiceField(label="Time zone", initial="Asia/Tokyo")
    sender_name = forms.CharField(label="From: name", max_length=80)
    sender_address = forms.EmailField(label="From: address", max_length=254)
    reply_to = forms.EmailField(label="Answers go to", max_length=254, required=False)
    welcome = forms.CharField(
        label="Welcome", required=False, widget=forms.Textarea({"rows": 6}),
        help_text="What the welcome mail says; empty: there is none.",
    )  # fmt: skip
    order = forms.IntegerField(
        label="Place", min_value=0, max_value=999, initial=0,
        help_text="The lowest that sends letters has the box on pages.",
    )  # fmt: skip
    is_open = forms.BooleanField(label="Readers may sign up", required=False, initial=True)

    def __init__(
        self, *args: Any, sites: list[Site], network: bool, row: models.Newsletter | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        choices = [(site.slug, site.name) for site in sites]
        choices += [(NETWORK, "The whole network")] if network else []
        self.fields["masthead"].choices = choices  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [  # type: ignore[attr-defined]
            (zone, zone) for zone in zones()
        ]
        for name in ("masthead", "kind", "slug") if row else ():
            self.fields[name].disabled = True
        self.ids = {site.slug: site.id for site in sites}

    @property
    def masthead_id(self) -> int | None:
        """The masthead that was chosen, once the form is valid; None for the network."""
        return self.ids.get(self.cleaned_data["masthead"])

    @property
    def terms(self) -> Terms:
        """What was typed, once the form is valid."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "masthead"}
        return Terms(**told)


class ImportForm(forms.Form):
    """A file of people, and what proves that they agreed."""

    file = forms.FileField(help_text="CSV, UTF-8; a column called “email”, one person a line.")
    stated = forms.CharField(
        label="Where, and to which words, did they agree?",
        widget=forms.Textarea({"rows": 4}),
        help_text="Kept with each of them as the proof of consent.",
    )
    consented_on = forms.DateField(
        label="When did they agree?", widget=DAY,
        help_text="For lines without a column “consented_at”: the latest day on which one did.",
    )  # fmt: skip
    sure = forms.BooleanField(label="I have their consent on record and can show it")

    def clean_file(self) -> Any:
        """A file that is too large is not even read."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(
                f"It has {file.size:,} bytes; {BYTES_MOST:,} are taken. Split it."
            )
        return file

    def clean_consented_on(self) -> date:
        """A day; the service judges it."""
        day: date = self.cleaned_data["consented_on"]
        return day


class EndForm(forms.Form):
    """Why an editor takes somebody off a list."""

    address = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(max_length=300, help_text="Kept with the proof.")


def initial_of(row: models.Newsletter | None) -> dict[str, Any]:
    """What the form of a list begins with; for a new one nothing but its own beginnings."""
    if row is None:
        return {}
    names = set(ListForm.base_fields) - {"masthead"}
    return {
        "masthead": row.masthead.slug if row.masthead else NETWORK,
        **{name: getattr(row, name) for name in names},
    }
