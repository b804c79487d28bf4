"""One mail in a sender's hands."""

from dataclasses import dataclass, field
from datetime import date

from dateline.mail.queries.sending import Running
from dateline.mail.services.stretches import Held, Waiting


@dataclass(slots=True, eq=False)
class Job:
    """One mail in hand. A withdrawn one is not handed over, however far it is."""

    held: Held
    of: Running
    who: Waiting
    domain: str
    filled: list[bytes] = field(default_factory=list)  # what stands in its letter's slots
    is_withdrawn: bool = False
    allowed_on: date | None = None  # of which day's warm-up it has its allowance

    @property
    def text(self) -> tuple[int, int, int]:
        """Which letter it is: mails of one text may share a request."""
        return self.of.pk, self.of.newest, self.who.copy

    @property
    def envelope(self) -> tuple[bytes, bytes]:
        """The `MAIL FROM` and `RCPT TO` lines, with their ends."""
        return self.of.mail_from, b"RCPT TO:<%s>\r\n" % self.who.address.encode("ascii")
