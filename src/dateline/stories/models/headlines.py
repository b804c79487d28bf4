"""What lists show in place of a story's headline."""

from django.db import models


class CardHeadlines(models.Model):
    """Headlines of one placement's card. Not of the placement: a draft brings none back."""

    placement = models.OneToOneField(
        "stories.Placement", on_delete=models.CASCADE, related_name="+"
    )
    said = models.TextField(help_text="As domain.headlines.as_text writes it.")

    def __str__(self) -> str:
        return f"headlines of placement {self.placement_id}"
