"""Tell a WebSub hub which feeds changed: one request, to an address that was looked at first."""

import http.client
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit

from dateline.fetch import connection_to, target_of

LIMIT_S = 10.0


class HubSilent(OSError):
    """The hub took no word of it; the outbox tries again."""


def tell(hub: str, urls: Sequence[str], *, private_allowed: bool) -> None:
    """Publish that these feeds changed (WebSub, 7; the form every hub takes: `hub.mode=publish`).

    No redirect is followed and no proxy asked. With `private_allowed` the hub may be of this
    network.

    Raises:
        HubSilent: it cannot be reached, is no public address, or answers anything but 2xx.

    """
    parts = urlsplit(hub)
    body = urlencode([("hub.mode", "publish"), *(("hub.url", url) for url in urls)]).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Dateline"}
    try:
        connection = connection_to(parts, limit_s=LIMIT_S, private_allowed=private_allowed)
        try:
            connection.request("POST", target_of(parts), body, headers)
            with connection.getresponse() as response:
                status = response.status
        finally:
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise HubSilent(f"{hub}: {error}") from error
    if status // 100 != http.client.OK // 100:
        raise HubSilent(f"{hub}: it answered with status {status}.")
