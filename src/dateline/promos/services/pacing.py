"""Set each guaranteed campaign's share of the next minute from what was counted in the last."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.promos import models
from dateline.promos.domain.kinds import SHOWN, Tier
from dateline.promos.domain.pacing import AHEAD_S, plan_of, share
from dateline.promos.domain.windows import is_open
from dateline.promos.queries import campaigns

EVERY_S = 30.0
SOONEST = timedelta(seconds=20)  # two workers do not measure over nothing
DIGITS = 6


def pace(*, at: datetime) -> int:
    """Set the shares of all that run at `at` (aware UTC); return how many. Renews manifests.

    The first look at a campaign only begins to count: its share stays 0 for that half minute.
    """
    guaranteed = campaigns.rows().filter(state__in=SHOWN, tier=Tier.GUARANTEED)
    paced = [row for row in guaranteed.order_by("pk") if _paced(row, at=at)]
    tags = {keys.offers(one.pk) for row in paced for one in row.mastheads.all()}
    if tags:
        edge.purge_softly(tags, cause="pacing")
    return len(paced)


@transaction.atomic
def _paced(row: models.Campaign, *, at: datetime) -> bool:
    times = campaigns.times_of(row)
    if not is_open(times, at) or (row.paced_at and at - row.paced_at < SOONEST):
        return False
    counted = models.Count.objects.filter(campaign=row).aggregate(
        chances=Sum("chances", default=0), viewable=Sum("viewable", default=0)
    )
    taken = 0.0
    if row.paced_at:
        plan = plan_of(row.goal or 0, times)
        taken = share(
            due_soon=plan.at(at + timedelta(seconds=AHEAD_S)),
            delivered=counted["viewable"],
            chances=counted["chances"] - row.chances_then,
            over_s=(at - row.paced_at).total_seconds(),
        )
    models.Campaign.objects.filter(pk=row.pk).update(
        share=round(taken, DIGITS), paced_at=at, chances_then=counted["chances"]
    )
    return True
