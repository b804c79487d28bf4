"""Offers in the front: what readers' pages say they showed is kept here; no renderer is asked."""

from dateline.project.front.body import Body, Message
from dateline.project.front.heads import Header, Refused, declared_length, has_body
from dateline.project.front.reply import Reply
from dateline.promos.domain.said import MOST_BYTES
from dateline.promos.services.telling import Teller

PATH = b"/p/seen"
FIELDS: list[Header] = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]


def is_one(method: str, path: bytes) -> bool:
    """Whether a request tells what was shown, whatever is in it."""
    return path == PATH and method == "POST"


async def take(teller: Teller, scope: Message, body: Body, reply: Reply, *, address: str) -> None:
    """Read what a page tells and answer 204, whatever came of it. `address` is who sent it.

    Raises:
        Refused: 413 for more than 8 KB.
        ClientGone: the client closed the connection before the end.

    """
    headers = scope["headers"]
    text = b""
    if has_body(headers):
        if (declared_length(headers) or 0) > MOST_BYTES:
            raise Refused(413, "Nobody has seen so much.")
        async for chunk in body.chunks():
            text += chunk
            if len(text) > MOST_BYTES:
                raise Refused(413, "Nobody has seen so much.")
    teller.take(text, dict(headers), address, teller.told.clock())
    await reply.start(204, list(FIELDS))
    await reply.end()
