"""Purge Varnish, or Vinyl Cache, by tag: vmod xkey and `deploy/varnish/dateline.vcl`."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.edge.adapters.outer.interface import NotPurged

HARD_HEADER = "xkey-purge"
SOFT_HEADER = "xkey-softpurge"
STANDING_HEADER = "x-dateline-standing"
TIMEOUT_S = 2.0


@dataclass(frozen=True, slots=True)
class VarnishCache:
    """One Varnish at `origin` (`http://host:port`), spoken to in PURGE requests.

    500 tags of at most 8 characters are 4.5 KB of one header; Varnish takes 8 KB by default.
    """

    name: str
    origin: str
    most_tags: int = 500
    every_s: float = 0.0

    def purge(self, tags: Sequence[str], *, soft: bool, standing: str = "") -> None:
        """Send one PURGE with all tags and wait up to two seconds for its 200.

        Raises:
            NotPurged: no answer in time, or another status: the VCL lacks our part, or its list
                of purgers does not name this machine.

        """
        header = SOFT_HEADER if soft else HARD_HEADER
        headers = {header: " ".join(tags), STANDING_HEADER: standing, "Host": "purge"}
        connection = _connection(self.origin)
        try:
            connection.request("PURGE", "/", headers=headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise NotPurged(f"{self.name} does not answer: {error!r}") from error
        finally:
            connection.close()
        if answer.status != http.client.OK:
            raise NotPurged(
                f"{self.name} answered {answer.status} {answer.reason}. Its VCL must contain "
                "deploy/varnish/dateline.vcl, with this machine among the purgers."
            )


def _connection(origin: str) -> http.client.HTTPConnection:
    parts = urlsplit(origin)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
