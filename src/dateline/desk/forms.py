"""What the wire list is filtered by, as it stands in its address; and who shall do which work."""

from collections.abc import Mapping
from typing import Any

from django import forms

from dateline.mastheads.domain.site import Site
from dateline.wire.queries import lists
from dateline.wire.queries.lists import EMBARGOED, Filters

STATES = (
    ("usable", "Usable"),
    (EMBARGOED, "Under embargo"),
    ("held", "Held"),
    ("killed", "Killed"),
    ("not_for_readers", "Not for readers"),
)
URGENCIES = ((1, "1 (flash)"), (2, "1 to 2"), (3, "1 to 3"), (4, "1 to 4"), (5, "1 to 5"))
STORY = (("yes", "Has a story"), ("no", "No story yet"))


class WireFilterForm(forms.Form):
    """Search and filters. What somebody made up in the address counts as not given."""

    q = forms.CharField(
        required=False,
        max_length=100,
        label="Search",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Search the wire"}),
    )
    state = forms.ChoiceField(required=False, label="State")
    provider = forms.ChoiceField(required=False, label="Provider")
    urgency = forms.TypedChoiceField(required=False, label="Urgency", coerce=int, empty_value=None)
    kind = forms.ChoiceField(required=False, label="Kind")
    language = forms.ChoiceField(required=False, label="Language")
    story = forms.ChoiceField(required=False, label="Story")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "wire-%s", **kwargs})
        choices: dict[str, Any] = {
            **lists.choices(), "state": STATES, "urgency": URGENCIES, "story": STORY,
        }  # fmt: skip
        for name, known in choices.items():
            field = self.fields[name]
            field.choices = [("", f"{field.label}: any"), *known]  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """The filters asked for; fields that hold nonsense are left out."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(
            text=given.get("q", ""),
            provider=given.get("provider", ""),
            state=given.get("state", ""),
            urgency=given.get("urgency"),
            kind=given.get("kind", ""),
            language=given.get("language", ""),
            has_story={"yes": True, "no": False}.get(given.get("story", "")),
        )


class TryForm(forms.Form):
    """A file that somebody tries, and whose it is."""

    provider = forms.ChoiceField(label="Whose it is")
    file = forms.FileField(
        label="The file", allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "wire-try-file"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "try-%s", **kwargs})
        self.fields["provider"].choices = lists.choices()["provider"]  # type: ignore[attr-defined]

    def clean_provider(self) -> Any:
        """The provider itself."""
        return lists.provider_named(self.cleaned_data["provider"])


class PostForm(forms.Form):
    """Somebody, a kind of work, and a masthead; none is the whole network."""

    email = forms.EmailField()
    work = forms.ChoiceField()
    masthead = forms.ChoiceField(required=False)
    verb = forms.ChoiceField(
        choices=[("appoint", ""), ("dismiss", "")], initial="appoint", widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, works: list[str], sites: list[Site], words: Mapping[str, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        labels = {"email": "email", "work": "work", "masthead": "where"}
        for name, label in labels.items():
            self.fields[name].label = words[label]
        self.fields["email"].help_text = words["email_help"]
        choices = {
            "work": [(work, words[work]) for work in works],
            "masthead": [("", words["whole_network"]), *((site.slug, site.name) for site in sites)],
        }
        for name, known in choices.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]
        self._sites = {site.slug: site for site in sites}

    @property
    def site(self) -> Site | None:
        """The masthead that was chosen, once the form is valid; None for every one."""
        return self._sites.get(self.cleaned_data["masthead"])
