"""What senders by contract (ESPs) tell of mails that they took, and what could not be read."""

from django.db import models


class RouteEvent(models.Model):
    """One event that was taken in: the same one does nothing when it comes again."""

    esp = models.SlugField(max_length=20)
    key = models.CharField(max_length=64, help_text="SHA-256 of what tells it from all others.")
    kind = models.CharField(max_length=16)
    happened_at = models.DateTimeField(help_text="When it happened, as the ESP says.")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["esp", "key"], name="mail_event_once")]
        indexes = [models.Index(fields=["received_at"], name="mail_event_received")]

    def __str__(self) -> str:
        return f"{self.esp} {self.kind} {self.key[:12]}"


class RefusedEvent(models.Model):
    """One request of a webhook that was not taken in, kept for the operator to read."""

    esp = models.SlugField(max_length=20)
    why = models.CharField(max_length=300)
    body = models.BinaryField(help_text="As received, up to 64 KB of it.")
    is_proved = models.BooleanField(help_text="Whether it showed that it came from the ESP.")
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.esp} {self.received_at:%Y-%m-%d %H:%M:%S} {self.why}"
