"""Give a mailing that has not wholly left other texts: a story was killed or corrected."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dateline.mail import models
from dateline.mail.domain.copies import Letter, cut
from dateline.mail.domain.states import MailingState
from dateline.mail.services import mailings

ENDED = {MailingState.STOPPED.value, MailingState.DONE.value}


def recut(mailing_id: int, letters: Sequence[Letter], *, at: datetime) -> bool:
    """Replace the texts of a mailing, in the order in which they were frozen; say if that was done.

    It is paused meanwhile and goes on afterwards if it was on its way; senders that have some of it
    in hand let go of that, and take it up with the new texts, half a second later. Nothing is done
    to one that has ended. `at` is aware UTC. Safe to run twice.

    Raises:
        LetterRefused: a letter cannot be a mail.
        ValueError: there are not as many as were frozen.

    """
    segments = [cut(letter) for letter in letters]
    was = models.Mailing.objects.filter(pk=mailing_id).values_list("state", flat=True).get()
    if was in ENDED:
        return False
    if was == MailingState.SENDING.value:
        mailings.pause(mailing_id, at=at)
    _replace(mailing_id, segments)
    if was == MailingState.SENDING.value:
        mailings.resume(mailing_id, at=at)
    return True


@transaction.atomic
def _replace(mailing_id: int, segments: Sequence[bytes]) -> None:
    rows = list(models.MailingCopy.objects.filter(mailing_id=mailing_id).order_by("number"))
    if len(rows) != len(segments):
        raise ValueError(f"Mailing {mailing_id} has {len(rows)} texts, not {len(segments)}.")
    for row in rows:
        row.delete()  # new rows have new ids, by which senders see that there is something new
    models.MailingCopy.objects.bulk_create(
        models.MailingCopy(mailing_id=mailing_id, number=number, segments=made)
        for number, made in enumerate(segments)
    )
