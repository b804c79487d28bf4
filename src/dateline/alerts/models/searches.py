"""Searches whose new hits come by mail, the digests made of them, and what each has told."""

from django.db import models
from django.db.models import Q

from dateline.alerts.domain.searches import SearchPace


class SavedSearch(models.Model):
    """One search of one address on one masthead. Nothing is sent before it is confirmed."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    person = models.PositiveBigIntegerField(help_text="Which subscriber of the newsletters it is.")
    address = models.CharField(max_length=254, blank=True, help_text="Empty once it has ended.")
    key_address = models.CharField(max_length=254, blank=True, help_text="In lower case.")
    key = models.CharField(max_length=64, help_text="SHA-256 of the search.")
    typed = models.CharField(max_length=200, blank=True)
    narrowed = models.JSONField(default=dict, help_text="Kind of mark → value.")
    path = models.TextField(help_text="The page of the search.")
    label = models.CharField(max_length=300)
    pace = models.CharField(max_length=6, choices=[(p.value, p.value) for p in SearchPace])
    time_zone = models.CharField(max_length=63)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True, help_text="When it was last looked for new hits.")
    due_at = models.DateTimeField(null=True, help_text="None: not confirmed, or ended.")
    tries = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often in a row it could not be looked for."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "person", "key"], name="saved_search_once"
            ),
            models.CheckConstraint(
                condition=Q(due_at=None) | Q(confirmed_at__isnull=False),
                name="saved_search_confirmed_first",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="saved_search_due"
            ),
            models.Index(fields=["key_address"], name="saved_search_of_address"),
            models.Index(fields=["person"], name="saved_search_of_person"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"saved search {self.pk}"


class SearchDigest(models.Model):
    """One mail with the new hits of one saved search."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="digests")
    mailing = models.ForeignKey(
        "mail.Mailing", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    total = models.PositiveIntegerField(help_text="How many hits were new.")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(
        null=True, help_text="When it was handed on, was empty, or was given up."
    )
    tries = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often it could not be handed on."
    )
    again_at = models.DateTimeField(null=True, help_text="Until then it rests after a failure.")

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=Q(closed_at=None), name="search_digest_to_hand_on"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"search digest {self.pk}"


class SearchHit(models.Model):
    """One story that a saved search has told: it is told once."""

    saved = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="hits")
    digest = models.ForeignKey(SearchDigest, on_delete=models.CASCADE, related_name="hits")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    listed = models.BooleanField(help_text="Whether the mail names it, or only counts it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["saved", "story"], name="search_hit_once")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"saved search {self.saved_id}, story {self.story_id}"
