"""Campaigns as they are booked, and when each runs."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from dateline.promos import models
from dateline.promos.domain.kinds import Slot
from dateline.promos.domain.targets import Targets
from dateline.promos.domain.terms import CreativeTerms, Terms
from dateline.promos.domain.windows import DayPart, Span, Window, spans

WRITTEN = ("book", "change")  # what notes call it


def rows() -> QuerySet[models.Campaign, models.Campaign]:
    """Campaigns with everything `terms_of` reads, in seven queries however many there are."""
    creatives = models.Creative.objects.filter(withdrawn_at=None).order_by("pk")
    return models.Campaign.objects.select_related("advertiser", "home").prefetch_related(
        "mastheads", Prefetch("creatives", creatives.select_related("picture")), "creatives__slots"
    )


def window_of(row: models.Campaign) -> Window:
    """The days and parts of days of a campaign, on its home's clock."""
    parts = tuple(DayPart(frozenset(days), start, end) for days, start, end in row.day_parts)
    return Window(row.first_day, row.last_day, row.home.time_zone, parts)


def times_of(row: models.Campaign) -> tuple[Span, ...]:
    """When a campaign runs, in UTC."""
    return spans(window_of(row))


def targets_of(row: models.Campaign) -> Targets:
    """Where a campaign may stand."""
    return Targets(
        mastheads=frozenset(one.slug for one in row.mastheads.all()),
        sections=frozenset(row.sections),
        not_sections=frozenset(row.not_sections),
        topics=frozenset(row.topics),
        not_topics=frozenset(row.not_topics),
        languages=frozenset(row.languages),
    )


def terms_of(row: models.Campaign) -> Terms:
    """What a row of `rows()` was booked as."""
    return Terms(
        name=row.name,
        advertiser_id=row.advertiser_id,
        home=row.home.slug,
        tier=row.tier,
        label=row.label,
        window=window_of(row),
        targets=targets_of(row),
        creatives=tuple(_creative(one) for one in row.creatives.all()),
        goal=row.goal,
        weight=row.weight,
        cap_views=row.cap_views,
        cap_hours=row.cap_hours,
    )


def author_of(row: models.Campaign) -> UUID | None:
    """Who last wrote down what a campaign is now; None where that account is gone."""
    written = row.notes.filter(verb__in=WRITTEN).order_by("-pk")
    return written.values_list("by_id", flat=True).first()


def _creative(row: models.Creative) -> CreativeTerms:
    return CreativeTerms(
        kind=row.kind, headline=row.headline, target_url=row.target_url, text=row.text,
        slots=frozenset(Slot(one.slot) for one in row.slots.all()), cta=row.cta, code=row.code,
        picture_id=row.picture_id, alt=row.alt, creative_id=row.pk,
    )  # fmt: skip
