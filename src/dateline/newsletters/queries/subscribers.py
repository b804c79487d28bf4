"""One subscriber as their own preference centre knows them."""

from dataclasses import dataclass

from dateline.newsletters import models
from dateline.newsletters.domain.kinds import Standing

A_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a subscriber; `on` are the ids of the lists they are on, confirmed."""

    id: int
    key: str
    address: str
    name: str
    language: str
    time_zone: str
    uncounted: bool
    on: frozenset[int]


def on_list(newsletter_id: int, *, after: int = 0, size: int = A_PAGE) -> list[Known]:
    """The next subscribers who are on a list, confirmed, in the order of their ids. One query.

    `on` is that list alone. Goes on after the id `after`.
    """
    rows = models.Subscription.objects.filter(
        newsletter_id=newsletter_id, standing=Standing.CONFIRMED.value, subscriber_id__gt=after
    )
    found = rows.select_related("subscriber").order_by("subscriber_id")[:size]
    return [_known(row.subscriber, frozenset({newsletter_id})) for row in found]


def maybe(subscriber_id: int) -> Known | None:
    """The same, or None where they are forgotten."""
    exists = models.Subscriber.objects.filter(pk=subscriber_id).exists()
    return known(subscriber_id) if exists else None


def known(subscriber_id: int) -> Known:
    """A subscriber and where they stand, read now. Two queries."""
    who = models.Subscriber.objects.get(pk=subscriber_id)
    on = who.subscriptions.filter(standing=Standing.CONFIRMED.value)
    return _known(who, frozenset(on.values_list("newsletter_id", flat=True)))


def _known(who: models.Subscriber, on: frozenset[int]) -> Known:
    return Known(
        who.pk, who.key, who.address, who.name, who.language, who.time_zone, who.uncounted, on
    )
