"""How much of a day's allowance was taken, while a new way of sending is warmed up."""

from django.db import models
from django.db.models import F, Q


class WarmDay(models.Model):
    """One day of one way (route and sender's domain), to all receivers or to one of them."""

    way = models.CharField(max_length=300, help_text="Route and sender's domain.")
    receiver = models.CharField(max_length=254, blank=True, help_text="Empty: all of them.")
    day = models.DateField(help_text="In the time zone of the network.")
    allowed = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "receiver", "day"], name="mail_warm_day_once"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("allowed")), name="mail_warm_day_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.receiver or 'all'} {self.day}: {self.taken} of {self.allowed}"
