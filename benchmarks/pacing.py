"""Whether a promised number is spent evenly through a rush of readers, by a simulation.

Run: uv run python -m benchmarks.pacing [--quick]

A day of 2,000,000 views in the rhythm of a day, of which 200,000 are promised to a campaign. For
one hour six times the readers come, and the forecast that the plan is made of is wrong by up to
30 % in every hour. Once a minute the controller sees what was counted and sets the share; each view
is drawn by the hash that browsers draw with. `worst_hour` is the largest distance of an hour from
its plan, `final` that of the end from the goal, both in percent of the goal. The reference is a
controller that divides what is left by the forecast once an hour, over the same views.
"""

import argparse
import json
import math
import os
import platform
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from dateline.promos.domain.draw import unit
from dateline.promos.domain.pacing import AHEAD_S, Plan, plan_of, share
from dateline.promos.domain.windows import Span

VIEWS, QUICK_VIEWS = 2_000_000, 60_000
PROMISED = 0.1  # of the views
SPIKE_HOUR, SPIKE = 14, 6.0
WRONG_BY = 0.3
DAY_HOURS, HOUR_MINUTES = 24, 60
BEGAN = datetime(2026, 11, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Share = Callable[[int, int, int], float]  # minute, delivered, chances of the minute before


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="Fewer views.")
    print(json.dumps(_measure(QUICK_VIEWS if parser.parse_args().quick else VIEWS)))


def _measure(views: int) -> dict[str, Any]:
    began = time.perf_counter()
    chance = random.Random(5)
    goal = round(views * PROMISED)
    rhythm = [1.0 + 0.6 * math.sin((hour - 9) / DAY_HOURS * 2 * math.pi) for hour in range(24)]
    forecast = [weight * chance.uniform(1 - WRONG_BY, 1 + WRONG_BY) for weight in rhythm]
    minutes = _minutes(views, rhythm, chance)
    plan = plan_of(goal, [Span(BEGAN, BEGAN + timedelta(hours=DAY_HOURS))], forecast)
    ours = _run(minutes, lambda *seen: _budget_rate(plan, *seen))
    hourly = _run(minutes, _by_the_hour(goal, views, forecast))
    return {
        "name": "pacing",
        "ratio": round(_worst(ours, plan) / _worst(hourly, plan), 4),
        "ours": round(_worst(ours, plan), 3),
        "reference": round(_worst(hourly, plan), 3),
        "unit": "% of the goal, the worst hour; reference: what is left over the forecast, hourly",
        "worst_hour": round(_worst(ours, plan), 3),
        "final": round(100 * (sum(ours) - goal) / goal, 3),
        "reference_final": round(100 * (sum(hourly) - goal) / goal, 3),
        "notes": (
            f"{sum(minutes):,} views, goal {goal:,}, {SPIKE:g} times the readers for an hour, "
            f"forecast wrong by up to {WRONG_BY:.0%}, {time.perf_counter() - began:.0f} s; "
            f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
        ),
    }


def _minutes(views: int, rhythm: list[float], chance: random.Random) -> list[int]:
    """How many views each minute has; an hour of a rush comes on top of the day's views."""
    found = []
    for hour, weight in enumerate(rhythm):
        mean = views * weight / sum(rhythm) / HOUR_MINUTES * (SPIKE if hour == SPIKE_HOUR else 1)
        found += [max(0, round(chance.gauss(mean, math.sqrt(mean)))) for _ in range(HOUR_MINUTES)]
    return found


def _run(minutes: list[int], share_of: Share) -> list[int]:
    """Deliver by a controller; return what each hour got."""
    hours, delivered, before, seed = [0] * DAY_HOURS, 0, 0, 0
    for minute, count in enumerate(minutes):
        taken = share_of(minute, delivered, before)
        got = sum(unit(seed + n, 1, "body") < taken for n in range(count))
        seed += count
        hours[minute // HOUR_MINUTES] += got
        delivered, before = delivered + got, count
    return hours


def _budget_rate(plan: Plan, minute: int, delivered: int, chances: int) -> float:
    if minute == 0:
        return 0.0  # nothing was seen yet: the first minute only looks
    soon = plan.at(BEGAN + minute * MINUTE + timedelta(seconds=AHEAD_S))
    return share(due_soon=soon, delivered=delivered, chances=chances, over_s=AHEAD_S)


def _by_the_hour(goal: int, views: int, forecast: list[float]) -> Share:
    """What is left over the views still expected, worked out once an hour."""
    expected = [views * weight / sum(forecast) for weight in forecast]
    kept = [0.0]

    def share_of(minute: int, delivered: int, _chances: int) -> float:
        if minute % HOUR_MINUTES == 0:
            left = sum(expected[minute // HOUR_MINUTES :])
            kept[0] = min(1.0, max(0.0, (goal - delivered) / left))
        return kept[0]

    return share_of


def _worst(hours: list[int], plan: Plan) -> float:
    """The largest distance of an hour from its plan, in percent of the goal."""
    ends = [plan.at(BEGAN + timedelta(hours=n)) for n in range(DAY_HOURS + 1)]
    away = [abs(got - (ends[n + 1] - ends[n])) for n, got in enumerate(hours)]
    return 100 * max(away) / plan.goal


if __name__ == "__main__":
    main()
