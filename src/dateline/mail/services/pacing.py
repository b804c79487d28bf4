"""How fast mail leaves by this way, and to each receiver."""

import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dateline.mail.domain.bucket import Bucket

SLOW_AT_FIRST = 10.0  # mails a second at least, where a receiver's pace was hardly measured


@dataclass(slots=True)
class Paces:
    """A bucket for the route and for receivers that need one. Rates are mails a second; 0: none.

    A receiver that says "later" gets a bucket at half the pace that it was seen to take; it goes
    when that pace is whole again. The route's own (the empty name) works alike.
    """

    route_rate: float = 0.0
    rates: Mapping[str, float] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    before: dict[str, float] = field(default_factory=dict)  # rates of the time before `since`
    since: float = field(default_factory=time.monotonic)
    is_route_full: bool = False

    def __post_init__(self) -> None:
        for name, rate in {"": self.route_rate, **self.rates}.items():
            if rate:
                self.buckets[name] = Bucket(rate, self.since)

    def may_leave(self, domain: str, now: float) -> bool:
        """Take a token of the route and of the receiver, or none; say whether there were both."""
        route, own = self.buckets.get(""), self.buckets.get(domain)
        self.is_route_full = route is not None and not route.take(now)
        if self.is_route_full:
            return False
        if own is None or own.take(now):
            return True
        if route is not None:
            route.give_back()
        return False

    def first_of(self, parked: dict[str, deque[Any]], now: float) -> Any:
        """The first mail that stood back for its receiver's sake and may leave now, or none."""
        for domain, line in [*parked.items()]:
            if not self.may_leave(domain, now):
                continue
            job = line.popleft()
            if not line:
                del parked[domain]
            return job
        return None

    def left(self, domain: str) -> None:
        """Count a mail that a receiver took on."""
        self.seen[domain] += 1

    def hold(self, domain: str, now: float) -> None:
        """Halve a receiver's pace (the empty name: the route's); it said "not so fast"."""
        bucket = self.buckets.get(domain)
        if bucket is None:
            bucket = self.buckets[domain] = Bucket(self._seen_rate(domain, now), now)
        bucket.hold(now)

    def tidy(self, now: float) -> None:
        """Drop buckets that nobody set and that are whole again; begin to count anew."""
        for name in [one for one, bucket in self.buckets.items() if bucket.is_whole]:
            if not (self.rates.get(name) if name else self.route_rate):
                del self.buckets[name]
        self.before = {name: self._seen_now(name, now) for name in ("", *self.seen)}
        self.seen.clear()
        self.since = now

    def _seen_rate(self, domain: str, now: float) -> float:
        return max(SLOW_AT_FIRST, self.before.get(domain, 0.0), self._seen_now(domain, now))

    def _seen_now(self, domain: str, now: float) -> float:
        count = self.seen[domain] if domain else self.seen.total()
        return count / max(1.0, now - self.since)
