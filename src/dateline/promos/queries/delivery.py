"""What campaigns delivered, beside their plan: for the desk's lists and the advertiser's report."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Sum

from dateline.charts import Chart, chart
from dateline.promos import models
from dateline.promos.domain.pacing import plan_of
from dateline.promos.queries import campaigns

COLUMNS = ("chances", "viewable", "clicks", "copies")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What one day of the home masthead's clock brought; `planned` is None where nothing is."""

    day: date
    planned: int | None
    viewable: int
    clicks: int
    copies: int


@dataclass(frozen=True, slots=True)
class Report:
    """One campaign's delivery. `due` is what its plan wants by now, None where it has no goal."""

    campaign: models.Campaign
    days: tuple[Day, ...]
    viewable: int
    clicks: int
    copies: int
    due: int | None
    chart: Chart

    @property
    def click_rate(self) -> float:
        """Clicks of a hundred viewable impressions."""
        return 100 * self.clicks / self.viewable if self.viewable else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign in the desk's list."""

    campaign: models.Campaign
    viewable: int
    clicks: int
    due: int | None


def lines(masthead_ids: Collection[int], *, at: datetime, most: int = 200) -> list[Line]:
    """Campaigns that stand on any of these mastheads, the newest first. `at` is aware UTC."""
    rows = campaigns.rows().filter(mastheads__in=masthead_ids).distinct().order_by("-pk")[:most]
    found = list(rows)
    counted = models.Count.objects.filter(campaign__in=found).values("campaign")
    totals = {
        one["campaign"]: one
        for one in counted.annotate(seen=Sum("viewable"), clicked=Sum("clicks")).order_by()
    }
    nothing = {"seen": 0, "clicked": 0}
    return [
        Line(row, (got := totals.get(row.pk, nothing))["seen"], got["clicked"], _due(row, at=at))
        for row in found
    ]


def report(campaign_id: int, *, at: datetime) -> Report | None:
    """The delivery of one campaign up to `at` (aware UTC); None where there is no such campaign."""
    row = campaigns.rows().filter(pk=campaign_id).first()
    if row is None:
        return None
    by_day = _by_day(row)
    today = at.astimezone(ZoneInfo(row.home.time_zone)).date()
    every = [row.first_day + n * DAY for n in range((row.last_day - row.first_day).days + 1)]
    planned = _planned(row, every)
    wanted: list[int | None] = [None] * len(every)
    if planned:
        wanted = [round(now - was) for was, now in zip([0.0, *planned], planned, strict=False)]
    nothing = dict.fromkeys(COLUMNS, 0)
    days = tuple(
        Day(day, plan, *(by_day.get(day, nothing)[column] for column in COLUMNS[1:]))
        for day, plan in zip(every, wanted, strict=True)
    )
    seen = list(accumulate(day.viewable for day in days if day.day <= today))
    totals = {c: sum(one[c] for one in by_day.values()) for c in COLUMNS}
    return Report(
        row, days, totals["viewable"], totals["clicks"], totals["copies"], _due(row, at=at),
        chart(planned=planned, delivered=seen),
    )  # fmt: skip


def _due(row: models.Campaign, *, at: datetime) -> int | None:
    times = campaigns.times_of(row)
    return round(plan_of(row.goal, times).at(at)) if row.goal and times else None


def _planned(row: models.Campaign, every: list[date]) -> list[float]:
    """What is due by the end of each day; nothing where nothing is promised."""
    times = campaigns.times_of(row)
    if not row.goal or not times:
        return []
    plan, zone = plan_of(row.goal, times), ZoneInfo(row.home.time_zone)
    ends = (datetime.combine(day + DAY, datetime.min.time(), zone) for day in every)
    return [plan.at(end) for end in ends]


def _by_day(row: models.Campaign) -> dict[date, dict[str, int]]:
    zone = ZoneInfo(row.home.time_zone)
    found: dict[date, dict[str, int]] = {}
    hours: Any = models.Count.objects.filter(campaign=row).values_list("hour", *COLUMNS)
    for hour, *numbers in hours:
        day = found.setdefault(hour.astimezone(zone).date(), dict.fromkeys(COLUMNS, 0))
        for column, number in zip(COLUMNS, numbers, strict=True):
            day[column] += number
    return found
