"""The links of editions, who followed them for two days, and how many for ever."""

from django.db import models
from django.db.models import Q

from dateline.newsletters.domain.clicks import Kind, Verdict
from dateline.newsletters.models.editions import Edition


class EditionLink(models.Model):
    """One link of an edition: where it leads is read here, never out of what was asked for.

    It leads on as long as the row is there, whatever becomes of the installation's keys.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=20, unique=True, help_text="Random; what stands in /l/….")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in Kind])
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, related_name="+",
        help_text="On whose host it leads.",
    )  # fmt: skip
    path = models.CharField(max_length=500, help_text="Begins with one slash.")
    story = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    told = models.CharField(max_length=250, blank=True, help_text="The headline, as it was sent.")
    place = models.PositiveSmallIntegerField(help_text="Where it stands in the letter, from 1.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "masthead", "path", "kind"], name="edition_link_once"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
                name="edition_link_is_a_path",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.path}"


class LinkClick(models.Model):
    """One following of a link; gone after two days, and with it which copy it was of."""

    link = models.ForeignKey(EditionLink, on_delete=models.CASCADE, related_name="clicks")
    copy = models.CharField(
        max_length=22, blank=True,
        help_text="Tells copies apart; whose one is takes the signing key. Empty: of none.",
    )  # fmt: skip
    at = models.DateTimeField()
    slice = models.PositiveBigIntegerField(help_text="Which ten seconds since 1970.")
    is_known = models.BooleanField(help_text="That a program did it, by what it said.")
    verdict = models.CharField(
        max_length=7, blank=True, choices=[(v.value, v.value) for v in Verdict]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "copy", "slice"], name="link_click_once")
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(verdict=""), name="link_click_to_judge"),
            models.Index(fields=["at"], name="link_click_oldest"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id} at {self.at:%Y-%m-%d %H:%M:%S}"


class LinkCount(models.Model):
    """How often one link was followed in one hour."""

    link = models.ForeignKey(EditionLink, on_delete=models.CASCADE, related_name="counts")
    hour = models.DateTimeField(help_text="When it began, UTC.")
    clicks = models.PositiveIntegerField(default=0, help_text="By people.")
    people = models.PositiveIntegerField(default=0, help_text="Copies that followed this link.")
    firsts = models.PositiveIntegerField(
        default=0, help_text="Copies of which this was the first link of the letter."
    )
    machines = models.PositiveIntegerField(default=0, help_text="By programs.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "hour"], name="link_count_once")]

    def __str__(self) -> str:
        return f"{self.link_id} at {self.hour:%Y-%m-%d %H}h"
