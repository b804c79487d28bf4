"""What an editor may type about a story, checked before anything is stored."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.mastheads import queries as mastheads
from dateline.stories.domain.gate import Use
from dateline.stories.domain.terms import Terms, as_text, differing, looser
from dateline.stories.domain.translation import problem_of
from dateline.stories.services.limits import limits_of
from dateline.stories.stored_rows import adopt_stored_rows

TOLD = {"correction", "clarification"}
# What happened while an editor had the page open, by the field it concerns.
MEANWHILE = {
    "embargo_until": (
        "An embargo was set or prolonged while you had this page open: it now ends {}."
    ),
    "rights_until": "The rights were limited while you had this page open: they now end {}.",
    "licensed_mastheads": "The licence was narrowed while you had this page open.",
    "licensed_uses": "The licence was narrowed while you had this page open.",
    "advisory": "Somebody marked it as for editors only while you had this page open.",
}
WHAT_TO_DO = " The form shows that now. Save again to keep it, or change it and save again."


def _masthead_choices() -> list[tuple[str, str]]:
    return [(site.slug, site.name) for site in mastheads.all_mastheads()]


class SectionSelect(forms.Select):
    """Sections below the name of their masthead: most have a section called World."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """Ask for the sections when the form is drawn, not when it is imported."""
        self.choices = [("", "Choose a section"), *mastheads.section_choices()]
        return super().optgroups(name, value, attrs)


class SeenField(forms.CharField):
    """What a page showed when it was opened; never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Nothing an editor typed."""
        del initial, data
        return False


class StoryForm(WagtailAdminModelForm):
    """The story form of the desk."""

    terms_seen = SeenField(required=False)

    licensed_mastheads = forms.MultipleChoiceField(
        choices=_masthead_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Mastheads the licence covers. None ticked: all of them.",
    )
    licensed_uses = forms.MultipleChoiceField(
        choices=[(use.value, use.value.title()) for use in Use],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Uses the licence covers. None ticked: all of them.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._standing = limits_of(self.instance)
        self.initial["terms_seen"] = as_text(self._standing)

    def clean(self) -> dict[str, Any]:
        """A correction needs words for readers, and a limit set meanwhile is not lifted unseen."""
        data: dict[str, Any] = super().clean()
        if data.get("change_kind") in TOLD and not (data.get("change_note") or "").strip():
            self.add_error(
                "change_note",
                f"A {data['change_kind']} needs a note for readers: what was wrong, what is right.",
            )
        name, problem = problem_of(data, own_id=self.instance.pk)
        if problem:
            self.add_error(name, problem)
        if self.instance.pk and not any(name in self.errors for name in MEANWHILE):
            self._keep_seconds(data)
            self._keep_limits(data)
        return data

    def save(self, commit: bool = True) -> Any:
        """Store the form; a row that autosave stored meanwhile is not stored again."""
        adopt_stored_rows(self)
        return super().save(commit=commit)

    def get_field_updates_for_resave(self) -> list[tuple[str, Any]]:
        """A page that has just saved by itself has seen what it set."""
        updates: list[tuple[str, Any]] = super().get_field_updates_for_resave()
        return [*updates, ("terms_seen", as_text(limits_of(self.instance)))]

    def _keep_seconds(self, data: dict[str, Any]) -> None:
        """The page shows minutes; a moment sent back as it was shown is the moment it was."""
        for name in ("embargo_until", "rights_until"):
            exact = getattr(self._standing, name)
            if exact and data.get(name) == exact.replace(second=0, microsecond=0):
                data[name] = exact

    def _keep_limits(self, data: dict[str, Any]) -> None:
        unseen = differing(data.get("terms_seen", ""), self._standing)
        refused = [n for n in looser(_terms_in(data), self._standing) if n in unseen]
        if refused:
            self.data: Any = self.data.copy()
            self.data[self.add_prefix("terms_seen")] = as_text(self._standing)
        for name in refused:
            moment = getattr(self._standing, name)
            self._show(name, moment)
            self.add_error(name, MEANWHILE[name].format(_moment(moment)) + WHAT_TO_DO)

    def _show(self, name: str, value: Any) -> None:
        """Put a value into a field of a form that is shown again."""
        field = self.fields[name]
        texts = list(value) if isinstance(value, tuple) else ["on"]  # of a box that is ticked
        if isinstance(value, datetime):
            texts = [field.widget.format_value(field.prepare_value(value))]
        self.data.setlist(self.add_prefix(name), texts)


def _terms_in(data: dict[str, Any]) -> Terms:
    return Terms(
        embargo_until=data.get("embargo_until"),
        rights_until=data.get("rights_until"),
        licensed_mastheads=tuple(sorted(data.get("licensed_mastheads") or ())),
        licensed_uses=tuple(sorted(data.get("licensed_uses") or ())),
        advisory=bool(data.get("advisory")),
    )


def _moment(value: Any) -> str:
    """A moment in the editor's time zone, for a sentence."""
    return date_format(localtime(value), "H:i T, j F Y") if isinstance(value, datetime) else ""


class ReasonForm(forms.Form):
    """Why: kept in the record, and shown to readers where the page says so."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, strip=True,
        error_messages={"required": "Write why. The record keeps it."},
    )  # fmt: skip
