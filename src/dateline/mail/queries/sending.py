"""What a sender has to know of a mailing that is on its way."""

from dataclasses import dataclass, replace

from dateline.mail import models
from dateline.mail.domain.copies import Copy, read
from dateline.mail.domain.states import MailingState


@dataclass(frozen=True, slots=True)
class Running:
    """A mailing in a sender's hands: its letters ready to be joined, its envelope's first line."""

    pk: int
    scope: str
    mail_from: bytes
    copies: dict[int, Copy]
    is_on_its_way: bool = True


def running(mailing_id: int, known: Running | None = None) -> Running:
    """Return a mailing with its letters; where it is `known`, only ask for its state again."""
    rows = models.Mailing.objects.filter(pk=mailing_id)
    if known:
        state = rows.values_list("state", flat=True).first()
        return replace(known, is_on_its_way=state == MailingState.SENDING.value)
    mailing = rows.get()
    copies = {one.number: read(one.segments) for one in mailing.copies.all()}
    return Running(
        mailing.pk,
        mailing.scope,
        b"MAIL FROM:<%s>\r\n" % mailing.envelope_from.encode("ascii"),
        copies,
        mailing.state == MailingState.SENDING.value,
    )
