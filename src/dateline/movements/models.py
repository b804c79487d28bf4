"""What happened to stories, title by title, in the order in which it was written down."""

from django.db import models


class Movement(models.Model):
    """A story was published, changed or taken away on one title. Rows are only ever added."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, help_text="One of domain.moved.KINDS' values.")
    at = models.DateTimeField(help_text="When it happened, UTC.")
    noted_at = models.DateTimeField(help_text="When this row was written, UTC: the order it has.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "story", "kind", "at"], name="movement_noted_once"
            )
        ]
        indexes = [models.Index(fields=["masthead", "noted_at", "id"], name="movement_in_order")]

    def __str__(self) -> str:
        return f"movement {self.pk}"
