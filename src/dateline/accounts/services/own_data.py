"""A reader's own data: a copy of all of it, and the end of the account, done by the worker."""

import json
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from dateline.accounts import models
from dateline.accounts.domain.data import COPY_KEPT, PROMISED, DataRefused, ReaderData
from dateline.accounts.domain.words import words_for
from dateline.accounts.events import AccountDeleted
from dateline.accounts.queries import account_origin
from dateline.accounts.services import sessions
from dateline.outbox import services as outbox

COPY, DELETION = models.DataRequest.COPY, models.DataRequest.DELETION


def rooms() -> tuple[ReaderData, ...]:
    """Every room that keeps something of readers, as `project/reader_data.py` lists them."""
    found: tuple[ReaderData, ...] = import_string(settings.DATELINE_READER_DATA)
    return found


@transaction.atomic
def ask_for_copy(user: models.User, *, at: datetime) -> models.DataRequest:
    """Ask for a copy of everything that is kept of `user`; one that is under way is returned."""
    under_way = user.data_requests.filter(kind=COPY, done_at=None).first()
    return under_way or models.DataRequest.objects.create(
        user=user, kind=COPY, asked_at=at, due_at=at + PROMISED
    )


@transaction.atomic
def ask_for_deletion(
    user: models.User, *, choice: str, language: str, at: datetime
) -> models.DataRequest:
    """Close the account of `user` now, and have the worker remove it within 24 hours.

    `choice` is ERASE (what they wrote goes too) or ANONYMOUS (it stays without their name). A mail
    in `language` carries the address of the page that proves it.

    Raises:
        DataRefused: `data_staff`, an account of the newsroom; `data_choice`, no such choice.

    """
    if user.is_staff or user.is_superuser:
        raise DataRefused("data_staff")
    if choice not in models.DataRequest.CHOICES:
        raise DataRefused("data_choice")
    asked = models.DataRequest.objects.create(
        user=user, kind=DELETION, choice=choice, asked_at=at, due_at=at + PROMISED
    )
    sessions.end_others(user, but=sessions.NO_LOGIN, at=at, cause="account closed")
    models.User.objects.filter(pk=user.pk).update(is_active=False)
    transaction.on_commit(lambda: _tell(user.email, asked, language=language))
    return asked


def _tell(address: str, asked: models.DataRequest, *, language: str) -> None:
    w = words_for(language)
    link = f"{account_origin()}/your-data/{asked.pk}/?hl={language}"
    EmailMessage(w["data_mail_subject"], w["data_mail_text"].format(link=link), to=[address]).send()


def run_due(*, at: datetime) -> int:
    """Do what readers asked for, and forget copies after seven days; return how many were done."""
    old = models.DataRequest.objects.filter(kind=COPY, done_at__lt=at - COPY_KEPT)
    old.exclude(content="").update(content="")
    waiting = models.DataRequest.objects.filter(done_at=None).order_by("asked_at")
    keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        _run(key, at=at)
    return len(keys)


@transaction.atomic
def _run(key: Any, *, at: datetime) -> None:
    asked = models.DataRequest.objects.select_for_update().get(pk=key)
    asked.done_at = at
    if asked.user and asked.kind == COPY:
        told = {room.room: room.copy(str(asked.user.pk)) for room in rooms()}
        asked.content = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    elif asked.user:
        asked.proof = _forget(asked.user, asked.choice, at=at)
        asked.user = None
    asked.save()  # of somebody whom an administrator removed meanwhile, nothing is left to do


def _forget(user: models.User, choice: str, *, at: datetime) -> dict[str, int]:
    """Remove a person and what every room keeps of them; how many of what were removed."""
    user_id = str(user.pk)
    counts: dict[str, int] = {}
    for room in rooms():
        counts |= room.forget(user_id, choice)
    user.delete()
    outbox.record(AccountDeleted(user_id=user_id, choice=choice, at=at))
    return counts | {"accounts": 1}


def copy_of_account(user_id: str) -> dict[str, Any]:
    """What this room keeps of a reader; secrets of second steps and hashes are left out."""
    user = models.User.objects.get(pk=user_id)
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "display_name": user.display_name,
        "joined_at": user.date_joined,
        "addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified")),
        "providers": list(
            SocialAccount.objects.filter(user=user).values(
                "provider", "uid", "extra_data", "date_joined", "last_login"
            )
        ),
        "mail_stops": list(_mail_stops(user).values("address", "since")),
        "second_steps": list(
            Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
        ),
        "log_ins": list(user.logins.values("began_at", "address", "agent", "ended_at")),
        "titles": list(user.memberships.values("masthead__name", "joined_at", "shown")),
        "alerts": list(user.alert_wishes.values("masthead__name", "address", "shown", "wished_at")),
    }


def forget_account(user_id: str, _choice: str) -> dict[str, int]:
    """Count what goes with the person's own row: log-ins, addresses, agreements.

    Where a provider said that an address wants no mail, that goes here.
    """
    user = models.User.objects.get(pk=user_id)
    return {
        "log_ins": user.logins.count(),
        "addresses": EmailAddress.objects.filter(user=user).count(),
        "mail_stops": _mail_stops(user).delete()[0],
        "providers": SocialAccount.objects.filter(user=user).count(),
        "titles": user.memberships.count(),
        "alerts": user.alert_wishes.count(),
    }


def _mail_stops(user: models.User) -> QuerySet[models.MailStop]:
    return models.MailStop.objects.filter(address=user.email.lower())
