"""Where one version of an item stands among the others: newest, history, or killed.

The answers depend on what has arrived, never on the order in which it arrived, except where the
agency has left us nothing else: the same number and time twice, or a recall without a time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dateline.wire.domain.item import Usability

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_SEVERITY = {
    Usability.USABLE: 0,
    Usability.NOT_FOR_READERS: 1,
    Usability.HELD: 2,
    Usability.KILLED: 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One version of a family, as far as order and kills need it.

    made_at: when the agency made this version, aware UTC, None where it does not say. recalls: it
    takes earlier versions down (IPTC `canceled`, and `withheld` where the provider means recall).
    arrival: larger for what was stored later.
    """

    version: int
    made_at: datetime | None
    usability: Usability
    recalls: bool
    arrival: int


class Effect(StrEnum):
    """What a version that has just arrived does to its family."""

    NEWEST = "newest"  # usable, and newer than all we have
    KILLS = "kills"  # takes the family down
    NEEDS_PERSON = "needs_person"  # newest, but not to be used as it is
    DEAD = "dead"  # a kill was here first
    HISTORY = "history"  # something newer was here first


def order_of(one: Standing) -> tuple[int, bool, datetime, int, int]:
    """A key that sorts versions of one family, oldest first. Numbers compare as numbers.

    Under the same number a recall comes last, then the later time, then the stricter usability.
    """
    return (
        one.version, one.recalls, one.made_at or _LONG_AGO, _SEVERITY[one.usability], one.arrival
    )  # fmt: skip


def newest_of(family: Iterable[Standing]) -> Standing | None:
    """The newest version, or None when there is none."""
    return max(family, key=order_of, default=None)


def reaches(recall: Standing, one: Standing) -> bool:
    """Whether a recall takes this version down.

    It covers every version up to its own number. Feeds exist that cancel without a number, so it
    covers a larger number too when that version was made before it; where a time is not known, when
    it came before it.
    """
    if one.version <= recall.version:
        return True
    if recall.made_at and one.made_at:
        return one.made_at <= recall.made_at
    return one.arrival < recall.arrival


def recall_of(one: Standing, family: Iterable[Standing]) -> Standing | None:
    """The newest recall in `family` that takes `one` down, or None."""
    return newest_of(r for r in family if r.recalls and reaches(r, one))


def newest_usable(family: Sequence[Standing]) -> Standing | None:
    """The newest version that is usable and that no recall takes down, or None."""
    usable = (s for s in family if s.usability is Usability.USABLE)
    return newest_of(s for s in usable if not recall_of(s, family))


def effect_of(new: Standing, before: Sequence[Standing]) -> Effect:
    """What `new` does to the family whose other versions are `before`, in any order."""
    if new.recalls:
        standing = newest_usable(before)
        return Effect.KILLS if standing is None or reaches(new, standing) else Effect.HISTORY
    if recall_of(new, before):
        return Effect.DEAD
    newest = newest_of(before)
    if newest and order_of(newest) > order_of(new):
        return Effect.HISTORY
    if new.usability is Usability.USABLE:
        return Effect.NEWEST
    if new.usability is Usability.NOT_FOR_READERS and newest_usable(before) is None:
        return Effect.HISTORY  # a notice nobody could have published is no alarm
    return Effect.NEEDS_PERSON
