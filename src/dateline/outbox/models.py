"""Facts and who still has to hear them."""

from django.db import models
from django.db.models import F, Q


class FactRecord(models.Model):
    """One fact, stored in the transaction that made it true."""

    name = models.CharField(max_length=60)
    payload = models.JSONField(help_text="The fact's fields, as outbox.domain.encode wrote them.")
    recorded_at = models.DateTimeField(help_text="When the change was made, UTC.")

    class Meta:
        indexes = [models.Index(fields=["name", "-recorded_at"], name="fact_by_name")]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One handler that has to hear one fact, and how that went."""

    fact = models.ForeignKey(FactRecord, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=200, help_text="Dotted name of the handler.")
    urgent = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(help_text="Order among the handlers of this fact.")
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(help_text="Not before this moment, UTC.")
    leased_until = models.DateTimeField(
        null=True, blank=True, help_text="A process is running the handler until then, UTC."
    )
    done_at = models.DateTimeField(null=True, blank=True, help_text="When it succeeded, UTC.")
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "handler"], name="delivery_once_per_handler"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(leased_until=None), name="delivery_done_is_not_leased"
            ),
        ]
        indexes = [
            models.Index(
                F("urgent").desc(),
                "next_try_at",
                "id",
                condition=Q(done_at=None),
                name="delivery_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact_id} to {self.handler}"
