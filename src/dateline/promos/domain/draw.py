"""Which offer a page view gets: a draw by hash that the browser and the tests make alike.

`static/promos/offers.js` does the same, number for number. `seed` is a random number of one page
view, kept nowhere: it tells nothing about a reader.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dateline.promos.domain.kinds import Tier

MASK = 0xFFFFFFFF
FNV_START, FNV_PRIME = 0x811C9DC5, 0x01000193


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A campaign that may stand in a slot, with its creatives for it, in order.

    `share` is that of a guaranteed campaign, `weight` that of a share or house campaign.
    """

    campaign: int
    tier: Tier
    creatives: tuple[int, ...]
    share: float = 1.0
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a view shows (nothing where `campaign` is 0), and who had a chance in it.

    `chances` are (campaign, creative) of every guaranteed campaign whose draw was made.
    """

    campaign: int
    creative: int
    chances: tuple[tuple[int, int], ...]


def unit(seed: int, *words: object) -> float:
    """A number from 0 up to 1 that depends on nothing but `seed` (32 bits) and the words."""
    number = FNV_START
    for byte in ":".join(map(str, (seed, *words))).encode():
        number = ((number ^ byte) * FNV_PRIME) & MASK
    number = ((number ^ (number >> 16)) * 0x85EBCA6B) & MASK
    number = ((number ^ (number >> 13)) * 0xC2B2AE35) & MASK
    return (number ^ (number >> 16)) / (MASK + 1)


def draw(entries: Sequence[Entry], *, seed: int, slot: str, capped: Collection[int] = ()) -> Drawn:
    """Draw one of the campaigns that fit a page, for one slot of one view.

    A takeover has the slot. Else each guaranteed campaign takes its share of the views; of several
    that are drawn at once, the one whose number was the luckiest for its share. What they leave is
    divided by weight: first among shares, then among our own. `capped` campaigns had their fill.
    """
    able = [entry for entry in entries if entry.campaign not in capped]
    if takeovers := _of(able, Tier.TAKEOVER):
        return _shown(_weighed(takeovers, seed, slot), seed, slot, ())
    promised = _of(able, Tier.GUARANTEED)
    chances = tuple((entry.campaign, _creative(entry, seed, slot)) for entry in promised)
    lucky = [
        (number / entry.share, entry.campaign, entry)
        for entry in promised
        if (number := unit(seed, entry.campaign, slot)) < entry.share
    ]
    if lucky:
        return _shown(min(lucky)[2], seed, slot, chances)
    rest = _of(able, Tier.SHARE) or _of(able, Tier.HOUSE)
    if not rest:
        return Drawn(0, 0, chances)
    return _shown(_weighed(rest, seed, slot), seed, slot, chances)


def _of(entries: Sequence[Entry], tier: Tier) -> list[Entry]:
    return [entry for entry in entries if entry.tier is tier]


def _weighed(entries: Sequence[Entry], seed: int, slot: str) -> Entry:
    left = unit(seed, "rest", slot) * sum(entry.weight for entry in entries)
    for entry in entries[:-1]:
        left -= entry.weight
        if left < 0:
            return entry
    return entries[-1]


def _creative(entry: Entry, seed: int, slot: str) -> int:
    place = int(unit(seed, entry.campaign, "creative", slot) * len(entry.creatives))
    return entry.creatives[place]


def _shown(entry: Entry, seed: int, slot: str, chances: tuple[tuple[int, int], ...]) -> Drawn:
    return Drawn(entry.campaign, _creative(entry, seed, slot), chances)
