"""Alerts, who may send them, and the ledger: one row for each follower and alert."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.alerts.domain.kinds import LONGEST_TEXT, AlertClass, Change, Fate, State


class Alerter(models.Model):
    """Somebody who sends alerts of one masthead, or, without one, of the whole network."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="alerter_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="alerter_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.masthead_id or 'network'}"


class Alert(models.Model):
    """One short text of one story for the followers of one masthead."""

    key = models.UUIDField(unique=True, help_text="Of the form it came from: sent once.")
    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.PROTECT, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.PROTECT, related_name="+")
    alert_class = models.CharField(max_length=8, choices=[(c.value, c.value) for c in AlertClass])
    topic = models.ForeignKey(
        "stories.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.CharField(max_length=LONGEST_TEXT)
    change = models.CharField(
        max_length=9, blank=True, choices=[(c.value, c.value) for c in Change if c]
    )
    instead_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="later"
    )
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in State])
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    asks_until = models.DateTimeField(null=True, help_text="When it lapses unless confirmed.")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    mailing = models.ForeignKey(
        "mail.Mailing", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mail_asked_at = models.DateTimeField(
        null=True, help_text="Of one that changes another: when somebody asked for mail too."
    )
    purged_at = models.DateTimeField(null=True, help_text="When no cache had an old page any more.")
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")

    class Meta:
        indexes = [
            models.Index(fields=["masthead", "-id"], name="alert_of_title"),
            models.Index(
                fields=["state"], condition=Q(state__in=["asking", "ready", "sending"]),
                name="alert_under_way",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.alert_class} {self.pk}"


class MailDigest(models.Model):
    """Some alerts of one masthead that were held, as one mail to those who wait for just them."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.PROTECT, related_name="+")
    mailing = models.ForeignKey(
        "mail.Mailing", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
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
            models.Index(fields=["id"], condition=Q(closed_at=None), name="digest_to_hand_on")
        ]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class Push(models.Model):
    """One alert for one follower: to be sent, or what became of it."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="pushes")
    follower = models.ForeignKey("alerts.Follower", on_delete=models.CASCADE, related_name="pushes")
    fate = models.CharField(
        max_length=7, choices=[(f.value, f.value) for f in Fate], default=Fate.WAITING.value
    )
    why = models.CharField(max_length=20, blank=True, help_text="quiet, cap, or what it answered.")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, help_text="Not before; none: at once.")
    at = models.DateTimeField(null=True, help_text="When its fate was settled.")
    digest_at = models.DateTimeField(null=True, help_text="When a digest took what was held.")
    digest = models.ForeignKey(
        MailDigest, on_delete=models.SET_NULL, null=True, blank=True, related_name="pushes"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alert", "follower"], name="push_once")]
        indexes = [
            models.Index(fields=["alert", "id"], condition=Q(fate="waiting"), name="push_waiting"),
            models.Index(fields=["follower", "at"], condition=Q(fate="sent"), name="push_had"),
            models.Index(
                fields=["follower"], condition=Q(fate="held", digest_at=None), name="push_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id}/{self.follower_id} {self.fate}"
