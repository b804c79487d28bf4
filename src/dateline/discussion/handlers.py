"""What follows for cached pages when something was said, taken back or decided. Safe twice."""

from typing import Any
from uuid import UUID

from dateline.accounts.events import ReaderRenamed
from dateline.discussion.domain.status import Status
from dateline.discussion.events import (
    AppealDecided,
    CommentDecided,
    CommentPosted,
    HouseChanged,
    NoticeDecided,
    NoticeGiven,
    ReaderForgotten,
    ReaderJudged,
)
from dateline.discussion.queries.people import places_of
from dateline.discussion.services import answers, letters, notices
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode

AT_ONCE = 500  # threads of one purge


def freshen(fact: Any) -> None:
    """Let a thread be drawn again within ten seconds: a comment, a vote."""
    tags = [keys.thread(fact.story_id, fact.masthead_id), keys.talked(fact.masthead_id)]
    edge.purge_softly(tags, cause=f"{fact.name}, story {fact.story_id}")


def freshen_if_seen(fact: Any) -> None:
    """As `freshen`, where readers see the comment; one that is held changes no page."""
    if fact.status == Status.VISIBLE:
        freshen(fact)


def follow_comment(fact: CommentPosted) -> None:
    """As `freshen_if_seen`; and note who is to be told of it by mail."""
    freshen_if_seen(fact)
    note_answer(fact)


def note_answer(fact: CommentPosted | CommentDecided) -> None:
    """Note who is to be told by mail of a comment that readers see now."""
    if fact.status == Status.VISIBLE:
        answers.note_answer(fact.comment_id, at=fact.at)


def note_restored(fact: AppealDecided) -> None:
    """As `note_answer`, of a comment that came back by an appeal."""
    if fact.upheld and fact.comment_id:
        answers.note_answer(fact.comment_id, at=fact.at)


def show_now(fact: Any) -> None:
    """Draw a thread again before anyone reads it: a person decided over it."""
    _purge([(fact.story_id, fact.masthead_id)], Mode.HARD, fact.name)


def show_house(fact: HouseChanged) -> None:
    """Draw every page of a masthead again: each story says whether, and how, it takes comments."""
    edge.purge([keys.chrome(fact.masthead_id)], mode=Mode.HARD, cause=fact.name)


def take_out(fact: Any) -> None:
    """Never show the thread as it was again, if readers saw the text that went."""
    if fact.was == Status.VISIBLE:
        _purge([(fact.story_id, fact.masthead_id)], Mode.GONE, fact.name)


def follow_decision(fact: CommentDecided) -> None:
    """Take out what readers may no longer see; else draw the thread again."""
    if fact.status != Status.VISIBLE:
        take_out(fact)
    else:
        show_now(fact)


def follow_change(fact: Any) -> None:
    """After a report or an edit: take out what is held now, draw again what reads otherwise."""
    if fact.status == Status.VISIBLE:
        show_now(fact)
    else:
        take_out(fact)


def follow_report(fact: Any) -> None:
    """Take out what enough reports have held; a report alone changes no page."""
    if fact.status != Status.VISIBLE:
        take_out(fact)


def follow_appeal(fact: AppealDecided) -> None:
    """Show a comment again whose author was right."""
    if fact.upheld and fact.story_id and fact.masthead_id:
        _purge([(fact.story_id, fact.masthead_id)], Mode.HARD, fact.name)


def forget(fact: ReaderForgotten) -> None:
    """Never show a leaving reader's name, or words, again."""
    if fact.threads:
        _purge(fact.threads, Mode.GONE, fact.name)


def show_name(fact: ReaderRenamed) -> None:
    """Draw every thread again in which somebody is read who has another name now."""
    threads = places_of(UUID(fact.user_id))
    for first in range(0, len(threads), AT_ONCE):
        _purge(threads[first : first + AT_ONCE], Mode.HARD, fact.name)


def write_to_author(fact: CommentDecided | ReaderJudged) -> None:
    """Tell the person by mail what was decided about their comment, or about them, and why."""
    letters.tell_decision(fact.decision_id, at=fact.at)


def write_answer(fact: AppealDecided) -> None:
    """Tell the person by mail how their appeal was answered."""
    letters.tell_answer(fact.appeal_id, at=fact.at)


def confirm_notice(fact: NoticeGiven) -> None:
    """Confirm a notice to whoever gave it."""
    notices.send_receipt(fact.notice_id, at=fact.at)


def tell_outcome(fact: NoticeDecided) -> None:
    """Tell whoever gave a notice what was decided, and why."""
    notices.send_outcome(fact.notice_id, at=fact.at)


def _purge(threads: Any, mode: Mode, cause: str) -> None:
    tags = [keys.thread(story_id, masthead_id) for story_id, masthead_id in threads]
    stories = ", ".join(str(story_id) for story_id, _ in threads)
    said = f"{cause}, story {stories}"[:200]
    edge.purge(tags, mode=mode, cause=said)
    edge.purge_softly({keys.talked(masthead_id) for _, masthead_id in threads}, cause=said)
