"""What the worker remembers: who holds the ticker, and which slots of the schedule have run."""

from django.db import models


class TickerLease(models.Model):
    """The one row that says which worker runs the schedule. `until` is in UTC."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.CharField(max_length=120)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} held by {self.holder}"


class JobRun(models.Model):
    """One run of one job for one slot of its timetable: the constraint lets it happen once."""

    job = models.CharField(max_length=60)
    slot = models.DateTimeField(help_text="The moment it was due, UTC.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="job_slot_once")]

    def __str__(self) -> str:
        return f"{self.job} of {self.slot.isoformat()}"
