"""Each story against what is usual on its own site, so that a small site can win.

What one kind of source alone claims is not believed: see `believed`.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from dateline.trending.domain.heat import (
    DAY_S,
    FAST_S,
    FAST_SHARE,
    LEAST_VISITORS,
    SLOW_SHARE,
    SOURCES,
    YOUNG_S,
    Heat,
    SiteHeat,
)

LOOKED_AT = 60  # stories of each site, the hottest: the rest cannot be listed
# One source may bring two and a half times what all others bring together; then the others decide.
MOST_OF_ONE = 2.5
# A reader more from elsewhere is thought of: that a few came through one door is chance.
CHANCE = 0.5  # engaged views an hour
LEAST_SPREAD = 0.5  # reads an hour: below it, three readers would be a sensation
# A story that has been there for minutes is judged by what it was read in them, and by a quarter of
# an hour more in which nobody came, so that its first three readers are no sensation either.
HEAD_START_S = 900.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one story stands on its site.

    `heat` is engaged views an hour as they are believed, `z` how many spreads that is above the
    site's usual, `rising` the last hour's rate over the last day's. `readers` are those of the last
    UTC day, `sources` the kinds of places that they came from. `doubted` says that one source
    brought more than was believed.
    """

    site: int
    story: int
    heat: float
    z: float
    rising: float
    readers: int
    sources: int
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual on a site: mean and spread of its stories, in engaged views an hour."""

    mean: float
    spread: float


def standings(heat: Heat, now: float) -> list[Standing]:
    """The hottest stories of every site that enough people read; hottest of each site first.

    At most LOOKED_AT of a site. `now` is seconds since 1970 UTC.
    """
    fast, slow = heat.rates(now)
    found: list[Standing] = []
    for number, site in heat.sites.items():
        found += _of_site(number, site, fast, slow, now)
    return found


def lift(age_s: float) -> float:
    """What the fast counter of a story is multiplied by that was published `age_s` seconds ago.

    A counter with a half-life of an hour says of a story ten minutes old how often it was read in
    an hour of which it was not there for fifty minutes. Nothing is lifted after six half-lives.
    """
    if age_s >= YOUNG_S:
        return 1.0
    return 1.0 / (1.0 - math.exp2(-(age_s + HEAD_START_S) / FAST_S))


def usual(values: Sequence[float]) -> Usual:
    """Mean and spread of a site's stories; the spread is never below LEAST_SPREAD."""
    count = len(values) or 1
    mean = sum(values) / count
    square = sum(map(mul, values, values)) / count - mean * mean
    return Usual(mean, max(math.sqrt(max(square, 0.0)), LEAST_SPREAD))


def believed(by_source: Sequence[float], mix: Sequence[float]) -> tuple[float, bool]:
    """What of one story's counters is believed, and whether some of it was not.

    Where one source brings more than MOST_OF_ONE times all others and CHANCE, it is set aside: what
    the others bring is made whole at the site's usual mix, and never to more than was counted, nor
    to more than the others agree on. A burst through one door, by many or by few, so moves nothing,
    nor does it with a few more at every other door.
    """
    total, most = sum(by_source), max(by_source)
    rest, loud = total - most, by_source.index(most)
    if not _lopsided(by_source):
        return total, False
    usual_part = min(mix[loud], MOST_OF_ONE / (1 + MOST_OF_ONE))
    return min(rest / (1 - usual_part), total, _agreed(by_source, mix, loud)), True


def _agreed(by_source: Sequence[float], mix: Sequence[float], loud: int) -> float:
    """What a story was read in all, if half of the usual readers not from `loud` tell the truth.

    Each source makes a total likely: what it brought over its usual share. The median of these
    weighs every source by that share, so that a door through which few come here says little.
    """
    likely = sorted(
        (by_source[source] / share, share)
        for source, share in enumerate(mix)
        if share > 0 and source != loud
    )
    half, passed = sum(share for _, share in likely) / 2, 0.0
    for total, share in likely:
        passed += share
        if passed >= half:
            return total
    return math.inf  # nobody knows what is usual here


def _of_site(number: int, site: SiteHeat, fast: float, slow: float, now: float) -> list[Standing]:
    values = [f * fast + s * slow for f, s in zip(site.fast, site.slow, strict=True)]
    lifted, day = _lifted(site, now), int(now // DAY_S)
    for place, factor in lifted.items():
        values[place] += site.fast[place] * fast * (factor - 1.0)
    top = heapq.nlargest(LOOKED_AT, range(len(values)), key=values.__getitem__)
    by_source = {
        place: _by_source(site, place, fast * lifted.get(place, 1.0), slow) for place in top
    }
    mix = _mix([part for part in by_source.values() if not _lopsided(part)])
    doubted = set()
    for place in top:
        less, doubt = believed(by_source[place], mix)
        if doubt:
            values[place] = less
            doubted.add(place)
    # What is doubted says nothing of the site either: else a burst lowers every other story.
    good = [value for n, value in enumerate(values) if n not in doubted] if doubted else values
    own = usual(good)
    stories = list(site.places)  # in the order of their places
    found = [
        Standing(
            site=number,
            story=stories[place],
            heat=values[place],
            z=(values[place] - own.mean) / own.spread,
            rising=_rising(site, place, fast, slow),
            readers=_readers(site, place, day),
            sources=sum(value > 0 for value in by_source[place]),
            doubted=place in doubted,
        )
        for place in top
        if site.floor_day[place] >= day - 1
    ]
    return sorted(found, key=lambda one: (-one.heat, one.story))


def _lifted(site: SiteHeat, now: float) -> dict[int, float]:
    """The factor of each young story's fast counter, by its place."""
    places = site.places
    return {places[n]: lift(now - at) for n, at in site.young.items() if n in places and at <= now}


def _by_source(site: SiteHeat, place: int, fast: float, slow: float) -> list[float]:
    part = slice(place * SOURCES, (place + 1) * SOURCES)
    return [
        f * fast + s * slow for f, s in zip(site.fast_by[part], site.slow_by[part], strict=True)
    ]


def _lopsided(by_source: Sequence[float]) -> bool:
    most = max(by_source)
    return most > MOST_OF_ONE * (sum(by_source) - most + CHANCE)


def _mix(parts: Sequence[Sequence[float]]) -> list[float]:
    """The share of each source in what a site's hottest stories are read."""
    sums = [sum(column) for column in zip(*parts, strict=True)]
    total = sum(sums)
    return [one / total for one in sums] if total else [0.0] * SOURCES


def _rising(site: SiteHeat, place: int, fast: float, slow: float) -> float:
    """The last hour's rate over the last day's: 1 is steady; both shares are taken out again."""
    day = site.slow[place] * slow / SLOW_SHARE
    return site.fast[place] * fast / FAST_SHARE / day if day else 0.0


def _readers(site: SiteHeat, place: int, day: int) -> int:
    """Readers of the day; just after midnight, when they are few, at least those of the floor."""
    today = site.readers[place] if site.day[place] == day else 0
    return max(today, LEAST_VISITORS)
