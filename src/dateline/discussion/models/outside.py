"""Comments that an operator's own service is asked about, and that it fails to answer."""

from django.db import models
from django.db.models import Q

from dateline.discussion.models.comment import Comment


class OutsideAsk(models.Model):
    """A held comment about which the service is to be asked."""

    comment = models.OneToOneField(
        Comment, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    version = models.PositiveIntegerField(
        help_text="The comment's version: where it moved, the answer counts for nothing."
    )
    at = models.DateTimeField(help_text="When it was stored, UTC.")
    leased_until = models.DateTimeField(null=True, help_text="A process is asking until then.")

    class Meta:
        indexes = [models.Index(fields=["at"], name="outside_ask_oldest")]

    def __str__(self) -> str:
        return f"about comment {self.comment_id}"


class OutsideTrouble(models.Model):
    """That the service does not answer now: one row at most, gone with its next answer."""

    one = models.PositiveSmallIntegerField(primary_key=True, default=1)
    since = models.DateTimeField()
    comments = models.PositiveIntegerField(default=0, help_text="It did not answer about.")
    latest_at = models.DateTimeField()
    error = models.TextField(help_text="Why not, the last time.")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(one=1), name="outside_trouble_one_row")]

    def __str__(self) -> str:
        return f"{self.comments} since {self.since:%H:%M UTC, %d %B}"
