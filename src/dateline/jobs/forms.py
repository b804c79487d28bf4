"""What keepers of a job board type: a job, and a file of jobs. What is right is asked elsewhere."""

import calendar
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from dateline.jobs import models
from dateline.jobs.domain.feed import BYTES_MOST
from dateline.jobs.domain.kinds import Employment, Level, SalaryUnit, Where
from dateline.mastheads.domain.site import Site

WEEKDAYS = list(enumerate(calendar.day_name))
DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")  # what a browser's own field for days reads


def _choices(kinds: Any, *, empty: bool = False) -> list[tuple[str, str]]:
    named = [(one.value, one.value.replace("_", " ").capitalize()) for one in kinds]
    return [("", "Not given"), *named] if empty else named


class ListingForm(forms.Form):
    """One job. `domain.terms.read` judges what was typed, as it judges a feed."""

    masthead = forms.ChoiceField(label="Board of")
    title = forms.CharField(required=False)
    employer = forms.CharField(required=False)
    employer_url = forms.CharField(label="Employer's site", required=False, help_text="https://…")
    where = forms.ChoiceField(label="Where it is done", choices=_choices(Where))
    place = forms.CharField(label="Town", required=False)
    region = forms.CharField(label="Prefecture or state", required=False)
    country = forms.CharField(
        initial="JP", required=False,
        help_text="Two letters. For remote work: from where it may be done.",
    )  # fmt: skip
    employment = forms.ChoiceField(choices=_choices(Employment))
    language_level = forms.ChoiceField(label="Japanese asked for", choices=_choices(Level))
    salary_min = forms.CharField(label="Salary from", required=False)
    salary_max = forms.CharField(label="Salary to", required=False)
    salary_currency = forms.CharField(label="Currency", initial="JPY", required=False)
    salary_unit = forms.ChoiceField(
        label="Paid by", required=False, choices=_choices(SalaryUnit, empty=True)
    )
    apply_url = forms.CharField(label="Apply at", required=False, help_text="https://…")
    apply_mail = forms.CharField(label="or by mail to", required=False)
    posted = forms.CharField(label="Shown from", required=False, widget=DAY)
    valid_until = forms.CharField(label="Last day", required=False, widget=DAY)
    text = forms.CharField(
        label="The work", required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Paragraphs apart by an empty line.",
    )  # fmt: skip

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["masthead"].choices = [  # type: ignore[attr-defined]
            (site.slug, site.name) for site in sites
        ]
        self.sites = {site.slug: site for site in sites}

    @property
    def site(self) -> Site:
        """Whose board it is for, once that is valid."""
        return self.sites[self.cleaned_data["masthead"]]


class ImportForm(forms.Form):
    """A file of jobs from one feed."""

    masthead = forms.ChoiceField(label="Board of")
    feed = forms.SlugField(
        label="Feed", max_length=40, initial="feed",
        help_text="A short name for where it comes from. Ids are its own.",
    )  # fmt: skip
    file = forms.FileField(label="File", help_text="CSV or JSON, UTF-8.")
    complete = forms.BooleanField(
        label="The file is complete: close the jobs of this feed that it leaves out",
        required=False,
    )
    dry = forms.BooleanField(label="Only say what would happen", required=False)

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["masthead"].choices = [  # type: ignore[attr-defined]
            (site.slug, site.name) for site in sites
        ]
        self.sites = {site.slug: site for site in sites}

    def clean_file(self) -> Any:
        """A file that is too large is not even read."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(
                f"It has {file.size:,} bytes; {BYTES_MOST:,} are taken. Split it."
            )
        return file


class SeriesForm(forms.Form):
    """A weekly series that writes its own draft."""

    masthead = forms.ChoiceField(label="Board of")
    pattern = forms.CharField(
        label="Headline", initial="{year} Top Jobs in Japan Week {week}",
        help_text="{year} and {week} are those of the ISO calendar.",
    )  # fmt: skip
    section = forms.SlugField(max_length=80, help_text="Its slug: where the drafts go.")
    weekday = forms.TypedChoiceField(label="Written on", choices=WEEKDAYS, coerce=int)
    time = forms.TimeField(
        label="At", initial=time(9), widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        help_text="On the title's clock.",
    )  # fmt: skip
    how_many = forms.IntegerField(label="Jobs, at most", initial=10)
    active = forms.BooleanField(label="It writes by itself", required=False, initial=True)

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["masthead"].choices = [  # type: ignore[attr-defined]
            (site.slug, site.name) for site in sites
        ]
        self.sites = {site.slug: site for site in sites}

    @property
    def site(self) -> Site:
        """Whose board it is of, once that is valid."""
        return self.sites[self.cleaned_data["masthead"]]


def initial_of_series(row: models.Series | None) -> dict[str, Any]:
    """What the form of a series begins with, for a new one nothing but its own beginnings."""
    if row is None:
        return {}
    names = set(SeriesForm.base_fields) - {"masthead"}
    return {"masthead": row.masthead.slug, **{name: getattr(row, name) for name in names}}


def initial_of(row: models.Listing) -> dict[str, Any]:
    """What the form of a job begins with; days are those of its masthead's clock."""
    zone = ZoneInfo(row.masthead.time_zone)
    names = set(ListingForm.base_fields) - {"masthead", "posted", "valid_until"}
    last = row.valid_until - timedelta(microseconds=1)
    return {
        **{name: getattr(row, name) for name in names},
        "masthead": row.masthead.slug,
        "posted": row.posted_at.astimezone(zone).date().isoformat(),
        "valid_until": last.astimezone(zone).date().isoformat(),
    }
