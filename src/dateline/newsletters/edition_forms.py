"""What the makers of letters type: words, a schedule, a recipe."""

import re
from collections.abc import Mapping
from datetime import date
from datetime import time as wall_time
from typing import Any, ClassVar

from django import forms

from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.editions import LONGEST_PREHEADER, LONGEST_SUBJECT, BlockKind
from dateline.newsletters.services.recipes import BlockTerms, RecipeTerms

NUMBER = re.compile(r"(?:^|[/-])(\d{1,18})/?(?:[?#].*)?$")
ISO = "%Y-%m-%d"
MORE_BLOCKS = 3
FIELDS = ("subject", "preheader", "time", "each_zone", "lead_minutes", "by_itself", "fresh_hours",
          "active")  # fmt: skip
BLOCK_FIELDS = ("kind", "title", "about", "count", "text", "only_for")


class _Worded(forms.Form):
    """A form whose labels are words of the desk's language."""

    helps: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for name, field in self.fields.items():
            field.label = words[name]
            if name in self.helps:
                field.help_text = words[self.helps[name]]


class SayForm(_Worded):
    """Subject and preheader."""

    helps: ClassVar[Mapping[str, str]] = {"preheader": "preheader_help"}
    subject = forms.CharField(max_length=LONGEST_SUBJECT)
    preheader = forms.CharField(max_length=LONGEST_PREHEADER, required=False)


class AddForm(_Worded):
    """A story for a block, by its number or address."""

    helps: ClassVar[Mapping[str, str]] = {"story": "story_help"}
    story = forms.CharField(max_length=2_000)

    def clean_story(self) -> int:
        """The number of the story, out of its address too."""
        found = NUMBER.search(self.cleaned_data["story"].strip())
        if found is None:
            raise forms.ValidationError(self.words["no_story"])
        return int(found[1])


class ScheduleForm(_Worded):
    """A day and a time by the list's clock, or by each reader's."""

    day = forms.DateField(widget=forms.DateInput({"type": "date"}, ISO))
    time = forms.TimeField(widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    each_zone = forms.BooleanField(required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        self.fields["each_zone"].help_text = words["each_zone_help"].format(zone)

    @property
    def when(self) -> tuple[date, wall_time]:
        """The day and the time, once the form is valid."""
        return self.cleaned_data["day"], self.cleaned_data["time"]


class RecipeForm(_Worded):
    """How a list's letters are made; its blocks are in forms of their own."""

    helps: ClassVar[Mapping[str, str]] = {
        "subject": "subject_help",
        "preheader": "preheader_help",
        "fresh_hours": "fresh_help",
    }
    subject = forms.CharField(max_length=LONGEST_SUBJECT, required=False)
    preheader = forms.CharField(max_length=LONGEST_PREHEADER, required=False)
    days = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    time = forms.TimeField(widget=forms.TimeInput({"type": "time"}, "%H:%M"), initial=wall_time(7))
    each_zone = forms.BooleanField(required=False)
    lead_minutes = forms.IntegerField(min_value=0, max_value=1_440, initial=60)
    fresh_hours = forms.IntegerField(min_value=0, max_value=8_760, initial=36)
    by_itself = forms.BooleanField(required=False)
    active = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        days = [(str(day), words[f"day_{day}"]) for day in range(7)]
        self.fields["days"].choices = days  # type: ignore[attr-defined]

    def terms(self, blocks: list[BlockTerms]) -> RecipeTerms:
        """The recipe, once the form is valid."""
        told = {name: self.cleaned_data[name] for name in FIELDS}
        return RecipeTerms(blocks=blocks, days="".join(sorted(self.cleaned_data["days"])), **told)


class BlockForm(_Worded):
    """One block; a row without a kind is none."""

    helps: ClassVar[Mapping[str, str]] = {"about": "about_help", "only_for": "only_for_help"}
    kind = forms.ChoiceField(required=False)
    title = forms.CharField(max_length=80, required=False)
    about = forms.CharField(max_length=80, required=False)
    masthead = forms.ChoiceField(required=False)
    count = forms.IntegerField(min_value=0, max_value=20, initial=3, required=False)
    text = forms.CharField(
        max_length=2_000, required=False, widget=forms.Textarea({"rows": 2, "cols": 30})
    )
    only_for = forms.CharField(max_length=40, required=False)

    def __init__(
        self, *args: Any, words: Mapping[str, str], sites: list[Site], **kwargs: Any
    ) -> None:
        super().__init__(*args, words=words, **kwargs)
        named = {kind: "text_block" if kind is BlockKind.TEXT else kind.value for kind in BlockKind}
        kinds = [(kind.value, words[key]) for kind, key in named.items()]
        mastheads = [(str(site.id), site.name) for site in sites]
        self.fields["kind"].choices = [("", "-"), *kinds]  # type: ignore[attr-defined]
        self.fields["masthead"].choices = [("", words["own"]), *mastheads]  # type: ignore[attr-defined]

    def terms(self) -> BlockTerms | None:
        """The block, once the form is valid; None for an empty row."""
        told = self.cleaned_data
        if not told.get("kind"):
            return None
        return BlockTerms(
            kind=BlockKind(told["kind"]), title=told["title"], about=told["about"],
            masthead=int(told["masthead"]) if told["masthead"] else None,
            count=told["count"] or 0, text=told["text"], only_for=told["only_for"],
        )  # fmt: skip


BlockForms = forms.formset_factory(BlockForm, extra=MORE_BLOCKS, max_num=20)


def initial_recipe(row: models.Recipe | None) -> dict[str, Any]:
    """What the form of a recipe begins with."""
    if row is None:
        return {}
    return {**{name: getattr(row, name) for name in FIELDS}, "days": list(row.days)}


def initial_blocks(row: models.Recipe | None) -> list[dict[str, Any]]:
    """What the forms of a recipe's blocks begin with."""
    blocks = row.blocks.order_by("place") if row else ()
    return [
        {**{name: getattr(one, name) for name in BLOCK_FIELDS}, "masthead": one.masthead_id or ""}
        for one in blocks
    ]
