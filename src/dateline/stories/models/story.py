"""A story, who is named over it, and where it is placed."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from dateline.stories.blocks import body_blocks
from dateline.stories.domain.translation import How
from dateline.stories.fields import SlugSetField
from dateline.stories.models.subjects import Person, Topic
from dateline.stories.previews import StoryPreview


class Story(
    StoryPreview,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One story of the network: one text, however many mastheads it is placed on."""

    class Kind(models.TextChoices):
        ARTICLE = "article", "article"
        WIRE = "wire", "wire"
        OPINION = "opinion", "opinion"
        PRESS_RELEASE = "press_release", "press release"
        LIVE = "live", "live blog"
        POLL = "poll", "poll"
        PICTURE = "picture", "picture of the day"
        QUOTE = "quote", "quote of the day"
        DIGEST = "digest", "digest of other papers"
        EVENT = "event", "event"

    class Change(models.TextChoices):
        """What a publish of an already public story is called for readers."""

        UPDATE = "update", "update"
        CORRECTION = "correction", "correction"
        CLARIFICATION = "clarification", "clarification"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ARTICLE)
    headline = models.CharField(max_length=250)
    short_headline = models.CharField(max_length=90, blank=True, help_text="For lists.")
    standfirst = models.TextField(blank=True)
    body = StreamField(body_blocks(), blank=True)
    dateline = models.CharField(max_length=120, blank=True, help_text="The place: Seoul.")
    byline = models.CharField(
        max_length=200, blank=True, help_text="When no person below wrote it: an agency's byline."
    )
    lead_picture = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lead_caption = models.TextField(blank=True, help_text="Instead of the picture's own caption.")
    topics = ParentalManyToManyField(Topic, blank=True, related_name="stories")
    urgency = models.PositiveSmallIntegerField(default=5, help_text="1 (flash) to 9, IPTC scale.")
    language = models.CharField(max_length=12, default="en", help_text="BCP 47 tag.")
    sensitive = models.BooleanField(default=False, help_text="Keeps offers and trending away.")
    series = models.ForeignKey(
        "stories.Series", on_delete=models.SET_NULL, null=True, blank=True, related_name="stories",
        db_index=False,
    )  # fmt: skip
    series_number = models.PositiveIntegerField(
        null=True, blank=True, help_text="In a numbered series: 30 for week 30."
    )

    translated_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="translations",
        db_index=False, help_text="The story in its own language.",
    )  # fmt: skip
    translated_how = models.CharField(
        max_length=8, null=True, blank=True, verbose_name="how it was translated",
        choices=[
            (How.PERSON.value, "by a person"),
            (How.CHECKED.value, "by machine, checked by a person"),
            (How.MACHINE.value, "by machine, checked by nobody"),
        ],
        help_text="Readers are told in the byline. Empty: it was written in its language.",
    )  # fmt: skip
    translator = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
        db_index=False,
        help_text="Who translated it, or checked what a machine wrote.",
    )

    change_kind = models.CharField(
        max_length=13, choices=Change.choices, blank=True,
        help_text="What the next publish is, once the story is public.",
    )  # fmt: skip
    change_note = models.TextField(
        blank=True, help_text="For readers: what was wrong, what is right."
    )

    copyright_line = models.CharField(max_length=200, blank=True, help_text="© 2026 KNA")
    usage_terms = models.TextField(blank=True)
    embargo_until = models.DateTimeField(null=True, blank=True)
    rights_until = models.DateTimeField(null=True, blank=True, help_text="Licence ends, UTC.")
    licensed_mastheads = SlugSetField(help_text="Masthead slugs the licence covers; empty: all.")
    licensed_uses = SlugSetField(help_text="Uses the licence covers; empty: all.")
    advisory = models.BooleanField(default=False, help_text="For editors, never for readers.")

    # Facts about the story as a whole, not of one revision: see SYSTEM_FIELDS.
    provider = models.ForeignKey(
        "wire.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="stories",
        editable=False,
    )  # fmt: skip
    wire_family = models.CharField(max_length=255, blank=True, editable=False)
    wire_item = models.ForeignKey(
        "wire.WireItem", on_delete=models.PROTECT, null=True, blank=True, related_name="stories",
        editable=False, help_text="The version its text was last taken from.",
    )  # fmt: skip
    wire_copy_hash = models.CharField(
        max_length=64, blank=True, editable=False,
        help_text="Hash of the text as taken from the wire; differs once an editor changed it.",
    )  # fmt: skip
    created_at = models.DateTimeField(editable=False, auto_now_add=True)
    updated_at = models.DateTimeField(
        null=True, editable=False, help_text="When readers last got a new text, UTC."
    )
    agency_item = models.ForeignKey(
        "wire.WireItem", on_delete=models.PROTECT, null=True, related_name="+", editable=False,
        help_text="The version whose embargo, rights and terms stand, whoever wrote the text.",
    )  # fmt: skip
    agency_embargo_until = models.DateTimeField(
        null=True, editable=False, help_text="The agency's own embargo; no draft can shorten it."
    )
    agency_rights_until = models.DateTimeField(
        null=True, editable=False, help_text="When the agency's rights end; no draft prolongs it."
    )
    agency_usage_terms = models.TextField(
        null=True, editable=False, help_text="The agency's own terms, in its words."
    )
    agency_advisory_at = models.DateTimeField(
        null=True, editable=False, help_text="Since when the agency says it is for editors only."
    )
    killed_at = models.DateTimeField(null=True, editable=False)
    killed_by = models.CharField(max_length=160, blank=True, editable=False)
    kill_reason = models.TextField(blank=True, editable=False)
    withheld_at = models.DateTimeField(null=True, editable=False)
    withheld_by = models.CharField(max_length=160, blank=True, editable=False)
    withheld_reason = models.TextField(blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)
    coverage_started_at = models.DateTimeField(
        null=True, editable=False, help_text="Of a live blog: its first entry, UTC."
    )
    coverage_ended_at = models.DateTimeField(
        null=True, editable=False, help_text="Of a live blog: no entry after it, UTC."
    )

    # A revision is a draft of the text. It must never bring back a killed story or an old link to
    # the wire, so these are kept as the database has them whenever a revision is loaded.
    SYSTEM_FIELDS: ClassVar[tuple[str, ...]] = (
        "provider_id", "wire_family", "wire_item_id", "wire_copy_hash", "created_at", "updated_at",
        "agency_item_id", "agency_embargo_until", "agency_rights_until", "agency_usage_terms",
        "agency_advisory_at", "killed_at", "killed_by", "kill_reason",
        "withheld_at", "withheld_by", "withheld_reason",
        "withdrawn_at", "withdrawn_reason", "coverage_started_at", "coverage_ended_at",
    )  # fmt: skip

    verbs: ClassVar[Any] = None  # set by apps.StoriesConfig.ready
    is_published_next = False  # set while a revision is made that is published at once

    search_fields: ClassVar[list[Any]] = [
        index.SearchField("headline"),
        index.AutocompleteField("headline"),
        index.FilterField("live"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name_plural = "stories"
        permissions = [("kill_story", "Can kill and reinstate stories")]
        constraints = [
            models.CheckConstraint(
                condition=Q(urgency__gte=1, urgency__lte=9), name="story_urgency_1_to_9"
            ),
            models.CheckConstraint(
                condition=Q(killed_at=None) | (Q(live=False) & ~Q(kill_reason="")),
                name="story_killed_is_not_live",
            ),
        ]
        indexes = [
            models.Index(fields=["provider", "wire_family"], name="story_wire_family"),
            models.Index(fields=["-updated_at", "-id"], name="story_updated"),
            # Few stories have an embargo: each list asks for the next one to end.
            models.Index(
                fields=["embargo_until"],
                condition=Q(embargo_until__isnull=False),
                name="story_embargoed",
            ),
            models.Index(
                fields=["agency_embargo_until"],
                condition=Q(agency_embargo_until__isnull=False),
                name="story_agency_embargoed",
            ),
            # Few stories are live blogs or part of a series.
            models.Index(
                fields=["-coverage_started_at", "-id"],
                condition=Q(coverage_started_at__isnull=False),
                name="story_coverage",
            ),
            models.Index(
                fields=["series", "series_number", "id"],
                condition=Q(series__isnull=False),
                name="story_series",
            ),
            models.Index(
                fields=["translated_from"],
                condition=Q(translated_from__isnull=False),
                name="story_translations",
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As modelcluster's, which asks for all relations of the model for each row it reads."""
        if kwargs:
            super().__init__(*args, **kwargs)
        else:
            models.Model.__init__(self, *args)

    def __str__(self) -> str:
        return self.headline

    def with_content_json(self, content: Any) -> "Story":
        """Load a revision's text over the facts the database has, which no draft may change."""
        story: Story = super().with_content_json(content)
        for name in self.SYSTEM_FIELDS:
            setattr(story, name, getattr(self, name))
        shown = dict(self.placements.values_list("masthead_id", "published_at")) if self.pk else {}
        for placement in story.placements.all():
            placement.published_at = shown.get(placement.masthead_id)
        return story

    def _update_from_revision(self, revision: Any, changed: bool = True) -> None:
        """As Wagtail's; but the publish that follows at once writes the whole row."""
        if self.is_published_next:
            self.latest_revision = revision
        else:
            super()._update_from_revision(revision, changed)

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Wagtail's way in: the edit view, workflow approval, schedules, bulk action, API v3."""
        self.verbs.publish(self, revision, user=user, **options)

    def unpublish(self, **options: Any) -> None:
        """Wagtail's way in: the unpublish view and scheduled expiry."""
        self.verbs.unpublish(self, **options)


class Byline(Orderable):
    """A person named over a story, in order."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bylines")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="byline_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} over {self.story_id}"


class Placement(models.Model):
    """A story on one masthead: section, address, and since when readers find it there."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="placements")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, related_name="placements"
    )
    section = models.ForeignKey(
        "mastheads.Section", on_delete=models.PROTECT, related_name="placements"
    )
    slug = models.SlugField(max_length=90, blank=True, help_text="From the headline when empty.")
    canonical = models.BooleanField(
        default=False, help_text="Other mastheads point search engines here."
    )
    pinned_rank = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 leads the front; empty: by time."
    )
    comments_open = models.BooleanField(default=True)
    published_at = models.DateTimeField(
        null=True, editable=False, help_text="First shown on this masthead, UTC."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "masthead"], name="placement_once_per_masthead"
            ),
            models.UniqueConstraint(
                fields=["story"], condition=Q(canonical=True), name="placement_one_canonical"
            ),
        ]
        indexes = [
            models.Index(fields=["masthead", "-published_at", "-id"], name="placement_front"),
            models.Index(
                fields=["masthead", "section", "-published_at", "-id"], name="placement_section"
            ),
            models.Index(
                fields=["masthead", "pinned_rank"],
                condition=Q(pinned_rank__isnull=False),
                name="placement_pinned",
            ),
            models.Index(fields=["masthead", "story"], name="placement_sitemap"),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} on {self.masthead_id}"

    def clean(self) -> None:
        """A section belongs to one masthead."""
        if self.section_id and self.masthead_id and self.section.masthead_id != self.masthead_id:
            raise ValidationError(
                {"section": f"{self.section.name} is not a section of {self.masthead}."}
            )
