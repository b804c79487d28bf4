"""Which addresses outside may be spoken to, where a stranger names the host."""

import ipaddress
import socket

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotPublic(OSError):
    """A name leads to this network or machine, or nowhere."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inside:
            return is_public(str(inside))
    return ip.is_global and not ip.is_multicast


def address_of(host: str, port: int, *, private_allowed: bool = False) -> str:
    """Look a name up once, and return the one address to speak to.

    Every address of the name must be public, so that no second look finds another.

    Raises:
        NotPublic: one of them is not, or there is none.

    """
    if private_allowed and host.endswith(".localhost"):
        return "127.0.0.1"  # RFC 6761, 6.3; not every resolver knows
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise NotPublic(f"The address of {host} cannot be found.") from error
    addresses = [str(one[4][0]) for one in found]
    if not private_allowed and not all(map(is_public, addresses)):
        raise NotPublic(f"{host} is no public address.")
    return addresses[0]
