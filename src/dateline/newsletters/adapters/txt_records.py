"""TXT records, asked of DNS through dnspython."""

from collections.abc import Sequence

import dns.exception
import dns.resolver

from dateline.newsletters.domain.sender_policy import Ask, NoAnswer

LIFETIME_S = 3.0


def asking(servers: Sequence[str] = (), port: int = 53) -> Ask:
    """Return a function that gives the TXT records of a name, each joined to one text.

    `servers` are addresses of resolvers; none: those of this machine. It gives none where the name
    or the record is not there.

    The function raises NoAnswer where no resolver says either way within three seconds.
    """

    def ask(name: str) -> list[str]:
        try:
            resolver = dns.resolver.Resolver(configure=not servers)
            resolver.nameservers, resolver.port = list(servers) or resolver.nameservers, port
            answer = resolver.resolve(name, "TXT", lifetime=LIFETIME_S)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except dns.exception.DNSException as error:
            raise NoAnswer(f"{name}: {error}") from error
        return [b"".join(row.strings).decode("ascii", "replace") for row in answer]

    return ask
