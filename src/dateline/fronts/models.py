"""What the network's alarm was, from when on: one row for each change, never edited."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.fronts.domain.alarm import Level


class Alarm(models.Model):
    """One decision. The newest row counts."""

    level = models.PositiveSmallIntegerField(choices=[(v.value, v.name) for v in Level])
    english = models.TextField(blank=True)
    japanese = models.TextField(blank=True)
    links_english = models.TextField(blank=True, help_text="One a line: words, then an address.")
    links_japanese = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+",
        help_text="None: the operator, by command.",
    )  # fmt: skip
    at = models.DateTimeField(help_text="From when on, UTC.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[v.value for v in Level]), name="alarm_level_known"
            )
        ]
        permissions = [("raise_alarm", "Can switch the network to emergency and back")]

    def __str__(self) -> str:
        return f"Alarm {self.pk}, {Level(self.level).name.lower()}"
