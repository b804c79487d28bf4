"""What the owner of an account hears when somebody guesses its password."""

from datetime import datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import transaction

from dateline.accounts import models
from dateline.accounts.domain.words import words_for
from dateline.accounts.events import PasswordGuessed
from dateline.accounts.queries import account_origin, takes_mail
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox

ENGLISH, UNIVERSAL = "en", "UTC"


@transaction.atomic
def note_guesses(address: str, *, at: datetime) -> None:
    """Record that somebody guesses the password of whoever owns `address`. `at` is aware UTC.

    Nobody who guesses can tell from the time it takes whether there is such an account: the mail
    goes out later, and what is recorded here is as much for an address that is nobody's.
    """
    owned = EmailAddress.objects.filter(email__iexact=address, verified=True)
    owner = owned.values_list("user_id", flat=True).first()
    outbox.record(PasswordGuessed(user_id=str(owner or ""), at=at))


def tell_owner(user_id: str, *, at: datetime) -> bool:
    """Write to the owner that passwords were guessed, and what to do; say whether it was sent.

    `at` is aware UTC. In the language and the time zone of the title that they joined last.
    """
    user = models.User.objects.filter(pk=user_id).first() if user_id else None
    if user is None or not takes_mail(user):
        return False
    joined = user.memberships.order_by("-joined_at").values_list("masthead_id", flat=True).first()
    site = mastheads.by_id(joined) if joined else None
    language, zone = (site.language, site.time_zone) if site else (ENGLISH, UNIVERSAL)
    w, origin = words_for(language), account_origin()
    text = w["guessed_text"].format(
        at=f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})",
        reset=f"{origin}/password/reset/",
        passkey=f"{origin}/second-step/",
        logins=f"{origin}/log-ins/",
    )
    EmailMessage(w["guessed_subject"], text, to=[user.email]).send()
    return True
