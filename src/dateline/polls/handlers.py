"""What follows for cached pages when a poll changes or is voted in. Safe twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.polls.events import PollChanged, PollVoted


def show(fact: PollChanged) -> None:
    """Make every page that asks it again."""
    edge.purge([keys.poll(fact.poll_id)], cause=f"{fact.name} {fact.poll_id}")


def freshen(fact: PollVoted) -> None:
    """Let the counts on cached pages follow, at most every ten seconds."""
    edge.purge_softly([keys.tally(fact.poll_id)], cause=f"{fact.name} {fact.poll_id}")
