"""What follows from a fact about a reader."""

from dateline.accounts.events import ReaderJoined
from dateline.accounts.services import readers


def invite(fact: ReaderJoined) -> None:
    """Invite a reader who joined a masthead to its alerts, once that is true."""
    readers.invite_to_alerts(fact.user_id, fact.masthead_id, at=fact.at)
