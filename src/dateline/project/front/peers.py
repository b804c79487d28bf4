"""Who is connected: so many connections an address, and which addresses are proxies of ours."""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

from dateline.project.front.heads import Networks

REMEMBER_AT_MOST = 65_536
NETWORK_BITS = 64  # one household or one server has a /64 of IPv6, and all addresses in it


class Peer(NamedTuple):
    """What is known of an address: the group it counts in, and whether it is a declared proxy."""

    group: str
    trusted: bool


@dataclass(slots=True)
class Peers:
    """Counts connections for each address (IPv6: each /64). Declared proxies count for nobody."""

    trusted: Networks
    limit: int
    refused: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    known: dict[str, Peer] = field(default_factory=dict)

    def enter(self, address: str) -> bool:
        """Count one more connection from `address`; say whether it may stay."""
        peer = self._peer(address)
        if peer.trusted:
            return True
        count = self.counts.get(peer.group, 0)
        if count >= self.limit:
            self.refused += 1
            return False
        self.counts[peer.group] = count + 1
        return True

    def leave(self, address: str) -> None:
        """Count one connection less. Call it once for each `enter` that said yes."""
        peer = self._peer(address)
        if peer.trusted:
            return
        left = self.counts[peer.group] - 1
        if left:
            self.counts[peer.group] = left
        else:
            del self.counts[peer.group]

    def is_trusted(self, address: str) -> bool:
        """Whether `address` is a declared proxy."""
        return self._peer(address).trusted

    def group(self, address: str) -> str:
        """What `address` counts as: itself, or its /64 of IPv6."""
        return self._peer(address).group

    def _peer(self, address: str) -> Peer:
        if address not in self.known:
            if len(self.known) >= REMEMBER_AT_MOST:
                self.known.clear()
            self.known[address] = _look_at(address, self.trusted)
        return self.known[address]


def _look_at(address: str, trusted: Networks) -> Peer:
    try:
        parsed = ip_address(address)
    except ValueError:
        return Peer(address, trusted=False)
    return Peer(_group(parsed), any(parsed in network for network in trusted))


def _group(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> NETWORK_BITS << NETWORK_BITS))
