"""What commercial managers type: a campaign, its creatives, a decision over it."""

from datetime import date
from typing import Any

from django import forms

from dateline.mastheads.domain.site import Site
from dateline.promos import models
from dateline.promos.domain.kinds import Kind, Label, Slot, Tier, Verb
from dateline.promos.domain.targets import Targets
from dateline.promos.domain.terms import CreativeTerms, Terms
from dateline.promos.domain.windows import EVERY_DAY, DayPart, Window

LABELS = [
    (Label.SPONSORED.value, "Sponsored"),
    (Label.PROMOTED.value, "Promoted by the advertiser's name"),
    (Label.SISTER.value, "From our sister site"),
    (Label.HOUSE.value, "House: from this title"),
]
TIERS = [
    (Tier.TAKEOVER.value, "Takeover: every view"),
    (Tier.GUARANTEED.value, "Guaranteed: a number, evenly paced"),
    (Tier.SHARE.value, "Share: by weight"),
    (Tier.HOUSE.value, "House: what is left"),
]
SLOTS = [
    (Slot.BODY.value, "Below stories"),
    (Slot.MIX.value, "In the mix below stories"),
    (Slot.RAIL.value, "Sections"),
    (Slot.FRONT.value, "Front"),
    (Slot.NEWSLETTER.value, "Newsletters"),
]
CREATIVES_MOST = 6
CHECKS = forms.CheckboxSelectMultiple
ISO = "%Y-%m-%d"  # what a browser's own field for days reads


class CampaignForm(forms.Form):
    """The terms of a campaign; lists are slugs with commas between them."""

    name = forms.CharField(max_length=120)
    advertiser = forms.CharField(max_length=80, help_text="As readers know it.")
    home = forms.ChoiceField(label="Booked by", help_text="Its days are those of this title.")
    mastheads = forms.MultipleChoiceField(label="Stands on", widget=CHECKS)
    label = forms.ChoiceField(label="Label for readers", choices=LABELS)
    tier = forms.ChoiceField(choices=TIERS)
    goal = forms.IntegerField(
        min_value=1, required=False, help_text="Viewable impressions, where they are guaranteed."
    )
    weight = forms.IntegerField(min_value=1, max_value=1_000, initial=1)
    first_day = forms.DateField(widget=forms.DateInput({"type": "date"}, ISO))
    last_day = forms.DateField(widget=forms.DateInput({"type": "date"}, ISO), help_text="Included.")
    from_hour = forms.IntegerField(
        label="From hour", min_value=0, max_value=23, required=False, help_text="Empty: all day."
    )
    to_hour = forms.IntegerField(label="To hour", min_value=1, max_value=24, required=False)
    sections = forms.CharField(required=False, help_text="Only in these sections.")
    not_sections = forms.CharField(label="Never in", required=False, help_text="Sections.")
    topics = forms.CharField(required=False, help_text="Only beside these topics.")
    not_topics = forms.CharField(label="Never beside", required=False, help_text="Topics.")
    languages = forms.CharField(required=False, help_text="en, ja; empty: every one.")
    cap_views = forms.IntegerField(
        label="Most views a device", min_value=0, max_value=1_000, initial=0, required=False,
        help_text="Where its reader agreed to be remembered; 0: once a page and no more.",
    )  # fmt: skip
    cap_hours = forms.IntegerField(label="… within hours", min_value=1, max_value=720, initial=24)

    def __init__(self, *args: Any, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(site.slug, site.name) for site in sites]
        for name in ("home", "mastheads"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.zones = {site.slug: site.time_zone for site in sites}

    def terms(self, advertiser_id: int, creatives: list[CreativeTerms]) -> Terms:
        """The terms, once the form is valid."""
        told = self.cleaned_data
        return Terms(
            name=told["name"], advertiser_id=advertiser_id, home=told["home"], tier=told["tier"],
            label=told["label"], creatives=tuple(creatives), goal=told["goal"],
            window=Window(
                told["first_day"], told["last_day"], self.zones[told["home"]], self._parts()
            ),
            targets=Targets(
                mastheads=frozenset(told["mastheads"]),
                **{name: _slugs(told[name]) for name in LISTS},
            ),
            weight=told["weight"], cap_views=told["cap_views"] or 0, cap_hours=told["cap_hours"],
        )  # fmt: skip

    def _parts(self) -> tuple[DayPart, ...]:
        first, last = self.cleaned_data["from_hour"], self.cleaned_data["to_hour"]
        if first is None and last is None:
            return ()
        return (DayPart(EVERY_DAY, (first or 0) * 60, (24 if last is None else last) * 60),)


LISTS = ("sections", "not_sections", "topics", "not_topics", "languages")


def _slugs(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(",") if word.strip())


class CreativeForm(forms.Form):
    """One creative of a campaign."""

    creative_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(choices=[(k.value, k.value) for k in Kind])
    headline = forms.CharField(max_length=70)
    text = forms.CharField(max_length=140, required=False)
    code = forms.CharField(max_length=16, required=False, help_text="Readers copy it.")
    cta = forms.CharField(label="Button", max_length=22, required=False)
    target_url = forms.CharField(label="Leads to", max_length=2_000)
    picture_id = forms.IntegerField(label="Number of its picture", min_value=1, required=False)
    alt = forms.CharField(label="What the picture shows", max_length=200, required=False)
    slots = forms.MultipleChoiceField(choices=SLOTS, widget=CHECKS)

    def terms(self) -> CreativeTerms:
        """The creative, once the form is valid."""
        told = self.cleaned_data
        slots = frozenset(Slot(slot) for slot in told["slots"])
        return CreativeTerms(**{**told, "slots": slots})


CreativeForms = forms.formset_factory(
    CreativeForm, extra=1, max_num=CREATIVES_MOST, validate_max=True
)


class MoveForm(forms.Form):
    """One decision over a campaign."""

    verb = forms.ChoiceField(choices=[(v.value, v.value) for v in Verb if v is not Verb.START])
    reason = forms.CharField(max_length=2_000, required=False)


class AdsTxtForm(forms.Form):
    """The ads.txt of one root domain."""

    domain = forms.CharField(max_length=253)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), required=False)


def initial_of(row: models.Campaign, terms: Terms) -> dict[str, Any]:
    """What a campaign's form begins with."""
    (part,) = terms.window.parts[:1] or (None,)
    return {
        "name": row.name, "advertiser": row.advertiser.name, "home": terms.home,
        "mastheads": sorted(terms.targets.mastheads), "label": row.label, "tier": row.tier,
        "goal": row.goal, "weight": row.weight, "first_day": row.first_day,
        "last_day": row.last_day, "cap_views": row.cap_views, "cap_hours": row.cap_hours,
        "from_hour": part.start // 60 if part else None,
        "to_hour": part.end // 60 if part else None,
        **{name: ", ".join(sorted(getattr(terms.targets, name))) for name in LISTS},
    }  # fmt: skip


def initial_creatives(terms: Terms) -> list[dict[str, Any]]:
    """What the forms of a campaign's creatives begin with."""
    names = CreativeForm.base_fields
    return [
        {**{n: getattr(one, n) for n in names}, "slots": sorted(one.slots)}
        for one in terms.creatives
    ]


def initial_new(sites: list[Site], today: date) -> dict[str, Any]:
    """What the form of a new campaign begins with."""
    first = sites[0].slug
    return {"home": first, "mastheads": [first], "first_day": today, "last_day": today}
