"""Weekly series that write their own draft, and their weeks."""

from django.db import models
from django.db.models import Q


class Series(models.Model):
    """A numbered round-up of one masthead's newest jobs, due at one moment of each week."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="job_series"
    )
    pattern = models.CharField(
        max_length=120, help_text="The headline, with {year} and {week}: of the ISO calendar."
    )
    section = models.SlugField(max_length=80, help_text="Of the masthead: where the drafts go.")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    time = models.TimeField(help_text="On the masthead's clock.")
    how_many = models.PositiveSmallIntegerField(default=10)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(help_text="Weeks due before are not written, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "pattern"], name="job_series_named_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="job_series_weekday"),
        ]

    def __str__(self) -> str:
        return f"{self.pattern} #{self.pk}"


class Issue(models.Model):
    """One week of a series: the draft it wrote, or that there was nothing to write."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="issues")
    year = models.PositiveSmallIntegerField(help_text="Of the ISO calendar.")
    week = models.PositiveSmallIntegerField(help_text="Of the ISO calendar.")
    story = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, related_name="job_issues"
    )
    listings = models.JSONField(default=list, help_text="Ids of the jobs it lists, in order.")
    note = models.CharField(max_length=200, blank=True, help_text="Why there is no draft.")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "week"], name="job_issue_once_a_week")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year} week {self.week}"
