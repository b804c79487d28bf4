"""Approve, pause and kill a campaign: one verb, one transaction, one fact."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.promos import models
from dateline.promos.domain.errors import PromoRefused, Unfit
from dateline.promos.domain.kinds import MOVES, State, Tier, Verb
from dateline.promos.events import CampaignKilled, CampaignMoved
from dateline.promos.queries import campaigns, people
from dateline.promos.services.booking import note, problems_now
from dateline.promos.services.managers import must_manage

CHECKED = frozenset({Verb.SUBMIT, Verb.APPROVE, Verb.RESUME})
REASONED = frozenset({Verb.RETURN, Verb.KILL})


@transaction.atomic
def move(
    campaign_id: int, verb: Verb, *, by: UUID, reason: str = "", at: datetime | None = None
) -> None:
    """Submit, return, approve, pause, resume, end or kill a campaign. `at` is aware UTC.

    A kill is true at once: its manifest is never given again, its links answer 404, and pages that
    are open drop it within a minute. It cannot be undone.

    Raises:
        NotYours: `by` does not book offers for each of its mastheads.
        PromoRefused: it is in a state that does not allow it, a reason is missing, or `by` wrote
            it and somebody else is there to approve it.
        Unfit: it could not run as it is now.

    """
    at = at or clock.now()
    row = campaigns.rows().select_for_update(of=("self",)).get(pk=campaign_id)
    must_manage(by, row.home_id, *(one.pk for one in row.mastheads.all()))
    if verb in REASONED and not reason.strip():
        raise PromoRefused("Say why: it is kept with the campaign.")
    if verb is Verb.APPROVE:
        _must_be_another(row, by)
    if verb in CHECKED and (problems := problems_now(row, campaigns.terms_of(row))):
        raise Unfit(problems)
    _go(row, verb, by=by, reason=reason.strip(), at=at)


def _must_be_another(row: models.Campaign, by: UUID) -> None:
    """Four eyes: who wrote a campaign does not approve it, unless nobody else could."""
    ids = {row.home_id, *(one.pk for one in row.mastheads.all())}
    others = people.may_approve_instead(by, ids, author_id=campaigns.author_of(row))
    if others:
        raise PromoRefused(f"You wrote this campaign. It is for {' or '.join(others)} to approve.")


def move_on(*, at: datetime) -> int:
    """Start and end campaigns as their windows say; return how many. Safe to run again.

    `at` is aware UTC. Readers do not wait for it: what a manifest lists is asked of the window.
    """
    moved = 0
    open_ones = campaigns.rows().filter(state__in=MOVES[Verb.END][0])
    for row in open_ones.order_by("pk"):
        times = campaigns.times_of(row)
        if not times:
            continue  # its days were taken from it behind our back
        if times[-1].end <= at:
            moved += _by_clock(row.pk, Verb.END, at=at)
        elif row.state == State.APPROVED and times[0].start <= at:
            moved += _by_clock(row.pk, Verb.START, at=at)
    return moved


@transaction.atomic
def _by_clock(campaign_id: int, verb: Verb, *, at: datetime) -> bool:
    row = campaigns.rows().select_for_update(of=("self",)).get(pk=campaign_id)
    if row.state not in MOVES[verb][0]:
        return False  # somebody was quicker
    _go(row, verb, by=None, reason="", at=at)
    return True


def _go(row: models.Campaign, verb: Verb, *, by: UUID | None, reason: str, at: datetime) -> None:
    froms, became = MOVES[verb]
    if row.state not in froms:
        raise PromoRefused(f"The campaign is {row.state}; you cannot {verb} it.")
    was, row.state = row.state, became
    row.killed_at = at if verb is Verb.KILL else None
    if verb in {Verb.APPROVE, Verb.RESUME}:
        row.paced_at = None  # what came and went meanwhile says nothing of the next minute
    row.save(update_fields=["state", "killed_at", "paced_at"])
    note(row.pk, verb, was=was, became=became, by=by, at=at, reason=reason)
    said, where, house = str(by or ""), tuple(one.pk for one in row.mastheads.all()), Tier.HOUSE
    if verb is Verb.KILL:
        outbox.record(
            CampaignKilled(
                campaign_id=row.pk,
                was=was,
                mastheads=where,
                house=row.tier == house,
                by=said,
                at=at,
            )
        )
        return
    outbox.record(
        CampaignMoved(
            campaign_id=row.pk, verb=verb, was=was, became=became, mastheads=where,
            house=row.tier == house, by=said, at=at,
        )
    )  # fmt: skip
