"""A story's thread on one masthead, what the masthead asks of comments, and its word lists."""

from django.db import models
from django.db.models import Q

from dateline.discussion.domain.status import Door, WordKind

DOORS = [(door.value, door.value) for door in Door]


class House(models.Model):
    """What one masthead asks of comments. A masthead without a row has the defaults."""

    masthead = models.OneToOneField(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="house"
    )
    door = models.CharField(max_length=6, choices=DOORS, default=Door.OPEN)
    close_after_days = models.PositiveSmallIntegerField(default=0, help_text="0: never.")
    down_votes = models.BooleanField(default=True, help_text="Whether readers may vote against.")
    score_after_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="Votes are shown this long after a comment was posted."
    )
    edit_minutes = models.PositiveSmallIntegerField(
        default=5, help_text="An author may change a comment for this long. 0: never."
    )
    seconds_between = models.PositiveSmallIntegerField(default=3)
    most_in_minute = models.PositiveSmallIntegerField(default=6, help_text="0: any number.")
    most_links = models.PositiveSmallIntegerField(default=2, help_text="0: any number.")
    premoderate_first = models.PositiveSmallIntegerField(
        default=0, help_text="A new reader's first comments that a moderator reads before others."
    )
    hold_removed_percent = models.PositiveSmallIntegerField(default=30, help_text="0: never.")
    hold_score_percent = models.PositiveSmallIntegerField(default=80, help_text="0: never.")
    hold_at_reports = models.PositiveSmallIntegerField(
        default=5, help_text="This many readers' reports hold a comment. 0: never."
    )
    weigh_after_hours = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="Votes and reports of younger accounts, and of bad records, weigh nothing. 0: all"
        " count.",
    )
    words_version = models.PositiveBigIntegerField(
        default=0, help_text="Another random number whenever a listed word changes."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(door__in=[d.value for d in Door]), name="house_door_known"
            ),
            models.CheckConstraint(
                condition=Q(hold_removed_percent__lte=100, hold_score_percent__lte=100),
                name="house_percents",
            ),
        ]

    def __str__(self) -> str:
        return f"house rules of {self.masthead_id}"


class Word(models.Model):
    """One line of a word list: of one masthead, or of the network where none is named."""

    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )
    word = models.CharField(max_length=200, help_text="As an editor wrote it; * at its end: any.")
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in WordKind])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "word"], name="word_once_a_masthead"),
            models.UniqueConstraint(
                fields=["word"], condition=Q(masthead=None), name="word_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.kind})"


class Thread(models.Model):
    """The comments on one story on one masthead. Made with its first comment or decision.

    It is locked by whoever posts, votes or decides in it, so its counts and numbers are exact.
    """

    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="threads")
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.PROTECT, related_name="threads"
    )
    door = models.CharField(
        max_length=6,
        choices=DOORS,
        blank=True,
        help_text="What a person decided; else the house's.",
    )
    visible = models.PositiveIntegerField(default=0, help_text="Comments that readers see.")
    numbers = models.PositiveIntegerField(default=0, help_text="The last number given out.")
    moves = models.PositiveBigIntegerField(
        default=0, help_text="How often a rank in this thread moved."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "masthead"], name="thread_once_per_masthead"),
            models.CheckConstraint(
                condition=Q(door__in=["", *(d.value for d in Door)]), name="thread_door_known"
            ),
        ]

    def __str__(self) -> str:
        return f"thread of story {self.story_id} on {self.masthead_id}"
