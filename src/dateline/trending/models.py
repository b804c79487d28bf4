"""What renderers read of trending: ranked lists as the worker left them, and editors' decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.trending.domain.rank import SLOTS, ListKind, RuleKind


class RankedList(models.Model):
    """One list of one masthead, whole: the block of its pages, or what is read on it."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in ListKind])
    items = models.JSONField(
        default=list, help_text="Fields of domain.rank.Listed, best first. Ask the gate for each."
    )
    made_at = models.DateTimeField(help_text="When its stories or their order changed, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "kind"], name="ranked_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of masthead {self.masthead_id}"


class EditorsRule(models.Model):
    """A pin, a boost or a ban of one story in one masthead's block, until a moment."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in RuleKind])
    slot = models.PositiveSmallIntegerField(default=1, help_text="Where a pinned story stands.")
    until = models.DateTimeField(help_text="It ends by itself then, UTC.")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(help_text="When it was decided, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "story"], name="editors_rule_one_for_a_story"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RuleKind]),
                name="editors_rule_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=SLOTS), name="editors_rule_slot_in_block"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of story {self.story_id} on masthead {self.masthead_id}"
