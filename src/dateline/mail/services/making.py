"""What of a mail is its reader's alone: made for many in a row, and joined when the mail leaves.

In a row it costs a third: by the next write to the network the processor's caches are lost.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings

from dateline.mail.domain.message_ids import message_id
from dateline.mail.domain.patterns import Parcel, Pattern, pattern_of
from dateline.mail.domain.tokens import signed
from dateline.mail.queries.links import signing_key
from dateline.mail.services.in_hand import Job


@dataclass(slots=True)
class Maker:
    """Makes mails for their readers. `moment` tells aware UTC."""

    moment: Callable[[], datetime]
    _key: bytes = field(default_factory=signing_key)
    _host: str = field(default_factory=lambda: settings.DATELINE_NETWORK_DOMAIN)
    _date: str = ""
    _date_at: float = 0.0
    _patterns: dict[tuple[int, int, int], Pattern] = field(default_factory=dict)

    def prepare(self, jobs: Iterable[Job]) -> None:
        """Make all that differs from reader to reader, but for the date; once for each mail."""
        for job in [one for one in jobs if not one.filled]:
            job.filled = job.of.copies[job.who.copy].filled(self._values(job))

    def message(self, job: Job) -> bytes:
        """Return a prepared mail whole, with the date of now."""
        return job.of.copies[job.who.copy].sealed(job.filled, self._now())

    def parcel(self, job: Job) -> Parcel:
        """Return the parts of a mail, for an ESP."""
        if job.text not in self._patterns:
            self._patterns = {job.text: pattern_of(job.of.copies[job.who.copy])}
        values = self._values(job)
        values["date"] = self._now()
        return Parcel(job.who.address, values["message_id"], self._patterns[job.text], values)

    def name_of(self, job: Job) -> str:
        """Return a mail's Message-ID, without brackets."""
        return message_id(job.of.pk, job.who.number, self._host)

    def _values(self, job: Job) -> dict[str, str]:
        who, of = job.who, job.of
        values = who.fields
        values["address"], values["number"] = who.address, str(who.number)
        values["message_id"] = self.name_of(job)
        for purpose in of.copies[who.copy].purposes:
            values[f"token:{purpose}"] = signed(self._key, purpose, (who.person, of.pk))
        return values

    def _now(self) -> str:
        now = time.monotonic()
        if now - self._date_at > 1.0 or not self._date:
            self._date, self._date_at = format_datetime(self.moment()), now
        return self._date
