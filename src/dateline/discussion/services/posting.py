"""Post a comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain import paths, ranks
from dateline.discussion.domain.errors import CommentRefused, NothingToDecide
from dateline.discussion.domain.heat import Heat, Scorer
from dateline.discussion.domain.status import Status, Verb
from dateline.discussion.domain.text import (
    QUOTE_LONGEST,
    SANITISER,
    fingerprint,
    holds_quote,
    html_of,
    typed,
)
from dateline.discussion.events import CommentPosted
from dateline.discussion.phases import PHASES
from dateline.discussion.phases.case import Answer, Author, Case, HouseRules, Judgement, judge
from dateline.discussion.phases.person import A_WAVE
from dateline.discussion.queries import people, words
from dateline.discussion.services import outside, standing
from dateline.discussion.services.decisions import note
from dateline.discussion.services.writing import Room, lock_person, lock_thread
from dateline.outbox import services as outbox
from dateline.prepared import Change, Insert, Prepared

LATEST = 20  # comments of a person that are looked at: for repeats, and for what was removed
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SCORERS: tuple[Scorer, ...] = (Heat(),)
AGAIN = "You posted this a moment ago; it is here once."
WAITS = "A moderator reads it before others do. You see it in your history."


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a comment. `note` is a sentence for its author, empty where all is plain.

    `again` says that it had been posted before, and no second row was made.
    """

    comment_id: int
    number: int
    status: Status
    note: str
    again: bool = False


class Earlier(NamedTuple):
    """What is looked at of a comment its author posted before."""

    pk: int
    number: int
    thread_id: int
    status: str
    created_at: datetime
    fingerprint: str
    key: str | None


