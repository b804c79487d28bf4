"""Notices that something is against the law, and what was decided over each (DSA 16 and 17)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dateline.discussion.domain.notices import NoticeKind, Outcome
from dateline.discussion.models.comment import Comment
from dateline.discussion.models.record import Decision


class Notice(models.Model):
    """One notice, by anybody. Its text is never changed."""

    reference = models.CharField(max_length=20, unique=True, help_text="What its giver quotes.")
    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.PROTECT, related_name="+")
    comment = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, related_name="notices",
        help_text="The comment its address names; null where it is about something else.",
    )  # fmt: skip
    address = models.TextField(help_text="As typed: escape it, never follow it.")
    kind = models.CharField(max_length=11, choices=[(k.value, k.value) for k in NoticeKind])
    reasons = models.TextField(help_text="As typed.")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    outcome = models.CharField(
        max_length=5, blank=True, choices=[(o.value, o.value) for o in Outcome]
    )
    answer = models.TextField(blank=True, help_text="The reasons, for whoever gave the notice.")
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, related_name="notices",
        help_text="The removal it led to.",
    )  # fmt: skip
    receipt_sent_at = models.DateTimeField(null=True)
    outcome_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="") | Q(decided_at__isnull=False),
                name="notice_decided_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in NoticeKind]), name="notice_kind_known"
            ),
        ]
        indexes = [
            models.Index(F("at"), condition=Q(decided_at=None), name="notice_open"),
            models.Index(fields=["masthead", "at"], name="notice_by_year"),
        ]

    def __str__(self) -> str:
        return self.reference
