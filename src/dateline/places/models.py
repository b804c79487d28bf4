"""Places that a title describes for whoever goes there."""

from django.db import models
from django.db.models import Q


class Place(models.Model):
    """One place on one masthead, with what is known of getting there."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="places"
    )
    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80)
    region = models.CharField(max_length=80)
    text = models.TextField(help_text="A few sentences, paragraphs apart by an empty line.")
    access = models.CharField(max_length=200, blank=True, help_text="How one gets there.")
    season = models.CharField(max_length=200, blank=True, help_text="When to go.")
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    picture = models.ForeignKey(
        "media.Picture", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        "stories.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Stories about it are listed on the page.",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "slug"], name="place_once_a_masthead"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
                name="place_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"
