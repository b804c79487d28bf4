"""What may become of a mailing, and of each of its mails."""

from enum import StrEnum


class MailingState(StrEnum):
    """Where a mailing is. `stopped` and `done` are the end."""

    FREEZING = "freezing"  # whom it goes to is being written down
    READY = "ready"  # frozen: whom it goes to is settled, nothing has left
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


class Fate(StrEnum):
    """What became of one reader's mail. All but `waiting` are the end."""

    WAITING = "waiting"
    SENT = "sent"  # the next server took it on
    REFUSED = "refused"  # that server said no for good (5xx), or "later" for a day
    WITHHELD = "withheld"  # its reader had left, or may not be written to
    STOPPED = "stopped"  # the mailing was stopped before it left
    UNKNOWN = "unknown"  # handed over, and the answer was lost: listed by name, never sent again


class Reason(StrEnum):
    """Why nobody writes to an address."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    REQUEST = "request"
