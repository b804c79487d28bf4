"""What a sender has to know of a mailing that is on its way."""

import re
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Max

from dateline.mail import models
from dateline.mail.domain.addresses import domain_of
from dateline.mail.domain.copies import Copy, read
from dateline.mail.domain.states import MailingState

FROM = re.compile(rb"From:[^<>]*<[^<>@]*@([^<>\s]+)>\r\n")


@dataclass(frozen=True, slots=True)
class Running:
    """A mailing in a sender's hands: its letters ready to be joined, its envelope's first line."""

    pk: int
    scope: str
    mail_from: bytes
    copies: dict[int, Copy]
    is_on_its_way: bool = True
    newest: int = 0
    """Id of its newest letter: a mailing that is cut anew has others."""
    sender: str = ""
    """Domain that readers see it come from."""


def running(mailing_id: int, known: Running | None = None) -> Running:
    """Return a mailing with its letters; where it is `known`, only ask what has changed."""
    rows = models.Mailing.objects.filter(pk=mailing_id)
    if known:
        found = rows.annotate(newest=Max("copies__pk")).values_list("state", "newest").first()
        state, newest = found or ("", known.newest)
        if newest == known.newest:
            return replace(known, is_on_its_way=state == MailingState.SENDING.value)
    mailing = rows.get()
    letters = list(mailing.copies.all())
    copies = {one.number: read(one.segments) for one in letters}
    return Running(
        mailing.pk,
        mailing.scope,
        b"MAIL FROM:<%s>\r\n" % mailing.envelope_from.encode("ascii"),
        copies,
        mailing.state == MailingState.SENDING.value,
        max((one.pk for one in letters), default=0),
        next((_sender(copy) for copy in copies.values()), "") or domain_of(mailing.envelope_from),
    )


def _sender(copy: Copy) -> str:
    found = FROM.match(copy.literals[0])
    return found[1].decode("ascii", "replace").lower() if found else ""


def route() -> str:
    """By which way mail to many leaves: the ESP's name, or `smtp` and the server's."""
    esp = settings.DATELINE_MAIL_ESP
    return str(esp.name) if esp else f"smtp {settings.EMAIL_HOST}"
