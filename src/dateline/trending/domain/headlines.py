"""Which headline of a story brings most readers: counts of a test, and when it is decided.

Each time a page is opened it draws one of the headlines, each as likely as another; a visitor
counts once a day, for the one that they saw first. Were all equally good, each click on one of two
would be on either with a chance of one half, whatever the hour, the place on the page or the
story. Against that stands an e-value, the mean of the likelihoods of all other chances under a
Beta prior (Robbins 1970; Ville's inequality). It may be looked at after every click: the chance
that it *ever* passes 1 / level is at most the level. All pairs share the level.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from dateline.trending.domain.views import Kind, Seen

LEVEL = 0.05  # how often a test of equally good headlines may name a winner
PRIOR = 30.0  # of both parameters: most is expected of headlines that differ by a third
MOST_OTHERS = 3
LONGEST = 120  # characters
MARKS = 43_200  # a beacon names a test by its number modulo this
REMEMBERED = 1 << 17  # places for (visitor, test); the newest of two takes a place; 1 MB
LOPSIDED_LEVEL, LOPSIDED_BY = 0.001, 1.1
IS_SEEN, IS_CLICKED = Kind.HEADLINE_SEEN, Kind.HEADLINE_CLICKED


class How(StrEnum):
    """What was done with a test, and how it ended."""

    STARTED = "started"
    DECIDED = "decided"  # one headline is better than each other
    OVER = "over"  # its hours are over
    CHOSEN = "chosen"  # an editor chose
    STORY = "story"  # the story was corrected, taken down, or got another headline


class HeadlineRefused(ValueError):
    """A test may not begin or end so. `key` names the sentence in the words of the desk."""

    def __init__(self, key: str, **told: object) -> None:
        super().__init__(key)
        self.key, self.told = key, told


class Counted(NamedTuple):
    """How many visitors had a headline in view, and how many of those followed it."""

    seen: int
    clicked: int


class Running(NamedTuple):
    """A test that goes on: its number, and how many headlines it has."""

    number: int
    arms: int


def check(own: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The other headlines as they will be shown; `own` are the story's, long and short.

    Raises:
        HeadlineRefused: there is none, one is too long, or two are the same.

    """
    texts = tuple(" ".join(text.split()) for text in others if text.strip())
    if not texts:
        raise HeadlineRefused("no_others")
    if len(texts) > MOST_OTHERS:
        raise HeadlineRefused("many_others", most=MOST_OTHERS)
    if any(len(text) > LONGEST for text in texts):
        raise HeadlineRefused("long_other", most=LONGEST)
    if len({*texts}) < len(texts) or not {*own}.isdisjoint(texts):
        raise HeadlineRefused("same_twice")
    return texts


def evidence(one: int, other: int) -> float:
    """The logarithm of the e-value against "a click is on either with a chance of one half"."""
    with_prior = _log_beta(PRIOR + one, PRIOR + other) - _log_beta(PRIOR, PRIOR)
    return with_prior + (one + other) * math.log(2)


def winner(arms: Sequence[Counted], *, over: bool) -> int | None:
    """The headline that has won, by its place; None where none has.

    One wins when it is better than each other; when the time is `over`, it is enough that it is
    better than the story's own, which is the first.
    """
    clicks = [arm.clicked for arm in arms]
    best = clicks.index(max(clicks))
    beaten = [n for n in range(len(arms)) if n != best and _better(clicks, best, n)]
    if len(beaten) == len(arms) - 1 or (over and 0 in beaten):
        return best
    return None


def by_chance(arms: Sequence[Counted]) -> float:
    """How often chance alone puts one headline so far ahead of each other, at most; up to 1."""
    clicks = [arm.clicked for arm in arms]
    best = clicks.index(max(clicks))
    least = min(evidence(clicks[best], other) for n, other in enumerate(clicks) if n != best)
    return min(1.0, pairs(len(arms)) * math.exp(-max(least, 0.0)))


def lopsided(arms: Sequence[Counted]) -> bool:
    """Whether one headline was seen so much oftener than another that counts cannot be right."""
    seen = sorted(arm.seen for arm in arms)
    far = seen[-1] > seen[0] * LOPSIDED_BY
    return far and evidence(seen[0], seen[-1]) > -math.log(LOPSIDED_LEVEL)


def pairs(arms: int) -> int:
    """How many pairs there are among so many headlines."""
    return arms * (arms - 1) // 2


def mark_of(number: int) -> int:
    """What a beacon names a test by, in the place of its seconds."""
    return number % MARKS


def _better(clicks: Sequence[int], best: int, other: int) -> bool:
    enough = math.log(pairs(len(clicks)) / LEVEL)
    return clicks[best] > clicks[other] and evidence(clicks[best], clicks[other]) >= enough


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


@dataclass(slots=True)
class Tally:
    """The counts of all tests: by number, [seen, clicked] of each headline.

    `remembered` holds which headline a visitor saw first, and whether they followed it.
    """

    counts: dict[int, list[list[int]]] = field(default_factory=dict)
    remembered: "array[int]" = field(default_factory=lambda: array("Q", bytes(8 * REMEMBERED)))

    def fold(self, events: Iterable[Seen], running: Mapping[tuple[int, int], Running]) -> None:
        """Count events, the oldest first, of `running` tests, by (site, story).

        What an older test's page still tells, or nobody's, is passed over.
        """
        for event in events:
            test = running.get((event.site, event.story))
            if test and event.seconds == mark_of(test.number) and event.depth < test.arms:
                counts = self.counts.setdefault(test.number, [[0, 0] for _ in range(test.arms)])
                self._count(counts[event.depth], event, test.number)

    def _count(self, count: list[int], event: Seen, number: int) -> None:
        mark = hash((event.visitor, number)) & (2**64 - 1)  # of numbers: always the same
        place, finger = mark % REMEMBERED, mark >> 17 << 3 | 1 << 50
        known = self.remembered[place]
        is_known = known & ~7 == finger
        if event.kind is IS_SEEN and not is_known:
            self.remembered[place] = finger | event.depth
            count[0] += 1
        elif event.kind is IS_CLICKED and is_known and known & 7 == event.depth:
            self.remembered[place] = known | 4  # a second click finds another number here
            count[1] += 1

    def of(self, test: Running) -> list[Counted]:
        """What was counted of a test."""
        return [Counted(*count) for count in self.counts.get(test.number, [[0, 0]] * test.arms)]

    def only(self, numbers: Iterable[int]) -> None:
        """Forget every test but these."""
        self.counts = {number: self.counts[number] for number in numbers if number in self.counts}
