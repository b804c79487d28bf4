"""One subscriber as their own preference centre knows them."""

from dataclasses import dataclass

from dateline.newsletters import models
from dateline.newsletters.domain.kinds import Standing


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


def maybe(subscriber_id: int) -> Known | None:
    """The same, or None where they are forgotten."""
    exists = models.Subscriber.objects.filter(pk=subscriber_id).exists()
    return known(subscriber_id) if exists else None


def known(subscriber_id: int) -> Known:
    """A subscriber and where they stand, read now. Two queries."""
    who = models.Subscriber.objects.get(pk=subscriber_id)
    on = who.subscriptions.filter(standing=Standing.CONFIRMED.value)
    return Known(
        who.pk, who.key, who.address, who.name, who.language, who.time_zone, who.uncounted,
        frozenset(on.values_list("newsletter_id", flat=True)),
    )  # fmt: skip
