"""Ask a poll and take its votes: one verb, one transaction, one fact."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from dateline import clock
from dateline.outbox import services as outbox
from dateline.polls import adapters, models
from dateline.polls.domain.errors import PollRefused, VoteRefused
from dateline.polls.domain.polls import problems_of
from dateline.polls.events import PollChanged, PollVoted
from dateline.polls.queries import answers_of, has_votes, votes_of

voter_of_account = adapters.voter_of_account
voter_of_browser = adapters.voter_of_browser
new_token = adapters.new_token
sealed = adapters.sealed
opened = adapters.opened
STAYS = (
    "Readers have voted: the question and the answers stay as they are. Close this poll and make "
    "another one."
)


@transaction.atomic
def keep_poll(
    poll: models.Poll, *, by: str, save: Callable[[], object] | None = None,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Store a poll with its answers, new or changed; return the id. `at` is aware UTC.

    Once somebody voted, only its times may change. `save` stores it another way, as a form does.

    Raises:
        PollRefused: it cannot be asked like this; nothing is stored.

    """
    texts = [answer.text for answer in poll.answers.all()]
    problems = problems_of(texts, opens_at=poll.opens_at, closes_at=poll.closes_at)
    problems = problems or changed_since(poll, texts)
    if problems:
        raise PollRefused(problems)
    (save or poll.save)()
    for answer in models.Answer.objects.filter(poll_id=poll.pk):
        models.Tally.objects.get_or_create(answer=answer)
    outbox.record(PollChanged(poll_id=poll.pk, by=by, at=at or clock.now()))
    return int(poll.pk)


def changed_since(poll: models.Poll, answers: list[str]) -> dict[str, str]:
    """Why a poll that was voted in may not be stored with these answers; empty where it may."""
    if not poll.pk or not has_votes(poll.pk):
        return {}
    asked = models.Poll.objects.values_list("question", flat=True).get(pk=poll.pk)
    same = asked == poll.question and answers_of(poll.pk) == answers
    return {} if same else {"": STAYS}


@transaction.atomic
def cast(
    poll_id: int, answer_id: int, *, voter: str, before: str = "", at: datetime | None = None
) -> None:
    """Count a voter's answer, instead of the one given before. The same one again changes nothing.

    `voter` comes from `voter_of_account` or `voter_of_browser`. `before` is who the same person
    was until they signed in: what they voted then becomes theirs, and is taken off where they had
    voted with their account too. `at` is aware UTC.

    Raises:
        VoteRefused: it is not open, or has no such answer.

    """
    at = at or clock.now()
    poll = models.Poll.objects.select_for_update().get(pk=poll_id)  # one vote after the other
    if at < poll.opens_at:
        raise VoteRefused("not_open")
    if poll.closes_at and at >= poll.closes_at:
        raise VoteRefused("over")
    if not models.Answer.objects.filter(pk=answer_id, poll_id=poll_id).exists():
        raise VoteRefused("no_answer")
    vote = _own(poll_id, voter, before)
    if vote and vote.answer_id == answer_id:
        return
    if vote:
        _count(vote.answer_id, -1)
        vote.answer_id, vote.at = answer_id, at
        vote.save(update_fields=["answer", "at"])
    else:
        models.Vote.objects.create(poll_id=poll_id, answer_id=answer_id, voter=voter, at=at)
    _count(answer_id, +1)
    outbox.record(PollVoted(poll_id=poll_id, at=at))


@transaction.atomic
def count_many(
    poll_id: int, answer_id: int, *, voters: Sequence[str], at: datetime | None = None
) -> None:
    """Count one answer of many who have not voted yet, as an import or a demonstration brings it.

    Raises:
        IntegrityError: one of them had voted.

    """
    at = at or clock.now()
    models.Vote.objects.bulk_create(
        models.Vote(poll_id=poll_id, answer_id=answer_id, voter=voter, at=at) for voter in voters
    )
    _count(answer_id, len(voters))
    outbox.record(PollVoted(poll_id=poll_id, at=at))


def _own(poll_id: int, voter: str, before: str) -> models.Vote | None:
    """The one vote of a person, theirs from now on; a second one of theirs is taken off."""
    vote, earlier = _vote(poll_id, voter), _vote(poll_id, before)
    if earlier is None or earlier == vote:
        return vote
    if vote is None:
        earlier.voter = voter
        earlier.save(update_fields=["voter"])
        return earlier
    _count(earlier.answer_id, -1)
    earlier.delete()
    return vote


def _vote(poll_id: int, voter: str) -> models.Vote | None:
    return models.Vote.objects.filter(poll_id=poll_id, voter=voter).first()


def _count(answer_id: int, more: int) -> None:
    models.Tally.objects.filter(answer_id=answer_id).update(votes=F("votes") + more)


@transaction.atomic
def ask(
    question: str, answers: list[str], *, opens_at: datetime, closes_at: datetime | None = None,
    by: str, at: datetime | None = None,
) -> int:  # fmt: skip
    """Make a poll; return its id. Moments are aware UTC.

    Raises:
        PollRefused: as for `keep_poll`.

    """
    poll = models.Poll(question=question, opens_at=opens_at, closes_at=closes_at)
    poll.answers = [
        models.Answer(text=text, sort_order=place) for place, text in enumerate(answers)
    ]
    return keep_poll(poll, by=by, at=at)


def copy_of_votes(user_id: str) -> dict[str, Any]:
    """What an account voted, for its own reader."""
    return {
        "votes": [
            {"question": question, "answer": answer, "at": at.isoformat()}
            for question, answer, at in votes_of(user_id)
        ]
    }


def forget_votes(user_id: str, how: str) -> dict[str, int]:
    """Nothing to do, and none counted: a vote has a hash of its account, which leads nowhere."""
    del user_id, how
    return {}
