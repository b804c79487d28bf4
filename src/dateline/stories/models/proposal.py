"""What an agency asked for in words only, and what a person decided about it."""

from django.db import models
from django.db.models import Q

from dateline.stories.models.record import DeskAlarm


class KillProposal(models.Model):
    """A kill or a hold asked for in words: its alarm stays until a person has decided."""

    class Verb(models.TextChoices):
        KILL = "kill", "kill"
        HOLD = "hold", "hold"

    class Outcome(models.TextChoices):
        DONE = "done", "done as the agency asked"
        NOT_MEANT = "not_meant", "not a kill"

    alarm = models.OneToOneField(DeskAlarm, on_delete=models.CASCADE, related_name="proposal")
    verb = models.CharField(max_length=4, choices=Verb.choices)
    noticed_at = models.DateTimeField(
        help_text="When the notice came in, UTC. What came within two days of it may be meant."
    )
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True, help_text="Why a person decided so.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="") | ~Q(reason=""), name="kill_proposal_decision_has_reason"
            )
        ]
        indexes = [models.Index(fields=["noticed_at"], name="kill_proposal_noticed")]

    def __str__(self) -> str:
        return f"{self.verb} proposed by alarm {self.alarm_id}"
