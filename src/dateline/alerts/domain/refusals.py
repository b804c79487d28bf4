"""Push services that refuse for good: what is ours to mend, and what ends a subscription.

RFC 8030 (5, 7.2) and RFC 8292 (4.2) say what an answer means. 401 and 403 are about the key that
names this installation, 413 is about what we send: no subscriber is at fault, and people mend it.
400 is a request that cannot be read. Where a service says so of everybody, that is ours as well;
where it takes others and refuses one again and again, that subscription is of no use any more.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ACCEPTED = range(200, 300)
OURS = frozenset({401, 403, 413})
MALFORMED = 400
REMOVED_AFTER = timedelta(days=3)
SEVERAL = 2  # of one service: that many at once, and nobody accepted, is no one subscriber's fault
WHY = {
    401: "wants to know who pushes: the key (VAPID) did not arrive",
    403: "does not take the key (VAPID) that these browsers subscribed with",
    413: "finds the message too long",
    400: "cannot read what is sent to anybody",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What one push service (its origin) said to one push."""

    follower_id: int
    origin: str
    status: int
    refused_since: datetime | None


@dataclass(slots=True)
class Judged:
    """What follows from the answers to one batch.

    `ours` counts origins and statuses that are ours to mend; the rest are ids of followers.
    """

    ours: Counter[tuple[str, int]] = field(default_factory=Counter)
    first_refused: list[int] = field(default_factory=list)
    cleared: list[int] = field(default_factory=list)
    over: list[int] = field(default_factory=list)


def judge(answers: Iterable[Answer], *, at: datetime) -> Judged:
    """Say whose fault each refusal of a batch is. `at` is aware UTC."""
    known, found = list(answers), Judged()
    took = {one.origin for one in known if one.status in ACCEPTED}
    malformed = Counter(one.origin for one in known if one.status == MALFORMED)
    for one in known:
        everybody = one.origin not in took and malformed[one.origin] >= SEVERAL
        if one.status in OURS or (one.status == MALFORMED and everybody):
            found.ours[one.origin, one.status] += 1
        elif one.status == MALFORMED:
            _refused(one, found, at=at)
        elif one.status in ACCEPTED and one.refused_since:
            found.cleared.append(one.follower_id)
    return found


def _refused(one: Answer, found: Judged, *, at: datetime) -> None:
    if one.refused_since is None:
        found.first_refused.append(one.follower_id)
    elif at - one.refused_since >= REMOVED_AFTER:
        found.over.append(one.follower_id)
