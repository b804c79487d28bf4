"""Which stories of the sister sites stand in a site's block, and why each of them does."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from random import Random

from dateline.trending.domain.baseline import Standing
from dateline.trending.domain.explore import Arm, choose

SLOTS = 12
SPARE = 6  # kept behind the twelve: one may be killed, or stand on the page already
PER_SITE = SLOTS // 2
PER_SECTION = 2
LEAST_Z = 0.5  # what is read as usual is not trending


class RuleKind(StrEnum):
    """What an editor can ask for."""

    PIN = "pin"
    BOOST = "boost"
    BAN = "ban"


class ListKind(StrEnum):
    """The lists that are kept for each masthead."""

    BLOCK = "block"  # of the sister sites' stories, below its own
    READ = "read"  # most read of its own
    RISING = "rising"


class Reason(StrEnum):
    """Why a story stands in a block."""

    READ = "read"
    BOOSTED = "boosted"
    PINNED = "pinned"
    TRIED = "tried"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an editor decided about a story on one host. `until` is aware UTC.

    `slot` (from 1) is where a pinned story stands; a boosted one's number is multiplied by
    `factor`.
    """

    kind: RuleKind
    story: int
    until: datetime
    slot: int = 1
    factor: float = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story on a sister site for which the gate is open there and for this host.

    `placement` names it on its site. `age_s` counts from its publication; `foreign` says that its
    site has another language than the host.
    """

    placement: int
    story: int
    site: int
    section: int
    age_s: float
    sensitive: bool = False
    foreign: bool = False
    standing: Standing | None = None

    @property
    def z(self) -> float:
        """Its number, or nothing where nobody reads it."""
        return self.standing.z if self.standing else 0.0


@dataclass(frozen=True, slots=True)
class Listed:
    """A story in a block, with what its place there is made of."""

    placement: int
    story: int
    site: int
    section: int
    reason: Reason
    z: float = 0.0
    heat: float = 0.0
    readers: int = 0
    sources: int = 0


@dataclass(slots=True)
class _Block:
    """A block while it is filled: nothing twice, no site or section more than its share."""

    listed: list[Listed]
    sites: Counter[int]
    sections: Counter[int]
    stories: set[int]

    def takes(self, one: Candidate) -> bool:
        return (
            one.story not in self.stories
            and self.sites[one.site] < PER_SITE
            and self.sections[one.section] < PER_SECTION
        )

    def add(self, one: Candidate, reason: Reason) -> Listed:
        new = listed(one, reason)
        self.listed.append(new)
        self.count(new)
        return new

    def count(self, new: Listed) -> None:
        self.sites[new.site] += 1
        self.sections[new.section] += 1
        self.stories.add(new.story)


def listed(one: Candidate, reason: Reason) -> Listed:
    """A candidate with its numbers, as it is stored."""
    standing = one.standing
    new = Listed(one.placement, one.story, one.site, one.section, reason)
    if standing is None:
        return new
    return replace(
        new, z=one.z, heat=standing.heat, readers=standing.readers, sources=standing.sources
    )


def rank(
    candidates: Iterable[Candidate],
    *,
    host: int,
    rules: Sequence[Rule] = (),
    trials: Mapping[int, tuple[int, int]] | None = None,
    at: datetime,
    chance: Random,
) -> list[Listed]:
    """The block of one host: up to SLOTS stories, then up to SPARE that may step in.

    Never a story of the host, a sensitive or a banned one. Pins stand where they were put; then the
    hottest against their own sites, no site with more than half of the block and no section with
    more than two; the last slot tries a new story; what is left goes to the newest. `trials` are
    (views, clicks) of the exploring slot by story; `at` is aware UTC. What is foreign comes after
    all that is not, however hot; where all is, it makes no difference.
    """
    ruled = {rule.story: rule for rule in rules if rule.until > at}
    banned = {story for story, rule in ruled.items() if rule.kind is RuleKind.BAN}
    good = [
        _boosted(one, ruled.get(one.story))
        for one in candidates
        if one.site != host and not one.sensitive and one.story not in banned
    ]
    if all(one.foreign for one in good):
        good = [replace(one, foreign=False) for one in good]
    block = _Block([], Counter(), Counter(), set())
    pins = _pins(good, ruled, block)
    hot = sorted(
        (one for one in good if one.z >= LEAST_Z),
        key=lambda one: (one.foreign, -one.z, one.age_s, one.story),
    )
    room = SLOTS - len(pins) - 1
    for one in hot:
        if not one.foreign and len(block.listed) < room and block.takes(one):
            block.add(one, _reason(one, ruled))
    tried = _try_one(good, trials or {}, block, chance)
    _fill(block, hot, good, ruled, room=SLOTS - len(pins) - len(tried))
    top = _with_pins([*block.listed, *tried], pins)
    return top + _spare(block, hot, good, ruled)


def _boosted(one: Candidate, rule: Rule | None) -> Candidate:
    if rule is None or rule.kind is not RuleKind.BOOST or one.standing is None:
        return one
    standing = one.standing
    return replace(one, standing=replace(standing, z=max(standing.z, LEAST_Z) * rule.factor))


def _reason(one: Candidate, ruled: Mapping[int, Rule]) -> Reason:
    return Reason.BOOSTED if one.story in ruled else Reason.READ


def _pins(good: Sequence[Candidate], ruled: Mapping[int, Rule], block: _Block) -> dict[int, Listed]:
    """Pinned stories by slot, counted into the shares of the block but bound by none."""
    pins: dict[int, Listed] = {}
    for one in good:
        rule = ruled.get(one.story)
        if rule and rule.kind is RuleKind.PIN and one.story not in block.stories:
            slot = min(max(rule.slot, 1), SLOTS)
            while slot in pins:
                slot = slot % SLOTS + 1
            if len(pins) < SLOTS - 1:
                pins[slot] = listed(one, Reason.PINNED)
                block.count(pins[slot])
    return pins


def _try_one(
    good: Sequence[Candidate],
    trials: Mapping[int, tuple[int, int]],
    block: _Block,
    chance: Random,
) -> list[Listed]:
    """The story in the exploring slot: a young one that the numbers cannot judge yet."""
    arms: list[Arm] = []
    known: dict[int, Candidate] = {}
    for one in good:
        if not one.foreign and block.takes(one):
            arms.append(Arm(one.story, one.age_s, *trials.get(one.story, (0, 0))))
            known.setdefault(one.story, one)
    story = choose(arms, chance)
    if story is None:
        return []
    tried = listed(known[story], Reason.TRIED)
    block.count(tried)
    return [tried]


def _fill(
    block: _Block,
    hot: Sequence[Candidate],
    good: Sequence[Candidate],
    ruled: Mapping[int, Rule],
    *,
    room: int,
) -> None:
    """Fill the block up to `room`: what is hot within the shares, the newest, then anything."""
    newest = sorted(good, key=lambda one: (one.foreign, one.age_s, one.story))
    order = [*hot, *_in_turn(newest)]
    if newest and newest[-1].foreign:
        order.sort(key=lambda one: one.foreign)  # stable: the rest of their order stays
    for one in order:
        if len(block.listed) >= room:
            return
        if block.takes(one):
            block.add(one, _reason(one, ruled) if one.z >= LEAST_Z else Reason.NEWEST)
    for one in newest:  # a network of two sites: its block may be of one
        if len(block.listed) >= room:
            return
        if one.story not in block.stories:
            block.add(one, _reason(one, ruled) if one.z >= LEAST_Z else Reason.NEWEST)


def _in_turn(newest: Sequence[Candidate]) -> list[Candidate]:
    """The newest of each site, then the second newest of each, and so on."""
    turns: Counter[int] = Counter()
    numbered = []
    for one in newest:
        turns[one.site] += 1
        numbered.append((turns[one.site], one))
    return [one for _, one in sorted(numbered, key=lambda pair: pair[0])]


def _with_pins(rest: list[Listed], pins: Mapping[int, Listed]) -> list[Listed]:
    top = list(rest)
    for slot, one in sorted(pins.items()):
        top.insert(slot - 1, one)
    return top


def _spare(
    block: _Block,
    hot: Sequence[Candidate],
    good: Sequence[Candidate],
    ruled: Mapping[int, Rule],
) -> list[Listed]:
    block.listed.clear()
    newest = sorted(good, key=lambda one: (one.foreign, one.age_s, one.story))
    for one in (*hot, *newest):
        if len(block.listed) < SPARE and one.story not in block.stories:
            block.add(one, _reason(one, ruled) if one.z >= LEAST_Z else Reason.NEWEST)
    return block.listed