EARLIER = Earlier._fields
_mine: Prepared[tuple[Any, ...]] = Prepared(
    lambda most, *, author: (
        models.Comment.objects.filter(author_id=author).order_by("-id").values_list(*EARLIER)[:most]
    )
)
_above: Prepared[models.Comment] = Prepared(
    lambda *, pk, thread: models.Comment.objects.filter(pk=pk, thread_id=thread)
)
_inserted = Insert(models.Comment)
_number_given = Change(models.Thread, "numbers")
_same: Prepared[tuple[Any, ...]] = Prepared(
    lambda *, mark, since, author: (
        models.Comment.objects.filter(fingerprint=mark, created_at__gte=since)
        .exclude(author_id=author)
        .order_by("-created_at")
        .values_list("author_id")[: A_WAVE * A_WAVE]
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What somebody wants to post."""

    author_id: UUID
    text: str
    mark: str
    quote: str
    key: str | None
    at: datetime


@transaction.atomic
def post_comment(
    *,
    story_id: int,
    masthead_id: int,
    author_id: UUID,
    text: str,
    answers_id: int | None = None,
    quote: str = "",
    key: str | None = None,
    at: datetime | None = None,
) -> Posted:
    """Store one comment below a story on a masthead, visible or held as the phases say.

    `key` is the browser's own for this attempt (64 characters at most): the same again is the same
    comment. So is the same text by the same person within a minute. `answers_id` is the comment it
    replies to; one that stands at paths.DEEPEST is answered beside it. `quote` must be words of
    that comment. `at` is aware UTC.

    Raises:
        ThreadUnavailable: readers do not see the story there now.
        CommentRefused: a phase said no; the message is for the author, whose text is not stored.
        NothingToDecide: the comment it answers is not there, or is gone.

    """
    text = typed(text)
    draft = _Draft(
        author_id=author_id, text=text, mark=fingerprint(text), quote=quote.strip(),
        key=typed(key or "") or None, at=at or clock.now(),
    )  # fmt: skip
    mine = lock_person(author_id, masthead_id)
    room = lock_thread(story_id, masthead_id, at=draft.at)
    latest = _latest(author_id, room.house.most_in_minute)
    if before := _posted_before(draft, room.thread, latest):
        return before
    above = _answered(room.thread, answers_id, quote)
    judgement = judge(_case(draft, room, mine, latest), PHASES)
    if judgement.answer is Answer.REFUSE:
        raise CommentRefused(judgement.reasons[0], phase=judgement.decisive)
    comment = _stored(draft, room.thread, above, judgement)
    outbox.record(
        CommentPosted(
            comment_id=comment.pk, story_id=story_id, masthead_id=masthead_id,
            author_id=str(author_id), answers_id=answers_id, status=comment.status, at=draft.at,
        )
    )  # fmt: skip
    held = comment.status == Status.HELD
    return Posted(comment.pk, comment.number, Status(comment.status), WAITS if held else "")


def _latest(author_id: UUID, most: int) -> Sequence[Earlier]:
    rows = _mine(max(LATEST, most), author=author_id)
    return [Earlier(*row) for row in rows]


def _posted_before(
    draft: _Draft, thread: models.Thread, latest: Sequence[Earlier]
) -> Posted | None:
    """The comment that this one is again: by its key, or by its text within a minute."""
    same = next((c for c in latest if draft.key and c.key == draft.key), None)
    if same is None and draft.key and len(latest) >= LATEST:
        mine = models.Comment.objects.filter(author_id=draft.author_id, key=draft.key)
        same = next((Earlier(*row) for row in mine.values_list(*EARLIER)), None)
    same = same or next((c for c in latest if _twice(c, draft, thread)), None)
    return Posted(same.pk, same.number, Status(same.status), AGAIN, again=True) if same else None


def _twice(comment: Earlier, draft: _Draft, thread: models.Thread) -> bool:
    return (
        comment.fingerprint == draft.mark
        and comment.thread_id == thread.pk
        and draft.at - comment.created_at < MINUTE
        and comment.status in {Status.VISIBLE, Status.HELD}
    )


def _answered(thread: models.Thread, answers_id: int | None, quote: str) -> models.Comment | None:
    if answers_id is None:
        return None
    above = next(iter(_above(pk=answers_id, thread=thread.pk)), None)
    if above is None or above.status != Status.VISIBLE:
        raise NothingToDecide(f"Comment {answers_id} is not here any more. Answer another one.")
    if quote and (len(quote) > QUOTE_LONGEST or not holds_quote(above.text, quote)):
        raise CommentRefused(
            f"The quote is not in comment {above.number}, or is longer than {QUOTE_LONGEST} "
            "characters. Quote its own words. Your text is still here.",
            phase="quote",
        )
    return above


def house_rules(house: models.House) -> HouseRules:
    """A masthead's limits as the phases read them."""
    return HouseRules(
        seconds_between=house.seconds_between,
        most_in_minute=house.most_in_minute,
        most_links=house.most_links,
        premoderate_first=house.premoderate_first,
        hold_removed_percent=house.hold_removed_percent,
        hold_score_percent=house.hold_score_percent,
    )


def author_facts(
    mine: Sequence[models.Standing], latest: Sequence[Earlier], *, approved: int = 0
) -> Author:
    """Who writes, from their standings and latest comments."""
    judged = [c.status for c in latest[:LATEST] if c.status != Status.DELETED]
    suspensions = [row.suspended_until for row in mine if row.suspended_until]
    return Author(
        approved=approved,
        judged=len(judged),
        removed=judged.count(Status.REMOVED),
        banned=any(row.banned_at for row in mine),
        suspended_until=max(suspensions, default=None),
    )


def _case(
    draft: _Draft,
    room: Room,
    mine: Sequence[models.Standing],
    latest: Sequence[Earlier],
) -> Case:
    first, masthead_id = room.house.premoderate_first, room.thread.masthead_id
    approved = people.approved(draft.author_id, masthead_id, most=first) if first else 0
    today = [c for c in latest if draft.at - c.created_at < DAY]
    repeats = [c for c in today if c.fingerprint == draft.mark and c.status != Status.DELETED]
    return Case(
        text=draft.text,
        at=draft.at,
        door=room.door,
        author=author_facts(mine, latest, approved=approved),
        rules=house_rules(room.house),
        recent=[c.created_at for c in today],
        own_repeats=bool(repeats),
        others_repeats=_others(draft),
        words=words.word_list(masthead_id, room.house.words_version),
        scorers=SCORERS,
        asks_outside=outside.service() is not None,
    )


def _others(draft: _Draft) -> int:
    """How many other people posted a text that reads the same, counted as far as it matters."""
    return len(set(_same(mark=draft.mark, since=draft.at - HOUR, author=draft.author_id)))


def _stored(
    draft: _Draft, thread: models.Thread, above: models.Comment | None, judgement: Judgement
) -> models.Comment:
    held = judgement.answer is Answer.HOLD
    held = held and not people.moderates(draft.author_id, thread.masthead_id)
    thread.numbers += 1
    number, place = thread.numbers, paths.branch(bytes(above.path)) if above else b""
    comment = models.Comment(
        thread=thread, number=number, path=paths.path_of(place, number), answers=above,
        author_id=draft.author_id, text=draft.text, quote=draft.quote if above else "",
        html=html_of(draft.text), sanitiser=SANITISER, fingerprint=draft.mark, key=draft.key,
        status=Status.HELD if held else Status.VISIBLE, created_at=draft.at,
        ran=[list(ran) for ran in judgement.ran],
        rank_best=ranks.best(0, 0, number), rank_discussed=ranks.discussed(0, number),
    )  # fmt: skip
    if above:
        _hang(comment, above)
    _inserted(comment)
    if held:
        _number_given(thread)
        why = " ".join(judgement.reasons)
        note(comment, Verb.HELD, was=Status.HELD, automatic=True, reason=why, at=draft.at)
        outside.note_question(comment, at=draft.at)
    else:
        standing.count(comment, 1, at=draft.at)
    return comment


def _hang(comment: models.Comment, above: models.Comment) -> None:
    """Give a reply its place in the tree: below what it answers, or beside it at the cap."""
    comment.depth = paths.depth_of(bytes(comment.path))
    deeper = comment.depth > above.depth
    comment.parent_id = above.pk if deeper else above.parent_id
    comment.root_id = above.root_id or above.pk
