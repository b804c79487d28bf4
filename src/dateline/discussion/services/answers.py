"""Note who is to be told by mail of a comment, and keep how often they want that."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.db.models import Max

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.answers import NEWS, Pace, Why, due_at, pace_of
from dateline.discussion.domain.status import Status

SALT = "dateline.discussion.answers"


def note_answer(comment_id: int, *, at: datetime) -> int:
    """Note whom the mail about a comment goes to, once for each reader; return how many there are.

    They are who wrote the comment it answers and who follows its thread, as far as they want it.
    Whether they may read it is asked again when the mail leaves. Nobody is told of their own, of a
    comment that readers do not see, or of an old one that came back. `at` is aware UTC. Safe to run
    twice.
    """
    news = models.Comment.objects.filter(pk=comment_id, status=Status.VISIBLE)
    comment = news.filter(created_at__gt=at - NEWS).select_related("answers").first()
    whys = _concerned(comment) if comment else {}
    paces = dict(
        models.AnswerChoice.objects.filter(user_id__in=whys).values_list("user_id", "pace")
        if whys
        else ()
    )
    wanted = {}
    for reader_id, reasons in whys.items():
        pace = pace_of(paces.get(reader_id), follows=Why.FOLLOWED in reasons)
        if pace is not Pace.NEVER:
            wanted[reader_id] = pace
    last = _last_mails(list(wanted))
    models.AnswerNote.objects.bulk_create(
        (
            models.AnswerNote(
                reader_id=reader_id, comment_id=comment_id,
                why=min(whys[reader_id]),  # an answer, where it is both
                due_at=due_at(pace, at=at, last=last.get(reader_id)),
            )
            for reader_id, pace in wanted.items()
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    return len(wanted)


def _concerned(comment: models.Comment) -> dict[UUID, set[Why]]:
    """Whom a comment concerns, and why; never its author."""
    found: dict[UUID, set[Why]] = {}
    if comment.answers and comment.answers.author_id:
        found[comment.answers.author_id] = {Why.ANSWER}
    followers = models.Follow.objects.filter(thread_id=comment.thread_id)
    for reader_id in followers.values_list("user_id", flat=True):
        found.setdefault(reader_id, set()).add(Why.FOLLOWED)
    return {pk: whys for pk, whys in found.items() if pk != comment.author_id}


def _last_mails(readers: list[UUID]) -> dict[UUID, datetime]:
    if not readers:
        return {}
    sent = models.AnswerNote.objects.filter(reader_id__in=readers, sent_at__isnull=False)
    return dict(sent.values_list("reader_id").annotate(Max("sent_at")))


@transaction.atomic
def choose_pace(reader_id: UUID, pace: Pace, *, at: datetime | None = None) -> None:
    """Keep how often a reader wants mail about answers at most. `at` is aware UTC.

    With NEVER nothing leaves any more that was noted before.
    """
    models.AnswerChoice.objects.update_or_create(
        user_id=reader_id, defaults={"pace": pace, "at": at or clock.now()}
    )
    if pace is Pace.NEVER:
        models.AnswerNote.objects.filter(reader_id=reader_id, sent_at=None).delete()


def link_to_stop(reader_id: UUID) -> str:
    """The part of an address that stops the mail of one reader; nobody can guess it."""
    return signing.Signer(salt=SALT).sign(str(reader_id))


def reader_of_link(link: str) -> UUID | None:
    """Whose mail `link_to_stop` made a link for; None where it did not. It never grows too old."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(link))
    except signing.BadSignature:
        return None


def stop_by_link(link: str, *, at: datetime | None = None) -> bool:
    """Stop the mail of whom a link is for; say whether there was somebody. Safe to run twice."""
    reader_id = reader_of_link(link)
    if reader_id is None or not get_user_model().objects.filter(pk=reader_id).exists():
        return False
    choose_pace(reader_id, Pace.NEVER, at=at)
    return True
