"""Recipes of lists, and their editions with what each carried."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.newsletters.domain.editions import BlockKind, EditionState
from dateline.newsletters.models.lists import Newsletter


class Recipe(models.Model):
    """How the editions of one list are made: when, of what, and by whom they are sent."""

    newsletter = models.OneToOneField(Newsletter, on_delete=models.CASCADE, related_name="recipe")
    subject = models.CharField(
        max_length=120, blank=True,
        help_text="With {headline}, {date}, {number}, {list}; empty: the first headline.",
    )  # fmt: skip
    preheader = models.CharField(max_length=140, blank=True, help_text="As the subject.")
    days = models.CharField(max_length=7, blank=True, help_text="0 is Monday: `01234`.")
    time = models.TimeField(help_text="On the list's clock, or on each reader's.")
    each_zone = models.BooleanField(
        default=False, help_text="Whether each reader gets it at that time by their own clock."
    )
    lead_minutes = models.PositiveSmallIntegerField(
        default=60, help_text="How long before it is due its draft is made."
    )
    by_itself = models.BooleanField(
        default=False, help_text="Whether it is sent without a person, where preflight passes."
    )
    fresh_hours = models.PositiveSmallIntegerField(
        default=36, help_text="How old a story may be; 0: any age."
    )
    active = models.BooleanField(default=True)
    started_at = models.DateTimeField(help_text="Days due before are not made, UTC.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_minutes__lte=1440), name="edition_lead_within_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"recipe of {self.newsletter_id}"


class RecipeBlock(models.Model):
    """One part of a recipe, in order."""

    recipe = models.ForeignKey(Recipe, on_delete=models.CASCADE, related_name="blocks")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in BlockKind])
    title = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=80, blank=True, help_text="Slug of a section or topic.")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Whose stories; none: the list's own.",
    )  # fmt: skip
    count = models.PositiveSmallIntegerField(default=3)
    text = models.TextField(blank=True, help_text="Plain text, for a block of text.")
    only_for = models.CharField(
        max_length=40, blank=True, help_text="`language:ja` or `zone:Asia/Tokyo`; empty: all."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipe", "place"], name="recipe_block_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.recipe_id}/{self.place} {self.kind}"


class Edition(models.Model):
    """One letter of a list: numbered, its items frozen as they were."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(help_text="From 1, in each list.")
    state = models.CharField(
        max_length=9, choices=[(s.value, s.value) for s in EditionState],
        default=EditionState.DRAFT.value,
    )  # fmt: skip
    subject = models.CharField(max_length=120)
    preheader = models.CharField(max_length=140, blank=True)
    content = models.JSONField(default=dict, help_text="What `domain.editions.Content` wrote.")
    day = models.DateField(null=True, help_text="The day of its rhythm; none: made by hand.")
    leaves_on = models.DateField(null=True, help_text="The day on which it is sent.")
    wall = models.TimeField(null=True, help_text="When it is due, on the list's clock or readers'.")
    each_zone = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True, help_text="When its first mail leaves, UTC.")
    made_at = models.DateTimeField()
    checked = models.JSONField(default=list, help_text="What preflight found last.")
    checked_at = models.DateTimeField(null=True)
    mailing = models.ForeignKey(
        "mail.Mailing", on_delete=models.PROTECT, null=True, related_name="+"
    )
    copies = models.JSONField(default=list, help_text="Language and blocks of each text sent.")
    public_at = models.DateTimeField(null=True, help_text="When the archive began to show it.")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newsletter", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["newsletter", "day"], condition=Q(day__isnull=False),
                name="edition_once_a_day",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["newsletter", "-number"], condition=Q(public_at__isnull=False),
                name="edition_in_the_archive",
            ),
            models.Index(
                fields=["due_at"], condition=Q(state__in=["scheduled", "sending"]),
                name="edition_on_its_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.newsletter_id} no. {self.number}"


class Carried(models.Model):
    """A story that an edition carries. What one edition of a list carried, no later one does."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="carried")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "story"], name="carried_once")]

    def __str__(self) -> str:
        return f"story {self.story_id} in {self.edition_id}"


class EditionNote(models.Model):
    """One thing that was done with an edition, with how it was before: who, what, when."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notes")
    verb = models.CharField(max_length=20)
    told = models.CharField(max_length=200, blank=True)
    before = models.JSONField(null=True, help_text="Subject, preheader and content, to undo.")
    undone_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="Null: the clock, or an account that is gone.",
    )  # fmt: skip
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["edition", "-id"], name="edition_note_newest")]

    def __str__(self) -> str:
        return f"{self.verb} {self.edition_id} at {self.at:%Y-%m-%d %H:%M}"
