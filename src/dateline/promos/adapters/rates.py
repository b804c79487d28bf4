"""How often one address may tell what it saw: a bucket each, in the memory of a process."""

from dataclasses import dataclass, field

REMEMBER_AT_MOST = 20_000


@dataclass(slots=True)
class Rates:
    """Each address may ask `burst` times at once, and `per_s` times a second for ever."""

    burst: float
    per_s: float
    left: dict[str, tuple[float, float]] = field(default_factory=dict)  # address -> left, when

    def allows(self, address: str, *, now: float) -> bool:
        """Take one from the bucket of `address`; `now` is in seconds. False where it is empty."""
        if len(self.left) >= REMEMBER_AT_MOST and address not in self.left:
            self.left.clear()  # somebody tries addresses; nobody is worse off for it
        left, then = self.left.get(address, (self.burst, now))
        left = min(self.burst, left + max(0.0, now - then) * self.per_s)
        allowed = left >= 1.0
        self.left[address] = (left - 1.0 if allowed else left, now)
        return allowed
