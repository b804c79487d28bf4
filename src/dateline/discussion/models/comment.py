"""Comments and votes, and where a comment stood before a vote or reply moved it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dateline.discussion.domain.paths import DEEPEST
from dateline.discussion.domain.ranks import MOVING
from dateline.discussion.domain.status import Status
from dateline.discussion.models.thread import Thread


class Comment(models.Model):
    """One comment as it reads now. What it read before is in its revisions."""

    # No index of their own for the five keys: each is the head of another, or never looked for.
    thread = models.ForeignKey(
        Thread, on_delete=models.CASCADE, related_name="comments", db_index=False
    )
    number = models.PositiveIntegerField(help_text="Its own in the thread, from 1, never reused.")
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="replies", db_index=False
    )
    root = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="+", db_index=False
    )
    answers = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="+", db_index=False,
        help_text="What it replies to; its parent, unless that stands at the greatest depth.",
    )  # fmt: skip
    depth = models.PositiveSmallIntegerField(default=0)
    path = models.BinaryField(help_text="Numbers from the outermost to its own, 4 bytes each.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments",
        db_index=False, help_text="Null once the account is gone.",
    )  # fmt: skip
    text = models.TextField(help_text="As typed. Never render it; see html.")
    quote = models.TextField(
        blank=True, help_text="Words of the comment it answers, shown while that is visible."
    )
    html = models.TextField(help_text="Safe HTML of text, by the sanitiser of this version.")
    sanitiser = models.PositiveSmallIntegerField()
    fingerprint = models.CharField(max_length=16, help_text="Equal for texts that read the same.")
    key = models.CharField(
        max_length=64, null=True, help_text="The author's idempotency key: one row for each."
    )
    status = models.CharField(max_length=7, choices=[(s.value, s.value) for s in Status])
    version = models.PositiveIntegerField(
        default=1, help_text="Moves with each change of text or status; decisions name it."
    )
    revision = models.PositiveIntegerField(default=1, help_text="Which text this is.")
    created_at = models.DateTimeField(help_text="When it was posted, UTC.")
    edited_at = models.DateTimeField(null=True)
    ups = models.PositiveIntegerField(default=0)
    downs = models.PositiveIntegerField(default=0)
    below = models.PositiveIntegerField(default=0, help_text="Visible comments below it.")
    reports = models.PositiveIntegerField(default=0, help_text="Reports nobody has answered yet.")
    featured_at = models.DateTimeField(null=True)
    ran = models.JSONField(default=list, help_text="Rules it passed: name, answer, reason.")
    rank_best = models.BinaryField(help_text="domain.ranks.best")
    rank_discussed = models.BinaryField(help_text="domain.ranks.discussed")
    moved_best = models.PositiveBigIntegerField(default=0, help_text="Thread's move that set it.")
    moved_discussed = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="comment_number_once"),
            models.UniqueConstraint(fields=["author", "key"], name="comment_key_once"),
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in Status]), name="comment_status_known"
            ),
            models.CheckConstraint(condition=Q(depth__lte=DEEPEST), name="comment_not_too_deep"),
            models.CheckConstraint(
                condition=Q(depth=0, parent=None, root=None)
                | Q(depth__gt=0, parent__isnull=False, root__isnull=False),
                name="comment_has_a_place",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=["thread", rank],
                    condition=Q(parent=None),
                    name=f"comment_roots_{rank.removeprefix('rank_')}",
                )
                for rank in ("rank_best", "rank_discussed", "number")
            ),
            models.Index(fields=["parent", "rank_best"], name="comment_replies_best"),
            models.Index(fields=["parent", "number"], name="comment_replies_number"),
            models.Index(fields=["author", "-id"], name="comment_by_author"),
            models.Index(fields=["fingerprint", "-created_at"], name="comment_by_text"),
            models.Index(fields=["id"], condition=Q(status="held"), name="comment_held"),
            models.Index(fields=["id"], condition=Q(status="removed"), name="comment_removed"),
            models.Index(
                fields=["id"],
                condition=Q(reports__gt=0, status="visible"),
                name="comment_reported",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.number} of thread {self.thread_id}"


class Revision(models.Model):
    """A text that a comment had before its author changed it. For moderators; never deleted."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    until = models.DateTimeField(help_text="When another text took its place, UTC.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "number"], name="revision_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} r{self.number}"


class Vote(models.Model):
    """What one reader thinks of one comment: -1, 0 or +1. A vote taken back stays as 0."""

    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="votes"
    )
    value = models.SmallIntegerField()
    counts = models.BooleanField(
        default=True, db_default=True, help_text="False: kept, and without weight."
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=[-1, 0, 1]), name="vote_known"),
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} on {self.comment_id}"


class RankMove(models.Model):
    """The rank a comment had before a vote or reply moved it.

    Whoever began to read before is shown the order as it was, so that nothing is lost or doubled.
    Rows are dropped after a day.
    """

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    parent = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+", db_index=False)
    order = models.CharField(max_length=9, choices=[(o.value, o.value) for o in MOVING])
    move = models.PositiveBigIntegerField(help_text="The thread's number of this move.")
    was = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "order", "move"], name="rank_move_once")
        ]
        indexes = [
            models.Index(F("at"), name="rank_move_age"),
            models.Index(fields=["thread", "order", "parent", "move"], name="rank_move_since"),
        ]

    def __str__(self) -> str:
        return f"move {self.move} of thread {self.thread_id}"
