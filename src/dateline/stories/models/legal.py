"""Legal demands that keep stories from readers, in force and lifted."""

from django.db import models
from django.db.models import Q

from dateline.stories.domain.legal import Ground


class LegalDemand(models.Model):
    """One demand that a story is not shown, as readers are told of it. Kept once it is lifted."""

    story = models.ForeignKey(
        "stories.Story", on_delete=models.CASCADE, related_name="legal_demands", db_index=False
    )
    ground = models.CharField(max_length=12, choices=[(g.value, g.value) for g in Ground])
    demanded_by = models.CharField(
        max_length=200, blank=True, help_text="Empty where it may not be said."
    )
    place = models.CharField(max_length=120, blank=True, help_text="Where it holds: Japan.")
    reference = models.CharField(max_length=120, blank=True, help_text="The number of its file.")
    made_on = models.DateField(null=True, blank=True)
    copy_url = models.URLField(max_length=500, blank=True)
    words = models.JSONField(default=dict, help_text="For readers, by BCP 47 tag.")
    told_at = models.DateTimeField(help_text="When readers were first told, UTC.")
    told_by = models.CharField(max_length=160)
    lifted_at = models.DateTimeField(null=True, help_text="When the hold was lifted, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(lifted_at=None), name="legal_demand_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(ground__in=[g.value for g in Ground]), name="legal_demand_ground_known"
            ),
        ]
        indexes = [models.Index(fields=["story", "-id"], name="legal_demand_newest")]

    def __str__(self) -> str:
        return f"legal demand {self.pk} on story {self.story_id}"
