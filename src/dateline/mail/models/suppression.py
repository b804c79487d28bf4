"""Whom not to write to, and since when."""

from django.db import models
from django.db.models import Q

from dateline.mail.domain.states import Reason


class Suppression(models.Model):
    """One address that gets no mail of one kind, or none at all; lifted, never deleted."""

    key = models.CharField(max_length=254, help_text="The address in lower case.")
    address = models.CharField(max_length=254)
    scope = models.CharField(
        max_length=60, blank=True, help_text="Which mail: `newsletter:3`, `answers`; empty: all."
    )
    reason = models.CharField(max_length=9, choices=[(r.value, r.value) for r in Reason])
    told = models.CharField(max_length=300, blank=True, help_text="What the receiver said.")
    source = models.CharField(max_length=120, help_text="Who or what says so.")
    at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "scope"], condition=Q(lifted_at=None), name="suppressed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.scope or 'all mail'}"
