"""Which story a reader saved, where they read it, and when."""

from django.conf import settings
from django.db import models


class SavedStory(models.Model):
    """One story of one reader. Nothing but the list of that reader is ever made of it."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="+",
        help_text="Where the reader saw it: the link leads there.",
    )  # fmt: skip
    saved_at = models.DateTimeField(help_text="UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "story"], name="saved_story_once_a_reader")
        ]
        indexes = [models.Index(fields=["reader", "-id"], name="saved_story_newest")]

    def __str__(self) -> str:
        return f"saved story {self.pk}"
