"""Readers with an account: their way to their choices, a copy of what is kept, and its end."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet

from dateline import clock
from dateline.mail.domain.addresses import AddressRefused, key_of, normalised
from dateline.mastheads.domain.site import Site
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Act, Ending
from dateline.newsletters.queries.holders import choose_token
from dateline.newsletters.services.ending import end_all
from dateline.newsletters.services.standing import keep_proof

DELETED = Told(shown="The account was deleted by its reader.", where="/your-data/")


@transaction.atomic
def choices_of(user_id: UUID, address: str, *, site: Site, at: datetime) -> str:
    """The token of a reader's preference centre, for an address that they have confirmed.

    Whoever is nobody here yet becomes somebody on no list. `at` is aware UTC.
    """
    who, _ = models.Subscriber.objects.get_or_create(
        key=key_of(address),
        defaults={
            "address": normalised(address), "language": site.language,
            "time_zone": site.time_zone, "created_at": at,
        },
    )  # fmt: skip
    models.Subscriber.objects.filter(pk=who.pk, reader=None).update(reader_id=user_id)
    return choose_token(who)


def somebody(typed: str, *, site: Site, at: datetime) -> int:
    """The id of whoever has an address; who is nobody here yet becomes somebody on no list.

    `at` is aware UTC.

    Raises:
        AddressRefused: mail cannot be sent to what was typed.

    """
    address = normalised(typed)
    who, _ = models.Subscriber.objects.get_or_create(
        key=key_of(address),
        defaults={
            "address": address, "language": site.language,
            "time_zone": site.time_zone, "created_at": at,
        },
    )  # fmt: skip
    return who.pk


def copy_of_letters(user_id: str) -> dict[str, Any]:
    """What is kept of a reader here, as JSON knows it: lists, and every proof of consent."""
    mine = _of(user_id)
    keys = list(mine.values_list("key", flat=True))
    proofs = models.Consent.objects.filter(key__in=keys).order_by("pk")
    return {
        "subscribers": list(mine.values("address", "name", "language", "time_zone", "created_at")),
        "lists": list(
            models.Subscription.objects.filter(subscriber__in=mine)
            .order_by("pk")
            .values("newsletter__name", "standing", "confirmed_at", "ended_at", "ended_why")
        ),
        "consents": list(proofs.values("act", "list_slug", "shown", "where", "at")),
    }


@transaction.atomic
def forget_letters(user_id: str, _choice: str) -> dict[str, int]:
    """End what a deleted account was on; what proves consent stays, without the account."""
    at, ended = clock.now(), 0
    for who in _of(user_id):
        ended += len(end_all(who, why=Ending.ACCOUNT, told=DELETED, at=at))
        keep_proof(Act.FORGOTTEN, who.key, "", told=DELETED, at=at, proof={})
        models.Subscriber.objects.filter(pk=who.pk).update(
            reader=None, name="", turn=who.turn + 1
        )  # fmt: skip
    return {"newsletters": ended}


def _of(user_id: str) -> QuerySet[models.Subscriber]:
    """Whoever a reader is here: tied to the account, or under its address."""
    email = get_user_model().objects.filter(pk=user_id).values_list("email", flat=True).first()
    try:
        key = key_of(normalised(email or ""))
    except AddressRefused:
        key = ""
    return models.Subscriber.objects.filter(Q(reader_id=user_id) | Q(key=key or "-"))
