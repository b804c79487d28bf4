"""A seeded day of a network: stories of unequal fame, born and fading, readers, and a bot's burst.

Nothing here is random twice: the same seed gives the same events.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from dateline.trending.domain.baseline import Standing, usual
from dateline.trending.domain.rank import Candidate
from dateline.trending.domain.views import Kind, Seen, Source

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0
START = 1_800_000_000.0 // DAY * DAY
HOST = 1
SITES = {1: 60.0, 2: 40.0, 3: 12.0, 4: 3.0}  # engaged views a minute
MIX = {
    Source.SEARCH: 34, Source.DIRECT: 22, Source.SOCIAL: 16, Source.INTERNAL: 14,
    Source.SISTER: 6, Source.MAIL: 5, Source.OTHER: 3,
}  # fmt: skip
SECTIONS = 8


def seeded(seed: int) -> Random:
    """Chance that is the same again for the same seed."""
    return Random(seed)


@dataclass(slots=True)
class Story:
    """One story: its fame, and the half-life of the interest in it, in seconds."""

    number: int
    site: int
    section: int
    born: float
    life: float
    fame: float
    mix: tuple[float, ...]

    def pull(self, now: float) -> float:
        """How many readers it draws, in relation to others."""
        if now < self.born:
            return 0.0
        return self.fame * math.exp2((self.born - now) / self.life)


def stories(count: int, chance: Random) -> list[Story]:
    """`count` stories over the sites; fame by Zipf's law, births over three days."""
    made = []
    for number in range(1, count + 1):
        site = 1 + number % len(SITES)
        made.append(
            Story(
                number, site, site * 100 + chance.randrange(SECTIONS),
                START - 2 * DAY + chance.random() * 3 * DAY,
                chance.uniform(3, 20) * HOUR,
                1 / chance.randint(1, count // len(SITES)) ** 0.9,
                tuple(weight * chance.uniform(0.6, 1.5) for weight in MIX.values()),
            )
        )  # fmt: skip
    return made


def readers(
    made: list[Story], chance: Random, *, start: float, end: float, scale: float = 1.0
) -> Iterator[Seen]:
    """Engaged views, oldest first, with the page views among which they are found."""
    sources = list(MIX)
    now = start
    while now < end:
        hour = (now % DAY) / HOUR
        wave = 1 + 0.6 * math.sin((hour - 9) / 24 * 2 * math.pi)
        minute: list[Seen] = []
        for site, pace in SITES.items():
            own = [story for story in made if story.site == site and story.born <= now]
            count = round(pace * wave * scale * chance.uniform(0.8, 1.2))
            if not own:
                continue
            for story in chance.choices(own, [s.pull(now) for s in own], k=count):
                at, visitor = now + chance.random() * MINUTE, chance.getrandbits(64)
                source = chance.choices(sources, story.mix)[0]
                minute += _seen(at, story, visitor, source, engaged=chance.random() < 0.6)
        yield from sorted(minute)
        now += MINUTE


def _seen(
    at: float, story: Story, visitor: int, source: Source, *, engaged: bool
) -> Iterator[Seen]:
    yield Seen(at, story.site, story.number, Kind.SHOWN, visitor, source, 0, 0)
    if engaged:
        yield Seen(at, story.site, story.number, Kind.READ, visitor, source, 10, 40)


def burst(
    story: Story, events: int, chance: Random, *, start: float, end: float
) -> list[Seen]:  # fmt: skip
    """`events` of bots on one story: half by forty visitors of every kind, half by ever new ones.

    The new ones come through one door, as a farm of addresses without a referrer does.
    """
    few = [chance.getrandbits(64) for _ in range(40)]
    made = []
    for number in range(events):
        at = chance.uniform(start, end)
        visitor, source = (
            (chance.choice(few), chance.choice(list(MIX)))
            if number % 2
            else (chance.getrandbits(64), Source.DIRECT)
        )
        made.append(Seen(at, story.site, story.number, Kind.READ, visitor, source, 10, 40))
    return sorted(made)


def exactly(events: Iterable[Seen], now: float, made: list[Story]) -> list[Standing]:
    """Every story's standing by definition: each event looked at again, nothing kept between."""
    born = {story.number: story.born for story in made}
    once: set[tuple[int, int, int, int]] = set()
    heat: dict[tuple[int, int], float] = {}
    visitors: dict[tuple[int, int], set[int]] = {}
    kinds: dict[tuple[int, int], set[Source]] = {}
    for one in events:
        key = (one.site, one.story)
        mark = (*key, one.visitor, int(one.at // (6 * HOUR)))
        if one.kind is not Kind.READ or one.at > now or mark in once:
            continue
        once.add(mark)
        age, known = now - one.at, now - born[one.story]
        young = known < 6 * HOUR
        lift = 1 / (1 - math.exp2(-(known + HOUR / 4) / HOUR)) if young else 1.0
        rate = math.log(2) * (
            0.7 * lift * math.exp2(-age / HOUR) + 0.3 / 24 * math.exp2(-age / DAY)
        )  # fmt: skip
        heat[key] = heat.get(key, 0.0) + rate
        if one.at // DAY >= now // DAY - 1:
            visitors.setdefault(key, set()).add(one.visitor)
            kinds.setdefault(key, set()).add(one.source)
    found = []
    for site in SITES:
        own = {key: value for key, value in heat.items() if key[0] == site}
        level = usual(list(own.values()))
        found += [
            Standing(site, key[1], value, (value - level.mean) / level.spread, 1.0,
                     len(visitors[key]), len(kinds[key]))
            for key, value in own.items()
            if len(visitors.get(key, ())) >= 3 and len(kinds.get(key, ())) >= 2
        ]  # fmt: skip
    return found


def candidates(made: list[Story], found: list[Standing], now: float) -> list[Candidate]:
    """What may be listed, in a fixed order."""
    known = {one.story: one for one in found}
    return [
        Candidate(s.number, s.number, s.site, s.section, now - s.born, standing=known.get(s.number))
        for s in made
        if s.born <= now
    ]
