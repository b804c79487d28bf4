"""Book a campaign, and change it while no reader may see it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.media import queries as media
from dateline.outbox import services as outbox
from dateline.promos import models
from dateline.promos.domain.errors import NotYours, PromoRefused, Unfit
from dateline.promos.domain.kinds import EDITABLE
from dateline.promos.domain.terms import CreativeTerms, Terms
from dateline.promos.events import CampaignBooked, CampaignChanged
from dateline.promos.queries import network, people
from dateline.promos.services.managers import must_manage

OF_A_CREATIVE = ("kind", "headline", "text", "cta", "target_url", "code", "picture_id", "alt")
NAME_LONGEST, CONTACT_LONGEST = 80, 200


@transaction.atomic
def add_advertiser(name: str, *, by: UUID, contact: str = "", at: datetime | None = None) -> int:
    """Write down who pays, or whose offers these are; return the id, also of one there was.

    `at` is aware UTC.

    Raises:
        NotYours: `by` books offers nowhere.
        Unfit: no name, or one that is too long.

    """
    if not people.manages_any(by):
        raise NotYours("You book offers for no masthead.")
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LONGEST:
        raise Unfit([f"An advertiser needs a name of at most {NAME_LONGEST} characters."])
    row, _ = models.Advertiser.objects.get_or_create(
        name=name,
        defaults={"contact": contact[:CONTACT_LONGEST], "created_at": at or clock.now()},
    )
    return row.pk


@transaction.atomic
def book(terms: Terms, *, by: UUID, at: datetime | None = None) -> int:
    """Write a campaign down as a draft, which no reader sees; return its id. `at` is aware UTC.

    Raises:
        Unfit: it could never run as it is; `problems` says why.
        NotYours: `by` does not book offers for each of its mastheads.

    """
    at = at or clock.now()
    ids = _checked(terms, by=by)
    row = models.Campaign(home_id=ids[terms.home], created_at=at)
    _fill(row, terms, ids)
    note(row.pk, "book", was="", became=row.state, by=by, at=at)
    outbox.record(CampaignBooked(campaign_id=row.pk, by=str(by), at=at))
    return row.pk


@transaction.atomic
def change(campaign_id: int, terms: Terms, *, by: UUID, at: datetime | None = None) -> None:
    """Put other terms and creatives in place of a draft's. What it is not given, is withdrawn.

    A draft that was submitted is a draft again: what is approved is what was read. Else as `book`.

    Raises:
        PromoRefused: it is no draft any more; return it to its desk first.

    """
    at = at or clock.now()
    row = models.Campaign.objects.select_for_update().get(pk=campaign_id)
    must_manage(by, row.home_id, *row.mastheads.values_list("pk", flat=True))
    if row.state not in EDITABLE:
        raise PromoRefused(f"The campaign is {row.state}. Return it to draft to change it.")
    ids = _checked(terms, by=by)
    row.home_id, was = ids[terms.home], row.state
    row.state = "draft"
    _fill(row, terms, ids)
    note(row.pk, "change", was=was, became=row.state, by=by, at=at)
    outbox.record(CampaignChanged(campaign_id=row.pk, by=str(by), at=at))


def problems_now(row: models.Campaign, terms: Terms) -> list[str]:
    """What keeps a campaign that was booked from running now: sections and pictures come and go."""
    gone = [
        f"The picture of {one.headline!r} is gone."
        for one in terms.creatives
        if one.picture_id and media.by_id(one.picture_id) is None
    ]
    return terms.problems(network.titles()) + gone + ([] if row.pk else ["It is not booked."])


def note(
    campaign_id: int, verb: str, *, was: str, became: str, by: UUID | None, at: datetime,
    reason: str = "",
) -> None:  # fmt: skip
    """Keep what was done with a campaign. `at` is aware UTC; `by` is None for the clock."""
    models.CampaignNote.objects.create(
        campaign_id=campaign_id, verb=verb, was=was, became=became, by_id=by, at=at, reason=reason
    )


def _checked(terms: Terms, *, by: UUID) -> dict[str, int]:
    """The ids of the mastheads by slug, once nothing speaks against the terms."""
    ids = {site.slug: site.id for site in mastheads.all_mastheads()}
    problems = terms.problems(network.titles())
    if terms.home not in ids:
        problems.append(f"There is no masthead {terms.home!r} to book it.")
    if problems:
        raise Unfit(problems)
    must_manage(by, ids[terms.home], *(ids[slug] for slug in terms.targets.mastheads))
    return ids


def _fill(row: models.Campaign, terms: Terms, ids: dict[str, int]) -> None:
    row.name, row.advertiser_id = terms.name.strip(), terms.advertiser_id or 0
    row.tier, row.label = terms.tier, terms.label
    row.first_day, row.last_day = terms.window.first_day, terms.window.last_day
    row.day_parts = [[sorted(p.days), p.start, p.end] for p in terms.window.parts]
    for name in ("sections", "not_sections", "topics", "not_topics", "languages"):
        setattr(row, name, sorted(getattr(terms.targets, name)))
    row.goal, row.weight = terms.goal, terms.weight
    row.cap_views, row.cap_hours = terms.cap_views, terms.cap_hours
    row.save()
    row.mastheads.set([ids[slug] for slug in terms.targets.mastheads])
    kept = [_creative(row, one).pk for one in terms.creatives]
    at = clock.now()
    row.creatives.exclude(pk__in=kept).filter(withdrawn_at=None).update(withdrawn_at=at)


def _creative(row: models.Campaign, one: CreativeTerms) -> models.Creative:
    found = row.creatives.filter(pk=one.creative_id).first() if one.creative_id else None
    creative = found or models.Creative(campaign=row)
    for name in OF_A_CREATIVE:
        setattr(creative, name, getattr(one, name))
    creative.withdrawn_at = None
    creative.save()
    creative.slots.exclude(slot__in=one.slots).delete()
    for slot in sorted(one.slots):
        creative.slots.get_or_create(slot=slot)
    return creative
