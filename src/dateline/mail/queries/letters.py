"""One reader's letter of a mailing, as the links in it need to know it."""

from dataclasses import dataclass
from datetime import datetime

from dateline.mail import models


@dataclass(frozen=True, slots=True)
class SentLetter:
    """Which mail it is, by its scope; whether the address is in its ledger, and when it left.

    `went_at` is aware UTC; None while it waits, and for an address that it did not go to.
    """

    scope: str
    is_theirs: bool
    went_at: datetime | None


def of(mailing_id: int, key: str) -> SentLetter | None:
    """The letter of a mailing to an address (in lower case); None where there is no such mailing.

    Two queries.
    """
    scope = models.Mailing.objects.filter(pk=mailing_id).values_list("scope", flat=True).first()
    if scope is None:
        return None
    entries = models.Entry.objects.filter(mailing_id=mailing_id, key=key)
    row = entries.values_list("settled_at", flat=True)[:1]
    return SentLetter(scope, bool(row), row[0] if row else None)
