"""Series: stories that follow each other under one name."""

from django.db import models


class Series(models.Model):
    """A series of one masthead. Its stories carry it, and their number where it is numbered."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="series"
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    numbered = models.BooleanField(
        default=False, help_text="Each story has a number, and they follow each other by it."
    )
    about = models.TextField(blank=True, help_text="A sentence or two above its stories.")

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["masthead", "slug"], name="series_once_a_masthead")
        ]

    def __str__(self) -> str:
        return self.name
