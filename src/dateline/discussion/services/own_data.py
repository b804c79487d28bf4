"""What this room keeps of a reader: a copy of it, and the end of it (GDPR 15, 17 and 20)."""

from typing import Any
from uuid import UUID

from dateline.accounts.domain.data import ERASE
from dateline.discussion import models
from dateline.discussion.services.authors import forget_reader


def copy_of_comments(user_id: str) -> dict[str, Any]:
    """Everything a reader wrote and did below stories, oldest first, as JSON knows it.

    With the texts that they changed, and what was decided about them; who decided is not told.
    """
    reader = UUID(user_id)
    mine = models.Comment.objects.filter(author_id=reader).order_by("pk")
    earlier = models.Revision.objects.filter(comment__author_id=reader).order_by("pk")
    decided = models.Decision.objects.filter(reader_id=reader).order_by("pk")
    return {
        "comments": list(
            mine.values(
                "pk", "thread__story_id", "thread__masthead__name", "text", "quote", "status",
                "created_at", "edited_at",
            )
        ),
        "earlier_texts": list(earlier.values("comment_id", "number", "text", "until")),
        "votes": list(_of(models.Vote, reader).values("comment_id", "value", "at")),
        "reports": list(
            models.Report.objects.filter(reporter_id=reader)
            .order_by("pk")
            .values("comment_id", "reason", "note", "at")
        ),
        "follows": list(_of(models.Follow, reader).values("thread__story_id")),
        "mutes": _of(models.Mute, reader).count(),
        "mail_about_answers": list(_of(models.AnswerChoice, reader).values("pace", "at")),
        "decisions": list(
            decided.values("comment_id", "verb", "rule", "reason", "automatic", "at", "until")
        ),
    }  # fmt: skip


def forget_comments(user_id: str, choice: str) -> dict[str, int]:
    """Take a reader's name off what they wrote, and with ERASE their words too; count it."""
    reader = UUID(user_id)
    votes = _of(models.Vote, reader).count()
    comments = forget_reader(reader, with_text=choice == ERASE)
    return {"comments": comments, "votes": votes}


def _of(kind: Any, reader: UUID) -> Any:
    return kind.objects.filter(user_id=reader).order_by("pk")
