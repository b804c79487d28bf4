"""Every table of the room for mail."""

from dateline.mail.models.ledger import Entry, Mailing, MailingCopy, Stretch
from dateline.mail.models.suppression import Suppression

__all__ = ["Entry", "Mailing", "MailingCopy", "Stretch", "Suppression"]
