"""How often one address may come with what it cannot prove: a bucket each, in memory."""

from dataclasses import dataclass, field
from ipaddress import IPv6Network, ip_address

REMEMBER_AT_MOST = 10_000


@dataclass(slots=True)
class Knocks:
    """Each address may fail `burst` times at once, and `per_s` times a second for ever."""

    burst: float = 10.0
    per_s: float = 0.1
    left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def may(self, address: str, now: float) -> bool:
        """Whether it has not failed too often; `now` is in seconds."""
        return self._left(address, now) >= 1.0

    def failed(self, address: str, now: float) -> None:
        """Note that it failed; `now` is in seconds."""
        if len(self.left) >= REMEMBER_AT_MOST:
            self.left.clear()  # somebody tries addresses; nobody is worse off for it
        self.left[address] = (self._left(address, now) - 1.0, now)

    def _left(self, address: str, now: float) -> float:
        left, then = self.left.get(address, (self.burst, now))
        return min(self.burst, left + max(0.0, now - then) * self.per_s)


def group_of(address: str) -> str:
    """Return by what an address is counted: itself, or its /64 where it is IPv6."""
    if ":" not in address:
        return address
    return str(IPv6Network((int(ip_address(address)), 64), strict=False).network_address)
