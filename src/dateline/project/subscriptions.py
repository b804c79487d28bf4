"""Who hears which fact, and in which order: the whole flow of the product on one page."""

from dateline.outbox.domain import Fact, Hearers

SUBSCRIPTIONS: dict[type[Fact], Hearers] = {}
