"""Put somebody on a list or take them off it, with proof; every way in and out comes by here."""

from datetime import datetime
from typing import Any

from dateline.mail.domain.states import Reason
from dateline.mail.services import suppression
from dateline.newsletters import models
from dateline.newsletters.adapters.hashing import hashed
from dateline.newsletters.domain.consent import Told
from dateline.newsletters.domain.kinds import Act, Ending, Standing
from dateline.newsletters.domain.links import scope_of
from dateline.newsletters.events import SubscriptionConfirmed, SubscriptionEnded
from dateline.outbox import services as outbox

# What is withheld with each ending; an account that is gone, and an editor's hand, count as a wish.
REASONS = {Ending.BOUNCE: Reason.BOUNCE, Ending.COMPLAINT: Reason.COMPLAINT}


def keep_proof(
    act: Act, key: str, list_slug: str, *, told: Told, at: datetime, proof: dict[str, Any]
) -> None:
    """Write down one act of consent, or its end. `key` is an address in lower case, `at` UTC.

    To be called inside the transaction of what it proves.
    """
    models.Consent.objects.create(
        act=act.value, key=key, list_slug=list_slug, shown=told.shown, where=told.where[:300],
        from_hash=hashed(told.ip), by=told.by[:120], proof=proof, at=at,
    )  # fmt: skip


def put_on(
    who: models.Subscriber,
    newsletter: models.Newsletter,
    *,
    act: Act,
    told: Told,
    at: datetime,
    masthead_id: int | None = None,
    proof: dict[str, Any] | None = None,
) -> bool:
    """Put a subscriber on a list with proof of why; say whether that is new. `at` is aware UTC.

    Letters of the list are no longer withheld from the address. To be called inside a transaction.
    """
    row = _locked(who, newsletter)
    if row.standing == Standing.CONFIRMED:
        return False
    row.standing, row.confirmed_at = Standing.CONFIRMED.value, at
    row.ended_at, row.ended_why = None, ""
    row.save(update_fields=["standing", "confirmed_at", "ended_at", "ended_why"])
    suppression.lift(who.address, scope=scope_of(newsletter.pk), by=f"newsletters: {act}", at=at)
    keep_proof(act, who.key, newsletter.slug, told=told, at=at, proof=proof or {})
    outbox.record(
        SubscriptionConfirmed(
            newsletter_id=newsletter.pk, subscriber_id=who.pk, masthead_id=masthead_id,
            act=act.value, at=at,
        )
    )  # fmt: skip
    return True


def take_off(
    who: models.Subscriber,
    newsletter: models.Newsletter,
    *,
    why: Ending,
    told: Told,
    at: datetime,
    by: str = "",
    proof: dict[str, Any] | None = None,
) -> bool:
    """Take a subscriber off a list, keep why, and say whether that is new. `at` is aware UTC.

    Letters that have not left stop, also of an edition that is on its way. To be called inside a
    transaction. `by` is an editor's UUID where one did it.
    """
    row = _locked(who, newsletter)
    scope, reason = scope_of(newsletter.pk), REASONS.get(why, Reason.REQUEST)
    suppression.suppress(who.address, scope=scope, reason=reason, source="newsletters", at=at)
    if row.standing == Standing.ENDED:
        return False
    row.standing, row.ended_at, row.ended_why = Standing.ENDED.value, at, why.value
    row.save(update_fields=["standing", "ended_at", "ended_why"])
    proof = {"why": why.value, **(proof or {})}
    keep_proof(Act.ENDED, who.key, newsletter.slug, told=told, at=at, proof=proof)
    outbox.record(
        SubscriptionEnded(
            newsletter_id=newsletter.pk, subscriber_id=who.pk, why=why.value, by=by, at=at
        )
    )
    return True


def _locked(who: models.Subscriber, newsletter: models.Newsletter) -> models.Subscription:
    """Where they stand, with nobody else changing it meanwhile."""
    row, _ = models.Subscription.objects.select_for_update().get_or_create(
        newsletter=newsletter, subscriber=who, defaults={"standing": Standing.ASKED.value}
    )
    return row
