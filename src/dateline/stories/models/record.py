"""The record: what readers saw, what they were told, what was killed, what a person must see."""

from django.db import models
from django.db.models import Q

from dateline.stories.models.story import Story


class StoryVersion(models.Model):
    """What readers saw from one moment to another, and why it changed. Public."""

    # Protected: what readers saw stays on the record, so a story once public cannot be deleted.
    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=13, help_text="published, update, correction, …")
    note = models.TextField(blank=True, help_text="What readers were told.")
    source = models.CharField(
        max_length=80, help_text="Who changed it, for readers: desk or agency."
    )
    by = models.CharField(max_length=160, help_text="Who did it, for the desk only.")
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField(null=True, blank=True)
    headline = models.CharField(max_length=250)
    standfirst = models.TextField(blank=True)
    dateline = models.CharField(max_length=120, blank=True)
    byline = models.CharField(max_length=400, blank=True)
    body_text = models.TextField(blank=True, help_text="Paragraphs, a blank line between.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="story_version_number_once"),
            models.UniqueConstraint(
                fields=["story"], condition=Q(shown_until=None), name="story_version_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} v{self.number}"


class Correction(models.Model):
    """What readers were told about a mistake."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=13, choices=Story.Change.choices)
    text = models.TextField(help_text="For readers.")
    by = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_has_text"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="correction_newest")]

    def __str__(self) -> str:
        return f"{self.kind} of story {self.story_id} at {self.at:%Y-%m-%d %H:%M}"


class KillReport(models.Model):
    """One kill, and how long each surface took to let go of the story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="kill_reports")
    reason = models.TextField()
    by = models.CharField(max_length=160)
    source = models.CharField(max_length=20, help_text="desk or agency.")
    killed_at = models.DateTimeField()
    reinstated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-killed_at"], name="kill_newest")]

    def __str__(self) -> str:
        return f"kill of story {self.story_id} at {self.killed_at:%Y-%m-%d %H:%M:%S}"


class AgencyOrder(models.Model):
    """An agency's cancel or hold that was carried out on a story, so that it is done once."""

    # A fact may be delivered again, late: what a person has reinstated since must stay up.
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="agency_orders")
    wire_item = models.ForeignKey("wire.WireItem", on_delete=models.PROTECT, related_name="+")
    carried_out_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "wire_item"], name="agency_order_once")
        ]

    def __str__(self) -> str:
        return f"order {self.wire_item_id} on story {self.story_id}"


class KillSurface(models.Model):
    """One address that showed the story, and when it was seen to be clear of it."""

    report = models.ForeignKey(KillReport, on_delete=models.CASCADE, related_name="surfaces")
    surface = models.CharField(max_length=20, help_text="page, front, section, feed, picture, …")
    url = models.CharField(max_length=500)
    clear_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(
        max_length=200, blank=True, help_text="What was seen at the last look."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "url"], name="kill_surface_once")]

    def __str__(self) -> str:
        return f"{self.surface} {self.url}"


class DeskAlarm(models.Model):
    """Something a person must see: it stays on the desk until someone acknowledges it."""

    class Kind(models.TextChoices):
        KILL = "kill", "kill"
        KILL_PROPOSED = "kill_proposed", "possible kill"
        WIRE_UPDATE = "wire_update", "wire update to an edited story"
        WIRE_HELD = "wire_held", "wire item held"
        REINSTATE_PROPOSED = "reinstate_proposed", "usable again"
        SCHEDULE_FAILED = "schedule_failed", "schedule not kept"

    key = models.CharField(
        max_length=120, unique=True, help_text="What it is about, so that it is raised once."
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    story = models.ForeignKey(
        Story, on_delete=models.CASCADE, null=True, blank=True, related_name="alarms"
    )
    wire_item = models.ForeignKey(
        "wire.WireItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-raised_at"], condition=Q(acknowledged_at=None), name="alarm_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"
