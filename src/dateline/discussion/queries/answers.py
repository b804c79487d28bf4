"""What a reader chose about mail on answers, and what a mail about them may tell now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dateline.discussion import models
from dateline.discussion.domain.answers import Pace, Why, pace_of
from dateline.discussion.queries import people, visibility
from dateline.discussion.queries.told import places
from dateline.mastheads.domain.site import Site

EXCERPT = 400  # characters of a comment that a mail repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One comment as a mail tells it. `address` leads to where it stands; `cut`: there is more.

    `name` is empty where its author has left.
    """

    note_id: int
    why: Why
    name: str
    headline: str
    address: str
    text: str
    cut: bool


def chosen_pace(reader_id: UUID) -> Pace:
    """How often a reader gets mail about answers to their own comments."""
    row = models.AnswerChoice.objects.filter(pk=reader_id).first()
    return pace_of(row.pace if row else None, follows=False)


def tellable(
    notes: list[models.AnswerNote], reader_id: UUID, site: Site, *, at: datetime
) -> list[Answer]:
    """Those of one reader's notes on a masthead that may be told at `at`, aware UTC, oldest first.

    The rule of every page decides what may be read. What the reader no longer wants to hear of is
    left out: they muted its author, follow the thread no more, or want no mail.
    """
    wanted = {note.comment_id: note for note in _wanted(notes, reader_id)}
    open_now = visibility.readable(site, at=at).filter(pk__in=wanted)
    read = open_now.exclude(author_id=reader_id).select_related("thread").order_by("pk")
    muted = people.muted_by(reader_id)
    rows = [row for row in read if row.author_id not in muted]
    names = people.names_of(row.author_id for row in rows)
    shown = places([row.thread for row in rows], {site.id: site}, at=at)
    return [
        _answer(wanted[row.pk], row, names, shown[row.thread.story_id, site.id])
        for row in rows
        if (row.thread.story_id, site.id) in shown
    ]


def _wanted(notes: list[models.AnswerNote], reader_id: UUID) -> list[models.AnswerNote]:
    row = models.AnswerChoice.objects.filter(pk=reader_id).first()
    chosen = row.pace if row else None
    mine = models.Follow.objects.filter(user_id=reader_id)
    followed = set(
        mine.filter(thread__comments__in=[note.comment_id for note in notes]).values_list(
            "thread__comments", flat=True
        )
    )
    return [
        note
        for note in notes
        if (note.why == Why.ANSWER or note.comment_id in followed)
        and pace_of(chosen, follows=note.comment_id in followed) is not Pace.NEVER
    ]


def _answer(
    note: models.AnswerNote, row: models.Comment, names: dict[UUID, str], place: tuple[str, str]
) -> Answer:
    headline, address = place
    return Answer(
        note_id=note.pk,
        why=Why(note.why),
        name=names[row.author_id] if row.author_id else "",
        headline=headline,
        address=f"{address}/comments/{row.pk}",
        text=row.text[:EXCERPT],
        cut=len(row.text) > EXCERPT,
    )
