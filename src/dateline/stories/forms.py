"""What an editor may type about a story, checked before anything is stored."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from dateline.mastheads import queries as mastheads
from dateline.stories.domain.gate import Use

TOLD = {"correction", "clarification"}


def _masthead_choices() -> list[tuple[str, str]]:
    return [(site.slug, site.name) for site in mastheads.all_mastheads()]


class SectionSelect(forms.Select):
    """Sections below the name of their masthead: most have a section called World."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        """Ask for the sections when the form is drawn, not when it is imported."""
        self.choices = [("", "Choose a section"), *mastheads.section_choices()]
        return super().optgroups(name, value, attrs)


class StoryForm(WagtailAdminModelForm):
    """The story form of the desk."""

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

    def clean(self) -> dict[str, Any]:
        """A correction needs words for readers."""
        data: dict[str, Any] = super().clean()
        if data.get("change_kind") in TOLD and not (data.get("change_note") or "").strip():
            self.add_error(
                "change_note",
                f"A {data['change_kind']} needs a note for readers: what was wrong, what is right.",
            )
        return data


class ReasonForm(forms.Form):
    """Why: kept in the record, and shown to readers where the page says so."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, strip=True,
        error_messages={"required": "Write why. The record keeps it."},
    )  # fmt: skip
