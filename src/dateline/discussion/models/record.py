"""The record of moderation: what was reported, decided and appealed. Rows are only ever added."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.discussion.domain.status import HOUSE_RULES, ReportReason, Status, Verb
from dateline.discussion.models.comment import Comment


class Decision(models.Model):
    """One decision over a comment or a person: who, why, by which rule, over which text."""

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, related_name="decisions"
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="Whom it is about: the author, or whoever was warned or banned.",
    )  # fmt: skip
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+",
        help_text="Null: the whole network.",
    )  # fmt: skip
    verb = models.CharField(max_length=14, choices=[(v.value, v.value) for v in Verb])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="Null: the rules, by themselves, or an account that is gone.",
    )  # fmt: skip
    automatic = models.BooleanField(default=False, help_text="No person decided (DSA 17.3 c).")
    reason = models.TextField(blank=True)
    rule = models.PositiveSmallIntegerField(
        null=True, choices=list(HOUSE_RULES.items()), help_text="Number of the house rule."
    )
    revision = models.PositiveIntegerField(null=True, help_text="The text it was about.")
    was = models.CharField(max_length=7, blank=True)
    became = models.CharField(max_length=7, blank=True)
    until = models.DateTimeField(null=True, help_text="End of a suspension, UTC.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(was__in=["", *(s.value for s in Status)])
                & Q(became__in=["", *(s.value for s in Status)]),
                name="decision_status_known",
            )
        ]
        indexes = [
            models.Index(fields=["comment", "-id"], name="decision_of_comment"),
            models.Index(fields=["masthead", "verb", "-id"], name="decision_by_verb"),
            models.Index(fields=["reader", "-id"], name="decision_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class Report(models.Model):
    """One reader's report of one comment."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reported")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=9, choices=[(r.value, r.value) for r in ReportReason])
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(help_text="The text that was reported.")
    counts = models.BooleanField(
        default=True, db_default=True, help_text="False: read by moderators, holds nothing."
    )
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, help_text="When a moderator had decided, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reporter"], name="report_once_a_reader")
        ]

    def __str__(self) -> str:
        return f"{self.reason} on {self.comment_id}"


class Appeal(models.Model):
    """The one appeal against a decision, and its answer (DSA 20)."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(help_text="As the reader typed it.")
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    upheld = models.BooleanField(null=True, help_text="True: the reader was right.")
    answer = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"], condition=Q(decided_at=None), name="appeal_open")]

    def __str__(self) -> str:
        return f"appeal against {self.decision_id}"


class Letter(models.Model):
    """That somebody was told of a decision by mail, or is being told; one row for each mail.

    `sent_at` is set once the mail is on its way: a run that comes after it sends nothing.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="letters")
    about = models.CharField(max_length=8, choices=[("decision", "decision"), ("appeal", "appeal")])
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "about"], name="letter_once_a_decision")
        ]

    def __str__(self) -> str:
        return f"letter of {self.about} {self.decision_id}"
