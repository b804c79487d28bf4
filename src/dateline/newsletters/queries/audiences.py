"""Whom an edition goes to, and in which texts."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dateline.mail.services.mailings import Recipient
from dateline.newsletters import models
from dateline.newsletters.domain.editions import content_of
from dateline.newsletters.domain.kinds import Standing
from dateline.newsletters.domain.segments import Segment, Variant, variant_of
from dateline.newsletters.domain.timing import due_at
from dateline.newsletters.queries import lists


def readers_of(newsletter_id: int) -> int:
    """How many are on a list, confirmed."""
    rows = models.Subscription.objects.filter(
        newsletter_id=newsletter_id, standing=Standing.CONFIRMED.value
    )
    return rows.count()


def variants_of(edition: models.Edition) -> list[Variant]:
    """Every text that the readers of an edition's list need, the list's own first. One query."""
    newsletter, content = edition.newsletter, content_of(edition.content)
    rows = models.Subscription.objects.filter(
        newsletter=newsletter, standing=Standing.CONFIRMED.value
    ).values_list("subscriber__language", "subscriber__time_zone")
    segments = [Segment(newsletter.language, newsletter.time_zone)]
    segments += [_segment(newsletter, *told) for told in rows.order_by().distinct()]
    found = (
        variant_of(content, one, list_language=newsletter.language) for one in segments
    )  # fmt: skip
    return list(dict.fromkeys(found))


def kept_variants(edition: models.Edition) -> list[Variant]:
    """The texts that were frozen, in their order."""
    return [Variant(one["language"], tuple(one["blocks"])) for one in edition.copies]


def recipients(edition: models.Edition, variants: Sequence[Variant]) -> Iterator[Recipient]:
    """Everybody on an edition's list, each with their text and when they get it; streamed.

    Who came since the texts were drawn and needs another gets the list's own.
    """
    newsletter, content = edition.newsletter, content_of(edition.content)
    number = {variant: place for place, variant in enumerate(variants)}
    known: dict[Segment, int] = {}
    for reader in lists.audience(newsletter.pk):
        segment = _segment(newsletter, reader.language, reader.time_zone)
        if segment not in known:
            wanted = variant_of(content, segment, list_language=newsletter.language)
            known[segment] = number.get(wanted, 0)
        yield Recipient(
            address=reader.address, person=reader.subscriber_id, copy=known[segment],
            fields={"name": reader.name}, due_at=_due(edition, segment),
        )  # fmt: skip


def _due(edition: models.Edition, segment: Segment) -> datetime | None:
    if not edition.each_zone or edition.leaves_on is None or edition.wall is None:
        return None
    return due_at(
        edition.leaves_on, edition.wall, reader_zone=segment.zone,
        list_zone=edition.newsletter.time_zone,
    )  # fmt: skip


def _segment(newsletter: models.Newsletter, language: str, zone: str) -> Segment:
    return Segment(language or newsletter.language, zone or newsletter.time_zone)
