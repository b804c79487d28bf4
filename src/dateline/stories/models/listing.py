"""Where a story is listed beside its front and sections."""

from django.db import models


class ListedUnder(models.Model):
    """A placement below one subject: a topic, a person, an agency, or what was corrected.

    Kept with every publish, so that such a list is read from its index alone, however old the
    paper. Whether readers may see the story now is not told here: the gate is asked.
    """

    placement = models.ForeignKey(
        "stories.Placement", on_delete=models.CASCADE, related_name="listed_under",
        db_index=False,
    )  # fmt: skip
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=32, help_text="As domain.subjects writes it: topic:12.")
    moment = models.DateTimeField(
        help_text="What the list is ordered by, UTC: published, or last corrected."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "subject"], name="listed_under_once")
        ]
        indexes = [
            models.Index(
                fields=["subject", "masthead", "-moment", "-placement"], name="listed_under_newest"
            )
        ]

    def __str__(self) -> str:
        return f"placement {self.placement_id} under {self.subject}"
