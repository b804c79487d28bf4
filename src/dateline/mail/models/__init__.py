"""Every table of the room for mail."""

from dateline.mail.models.events import RefusedEvent, RouteEvent
from dateline.mail.models.ledger import Entry, Mailing, MailingCopy, Stretch
from dateline.mail.models.suppression import Suppression
from dateline.mail.models.warming import WarmDay

__all__ = [
    "Entry",
    "Mailing",
    "MailingCopy",
    "RefusedEvent",
    "RouteEvent",
    "Stretch",
    "Suppression",
    "WarmDay",
]
