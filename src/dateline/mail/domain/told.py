"""What an ESP tells of one mail, in our words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OLDEST = timedelta(days=60)  # what comes later is about nobody's wishes of today any more
AHEAD = timedelta(minutes=10)  # clocks differ by so much


class Kind(StrEnum):
    """What happened to a mail."""

    DELIVERED = "delivered"
    DEFERRED = "deferred"  # its receiver put it off, and the ESP tries again: a soft bounce
    BOUNCED = "bounced"  # it came back for good
    REJECTED = "rejected"  # the ESP did not even try
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    OTHER = "other"  # opened, clicked, queued: nothing that we act on


class EventRefused(ValueError):
    """An event that cannot be taken in; the message says why."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event. `key` tells it from all others of its ESP; `at` is aware UTC.

    `message` is mailing and number, where it is a mail of a mailing. `is_of_nobody`: the mailbox
    is not there; `is_soft`: it is, and did not take this one.
    """

    key: str
    kind: Kind
    at: datetime
    address: str
    message: tuple[int, int] | None = None
    is_of_nobody: bool = False
    is_soft: bool = False
    said: str = ""

    def checked(self, now: datetime) -> "Told":
        """Return it where its time can be; `now` is aware UTC.

        Raises:
            EventRefused: it is from long ago, or from the future.

        """
        if now - self.at > OLDEST:
            raise EventRefused(f"It is of {self.at:%Y-%m-%d}, more than {OLDEST.days} days ago.")
        if self.at - now > AHEAD:
            raise EventRefused(f"It is of {self.at:%Y-%m-%d %H:%M} UTC, which is still to come.")
        return self
