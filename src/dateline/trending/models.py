"""What renderers read of trending: ranked lists as the worker left them, and editors' decisions."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from dateline.trending.domain.headlines import How
from dateline.trending.domain.rank import SLOTS, ListKind, RuleKind
from dateline.trending.domain.steering import LONGEST_REASON, MOST_FACTOR, NoteVerb


class RankedList(models.Model):
    """One list of one masthead, whole: the block of its pages, or what is read on it."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=[(kind.value, kind.value) for kind in ListKind])
    items = models.JSONField(
        default=list, help_text="Fields of domain.rank.Listed, best first. Ask the gate for each."
    )
    made_at = models.DateTimeField(help_text="When its stories or their order changed, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["masthead", "kind"], name="ranked_list_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of masthead {self.masthead_id}"


class LiveNumbers(models.Model):
    """What the desk shows of one masthead's readers, as the worker left it."""

    masthead = models.OneToOneField(
        "mastheads.Masthead", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    reading = models.PositiveIntegerField(help_text="Visitors of the last five minutes, each once.")
    stories = models.JSONField(help_text="Fields of domain.live.Numbers, the most read now first.")
    left_out = models.PositiveBigIntegerField(help_text="Not counted for want of room: rarely any.")
    at = models.DateTimeField(help_text="When the worker counted last, UTC; within a minute.")

    def __str__(self) -> str:
        return f"{self.reading} read on masthead {self.masthead_id}"


class EditorsRule(models.Model):
    """A pin, a boost or a ban of one story in one masthead's block, until a moment."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=[(kind.value, kind.value) for kind in RuleKind])
    slot = models.PositiveSmallIntegerField(default=1, help_text="Where a pinned story stands.")
    factor = models.FloatField(default=2.0, help_text="What a boosted story's number is times.")
    until = models.DateTimeField(help_text="It ends by itself then, UTC.")
    reason = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(help_text="When it was decided, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "story"], name="editors_rule_one_for_a_story"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in RuleKind]),
                name="editors_rule_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=SLOTS), name="editors_rule_slot_in_block"
            ),
            models.CheckConstraint(
                condition=Q(factor__gt=1, factor__lte=MOST_FACTOR), name="editors_rule_factor_lifts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of story {self.story_id} on masthead {self.masthead_id}"


class RuleNote(models.Model):
    """One thing that was done with a rule: who, what, why, when. Rows are only ever added."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    verb = models.CharField(max_length=6, choices=[(verb.value, verb.value) for verb in NoteVerb])
    became = models.JSONField(null=True, help_text="The rule from then on; null: there is none.")
    was = models.JSONField(null=True, help_text="The rule before, for undoing; null: none stood.")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["masthead", "-id"], name="rule_note_of_masthead")]

    def __str__(self) -> str:
        return f"{self.verb} for story {self.story_id} at {self.at:%Y-%m-%d %H:%M}"


class Curator(models.Model):
    """Somebody who steers the block of one masthead, or of every one where none is named."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="steers"
    )
    masthead = models.ForeignKey(
        "mastheads.Masthead", on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "masthead"], name="curator_once_a_masthead"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(masthead=None), name="curator_once_in_the_network"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.masthead_id or 'the network'}"


class HeadlineTest(models.Model):
    """Some headlines of one story on one masthead's lists: which brings most readers."""

    masthead = models.ForeignKey("mastheads.Masthead", on_delete=models.CASCADE, related_name="+")
    story = models.ForeignKey("stories.Story", on_delete=models.CASCADE, related_name="+")
    texts = models.JSONField(help_text="The story's own title in lists, then the others.")
    headline = models.CharField(max_length=250, help_text="The story's long one when it began.")
    began_at = models.DateTimeField()
    until = models.DateTimeField(help_text="It ends by then, UTC, decided or not.")
    ended_at = models.DateTimeField(null=True)
    how = models.CharField(
        max_length=7, choices=[(how.value, how.value) for how in How], default=How.STARTED
    )
    chosen = models.PositiveSmallIntegerField(
        default=0, help_text="Which headline lists show since it ended, from 0: the story's own."
    )
    counts = models.JSONField(help_text="[seen, clicked] of each headline: visitors of a day.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["masthead", "story"], condition=Q(ended_at=None),
                name="headline_test_one_for_a_story",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["masthead", "-id"], name="headline_test_newest")]

    def __str__(self) -> str:
        return f"headline test {self.pk} of story {self.story_id}"


class HeadlineNote(models.Model):
    """One thing that was done with a test: what, by whom, when. Rows are only ever added."""

    test = models.ForeignKey(HeadlineTest, on_delete=models.CASCADE, related_name="notes")
    how = models.CharField(max_length=7, choices=[(how.value, how.value) for how in How])
    chosen = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.how} at {self.at:%Y-%m-%d %H:%M}, test {self.test_id}"
