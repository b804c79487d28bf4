"""What readers see of a poll, and what one voter said."""

from datetime import datetime

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.polls import models
from dateline.polls.adapters import voter_of_account
from dateline.polls.domain.polls import ShownAnswer, ShownPoll, shares


def shown(poll: models.Poll, *, at: datetime) -> ShownPoll:
    """A poll and its counts at `at`, aware UTC. One query.

    A count may wait until the page is made again; that it opened or closed may not.
    """
    edge.depend(keys.poll(poll.pk))
    edge.depend_softly(keys.tally(poll.pk))
    for moment in (poll.opens_at, poll.closes_at):
        if moment and moment > at:
            edge.opens_at(moment)
    rows = models.Answer.objects.filter(poll_id=poll.pk).order_by("sort_order", "pk")
    counted = list(rows.values_list("pk", "text", "tally__votes"))
    percents = shares([votes or 0 for _, _, votes in counted])
    return ShownPoll(
        id=poll.pk,
        question=poll.question,
        answers=tuple(
            ShownAnswer(pk, text, votes or 0, percent)
            for (pk, text, votes), percent in zip(counted, percents, strict=True)
        ),
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        total=sum(votes or 0 for _, _, votes in counted),
        opened=poll.opens_at <= at,
        closed=poll.closes_at is not None and poll.closes_at <= at,
    )


def poll(poll_id: int) -> models.Poll:
    """One poll, to be asked in a story's block.

    Raises:
        Poll.DoesNotExist: there is no such poll.

    """
    found: models.Poll = models.Poll.objects.get(pk=poll_id)
    return found


def vote_of(poll_id: int, voters: list[str]) -> int | None:
    """Which answer one of these voters gave, by its id; the first that voted counts. One query."""
    given = dict(
        models.Vote.objects.filter(poll_id=poll_id, voter__in=voters).values_list(
            "voter", "answer_id"
        )
    )
    return next((given[voter] for voter in voters if voter in given), None)


def has_votes(poll_id: int) -> bool:
    """Whether anybody voted."""
    return models.Vote.objects.filter(poll_id=poll_id).exists()


def answers_of(poll_id: int) -> list[str]:
    """The answers of a poll as they are stored, in order."""
    rows = models.Answer.objects.filter(poll_id=poll_id).order_by("sort_order", "pk")
    return list(rows.values_list("text", flat=True))


def votes_of(account: str) -> list[tuple[str, str, datetime]]:
    """What an account voted, as (question, answer, when), oldest first. For its own reader."""
    rows = models.Vote.objects.select_related("poll", "answer").order_by("at", "pk")
    mine = {pk: voter_of_account(pk, account) for pk in _poll_ids()}
    found = rows.filter(voter__in=mine.values())
    return [(vote.poll.question, vote.answer.text, vote.at) for vote in found]


def _poll_ids() -> list[int]:
    return list(models.Poll.objects.order_by("pk").values_list("pk", flat=True))
