"""What follows from a fact about a reader."""

from dateline.accounts.events import PasswordGuessed, ReaderJoined
from dateline.accounts.services import guesses, readers


def invite(fact: ReaderJoined) -> None:
    """Invite a reader who joined a masthead to its alerts, once that is true."""
    readers.invite_to_alerts(fact.user_id, fact.masthead_id, at=fact.at)


def warn_of_guesses(fact: PasswordGuessed) -> None:
    """Tell the owner of an account that somebody tries to get into it."""
    guesses.tell_owner(fact.user_id, at=fact.at)
