"""Take messages to a title and send them on: stored first, so that none is lost."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction

from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.standing import models
from dateline.standing.domain.errors import MessageRefused, NotYours
from dateline.standing.domain.kinds import LONGEST_MESSAGE, Given
from dateline.standing.domain.words import words_for
from dateline.standing.events import ContactChanged, MessageGiven
from dateline.standing.queries import people

KEPT = timedelta(days=30)  # after a message was sent on: until then a lost mail can be found


@transaction.atomic
def set_contact(masthead_id: int, address: str, *, by_form: bool, by: UUID, at: datetime) -> None:
    """Say where messages to a masthead go; an empty address: nowhere, and none are taken.

    Messages that wait go to the new address. `at` is aware UTC.

    Raises:
        NotYours: `by` does not write this masthead's pages.

    """
    if not people.writes(by, masthead_id):
        raise NotYours
    keep_contact(masthead_id, address, by_form=by_form)
    outbox.record(ContactChanged(masthead_id=masthead_id, by=str(by), at=at))
    for message in models.Message.objects.filter(masthead_id=masthead_id, sent_at=None):
        outbox.record(MessageGiven(message_id=message.pk, masthead_id=masthead_id, at=at))


def keep_contact(masthead_id: int, address: str, *, by_form: bool) -> None:
    """Store it, for a seeding: nothing is told to pages that exist already."""
    if address:
        told = {"address": address, "by_form": by_form}
        models.Contact.objects.update_or_create(masthead_id=masthead_id, defaults=told)
    else:
        models.Contact.objects.filter(masthead_id=masthead_id).delete()


@transaction.atomic
def give_message(masthead_id: int, given: Given, *, at: datetime) -> int:
    """Store what somebody wrote to a masthead, to be sent on at once; return its number.

    Raises:
        MessageRefused: nothing was written, too much was, or the address is none.

    """
    _check(given)
    row = models.Message.objects.create(
        masthead_id=masthead_id, name=given.name[:200], email=given.email, text=given.text,
        given_at=at,
    )  # fmt: skip
    outbox.record(MessageGiven(message_id=row.pk, masthead_id=masthead_id, at=at))
    return row.pk


def _check(given: Given) -> None:
    if not given.text.strip():
        raise MessageRefused("text", "no_text")
    if len(given.text) > LONGEST_MESSAGE:
        raise MessageRefused("text", "long_text")
    if given.email:
        try:
            validate_email(given.email)
        except ValidationError:
            raise MessageRefused("email", "bad_email") from None


def send_message(message_id: int, *, at: datetime) -> bool:
    """Send a message on to its masthead's address, once; say whether that was now.

    Where nobody said an address it waits until somebody does. An answer goes to whoever wrote.
    """
    row = models.Message.objects.filter(pk=message_id, sent_at=None).first()
    box = models.Contact.objects.filter(masthead_id=row.masthead_id).first() if row else None
    site = mastheads.by_id(row.masthead_id) if row else None
    if row is None or box is None or site is None:
        return False
    w = words_for(site.language)
    who = " ".join(filter(None, [row.name, f"<{row.email}>" if row.email else ""])) or w["nobody"]
    EmailMessage(
        w["mail_subject"].format(title=site.name, number=row.pk),
        f"{w['mail_from'].format(who=who, title=site.name)}\n\n{row.text}\n",
        to=[box.address],
        reply_to=[row.email] if row.email else None,
    ).send()
    row.sent_at = at
    row.save(update_fields=["sent_at"])
    return True


def forget_messages(*, at: datetime) -> int:
    """Remove messages that were sent on 30 days ago; return how many. `at` is aware UTC."""
    gone, _ = models.Message.objects.filter(sent_at__lt=at - KEPT).delete()
    return gone
