"""Facts about mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressSuppressed:
    """Mail of `scope` (empty: all of it) goes to an address no longer. `reason` is of Reason.

    The address itself stands in the row: facts are kept when people are forgotten.
    """

    name: ClassVar[str] = "address.suppressed"
    suppression_id: int
    scope: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingAbandoned:
    """Somebody gave a mailing up for good: what of it had not left never leaves."""

    name: ClassVar[str] = "mailing.abandoned"
    mailing_id: int
    subject_key: str
    why: str
    by: str
    at: datetime
