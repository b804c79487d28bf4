"""How fast mail may leave: a bucket of tokens that halves when a receiver says "not so fast"."""

from dataclasses import dataclass, field

BURST_S = 0.05  # of the rate is kept for a moment of rest, so no second has over 1.05 of it
RECOVERS_S = 60.0  # from nothing to the full rate
SLOWEST = 0.1  # mails a second, however often it is told to wait
HOLD_EVERY_S = 1.0  # a hundred answers of one moment are one


@dataclass(slots=True)
class Bucket:
    """At most `full` mails a second. Times are seconds of a clock that only goes forward."""

    full: float
    at: float
    rate: float = field(init=False)
    tokens: float = field(init=False, default=1.0)
    held_at: float = field(init=False, default=float("-inf"))

    def __post_init__(self) -> None:
        self.rate = self.full

    @property
    def is_whole(self) -> bool:
        """Whether it goes at its full rate again."""
        return self.rate >= self.full

    def take(self, now: float) -> bool:
        """Take one mail's token if there is one; say whether there was."""
        self._fill(now)
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True

    def give_back(self) -> None:
        """Return the token of a mail that did not leave."""
        self.tokens += 1.0

    def hold(self, now: float) -> bool:
        """Halve the rate, once a second at most; it recovers by itself. Say whether it did."""
        if now - self.held_at < HOLD_EVERY_S:
            return False
        self._fill(now)
        self.held_at = now
        self.rate = max(SLOWEST, self.rate / 2)
        self.tokens = min(self.tokens, 0.0)
        return True

    def _fill(self, now: float) -> None:
        passed = max(0.0, now - self.at)
        self.at = now
        self.tokens = min(max(1.0, self.rate * BURST_S), self.tokens + passed * self.rate)
        if not self.is_whole:
            self.rate = min(self.full, self.rate + passed * self.full / RECOVERS_S)
