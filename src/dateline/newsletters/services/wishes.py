"""Wishes for a masthead's alerts, said by the link of an invitation: onto its list, with proof."""

from datetime import datetime

from django.db import transaction

from dateline.accounts import queries as accounts
from dateline.accounts.queries import Wish
from dateline.mail.domain.addresses import AddressRefused, key_of, normalised
from dateline.newsletters import models
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Act, ListKind
from dateline.newsletters.queries import lists
from dateline.newsletters.services.standing import put_on

WHERE = "/alerts/"


def take(user_id: str, masthead_id: int, *, at: datetime) -> bool:
    """Put a reader on their masthead's list of alerts, as they wished; say whether that is new.

    Where the masthead has no such list yet the wish waits for one. `at` is aware UTC.
    """
    newsletter = lists.alerts_of(masthead_id)
    wish = accounts.alert_wish(user_id, masthead_id)
    return bool(newsletter and wish and _put(newsletter, wish, at=at))


def take_over(newsletter_id: int, *, at: datetime) -> int:
    """Put on a list of alerts whoever wished for it before there was one; return how many.

    Each wish is taken once: who left since is left alone. `at` is aware UTC.
    """
    rows = models.Newsletter.objects.filter(pk=newsletter_id, kind=ListKind.ALERTS.value)
    newsletter = rows.exclude(masthead=None).first()
    if newsletter is None or newsletter.masthead_id is None:
        return 0
    return sum(
        _put(newsletter, wish, at=at) for wish in accounts.alert_wishes(newsletter.masthead_id)
    )


@transaction.atomic
def _put(newsletter: models.Newsletter, wish: Wish, *, at: datetime) -> bool:
    try:
        address = normalised(wish.address)
    except AddressRefused:
        return False
    who, _ = models.Subscriber.objects.get_or_create(
        key=key_of(address),
        defaults={
            "address": address, "language": newsletter.language,
            "time_zone": newsletter.time_zone, "created_at": at,
        },
    )  # fmt: skip
    models.Subscriber.objects.filter(pk=who.pk, reader=None).update(reader_id=wish.user_id)
    proof = {
        "wished_at": wish.wished_at.isoformat(), "invited_at": wish.invited_at.isoformat()
    }  # fmt: skip
    taken = models.Consent.objects.filter(
        act=Act.WISHED.value, key=who.key, list_slug=newsletter.slug,
        proof__wished_at=proof["wished_at"],
    )  # fmt: skip
    if taken.exists():
        return False
    told = Told(shown=wish.shown, where=WHERE)
    return put_on(
        who, newsletter, act=Act.WISHED, told=told, at=at,
        masthead_id=newsletter.masthead_id, proof=proof,
    )  # fmt: skip
