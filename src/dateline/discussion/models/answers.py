"""Who wants to be told of answers by mail, and what each is to be told or was told."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.discussion.domain.answers import Pace, Why
from dateline.discussion.models.comment import Comment


class AnswerChoice(models.Model):
    """How often a reader wants mail about answers. Without a row they chose nothing."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    pace = models.CharField(max_length=6, choices=[(p.value, p.value) for p in Pace])
    at = models.DateTimeField(help_text="When they chose it, UTC: the proof of their wish.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pace__in=[p.value for p in Pace]), name="answer_pace_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.pace}"


class AnswerNote(models.Model):
    """That a reader is to be told of a comment by mail, or was; one row for each, so never twice.

    Rows of one mail share `mail`, which names it wherever it is sent again.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Why])
    due_at = models.DateTimeField(help_text="Not before this moment, UTC.")
    mail = models.UUIDField(null=True, help_text="The mail that tells it, once that is begun.")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often that mail failed.")
    leased_until = models.DateTimeField(
        null=True, help_text="A process is sending that mail until then, UTC."
    )
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "comment"], name="answer_note_once")
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None), name="answer_note_due"),
            models.Index(
                fields=["reader", "sent_at"],
                condition=Q(sent_at__isnull=False),
                name="answer_note_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} of {self.comment_id}"
