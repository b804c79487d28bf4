"""The key that names this installation to push services, and the drills that prove the way."""

from django.db import models


class PushKey(models.Model):
    """A key of VAPID (RFC 8292). Subscriptions hold for the one they were made with."""

    public = models.BinaryField(max_length=65, help_text="An uncompressed point of P-256.")
    sealed = models.TextField(help_text="The private number, sealed with the signing key.")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"push key {self.pk}"


class PushRefusal(models.Model):
    """A push service that refuses what we send, for a reason that is ours to mend."""

    origin = models.CharField(max_length=200)
    status = models.PositiveSmallIntegerField()
    at = models.DateTimeField(help_text="When it last did so.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "status"], name="push_refusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.origin}"


class Drill(models.Model):
    """One push to a subscriber of the installation's own, and whether it came."""

    at = models.DateTimeField(unique=True)
    came_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"drill {self.at:%Y-%m-%d %H:%M}"
