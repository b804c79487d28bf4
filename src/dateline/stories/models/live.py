"""A live blog's entries, each a row of its own, and what each said before it was changed."""

from django.db import models
from django.db.models import Q


class LiveEntry(models.Model):
    """One time-stamped entry of a live blog. Readers see it while they may see its story."""

    story = models.ForeignKey(
        "stories.Story", on_delete=models.CASCADE, related_name="live_entries"
    )
    key = models.UUIDField(
        unique=True, help_text="Made with the form: what is sent twice is stored once."
    )
    version = models.PositiveIntegerField(default=1)
    headline = models.CharField(max_length=200, blank=True)
    text = models.TextField(
        blank=True, help_text="As the desk's editor made it. Never shown without markup.clean."
    )
    by = models.CharField(max_length=160, help_text="Who is named at it.")
    at = models.DateTimeField(help_text="When readers first got it, UTC.")
    changed_at = models.DateTimeField(null=True, help_text="When its words last changed, UTC.")
    key_event = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    note = models.TextField(blank=True, help_text="For readers: what was wrong, what is right.")
    noted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(
        blank=True, help_text="Readers see it where the entry stood; empty: they see nothing."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(pinned=True), name="live_entry_one_pinned"
            ),
            models.CheckConstraint(
                condition=Q(pinned=False) | Q(withdrawn_at=None), name="live_entry_pinned_is_shown"
            ),
        ]
        indexes = [
            models.Index(fields=["story", "-id"], name="live_entry_newest"),
            models.Index(
                fields=["story", "-id"], condition=Q(key_event=True), name="live_entry_key_events"
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk} of story {self.story_id}"


class LiveEntryText(models.Model):
    """What readers saw of an entry until it was changed or withdrawn."""

    entry = models.ForeignKey(LiveEntry, on_delete=models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    headline = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    shown_until = models.DateTimeField()
    changed_by = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "version"], name="live_entry_text_once")
        ]

    def __str__(self) -> str:
        return f"entry {self.entry_id} v{self.version}"
