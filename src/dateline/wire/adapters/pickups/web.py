"""Fetch over HTTP: a document that is asked for again, or answers that name the next one."""

import base64
import http.client
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from dateline import clock
from dateline.fetch import NotPublic, connection_to, target_of
from dateline.wire.adapters.pickups.patience import Patience
from dateline.wire.domain import next_page
from dateline.wire.domain.pickups import SCHEMES, Away, Came, Kind, Place

LIMIT_S = 15.0  # for each step of the talk
LONGEST_S = 60.0  # for one answer, and all that leads to it
LARGEST = 32 * 1024 * 1024  # bytes of one answer
PIECE = 64 * 1024
MOST_REDIRECTS = 5
LONGEST_WAIT = "999999999"  # seconds, of as many digits as are read
AGENT = "Dateline (news site; fetches what its newsroom subscribes to)"
NOT_MODIFIED, GONE, BUSY, AWAY = 304, 410, 429, 503
MOVED = frozenset({301, 302, 303, 307, 308})
REFUSED = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: where it came from in the end, and the whole of it."""

    address: str
    status: int
    fields: Mapping[str, str]
    body: bytes


def feed(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Ask for a document; nothing where it is the one we have (RFC 9110, 13.1).

    Raises:
        Away: no document came; says why.

    """
    asked = {"If-None-Match": cursor.get("etag"), "If-Modified-Since": cursor.get("modified")}
    known = {name: value for name, value in asked.items() if value}
    answer = _ask(place, place.parts.geturl(), known | _basic(place))
    if answer.status == NOT_MODIFIED:
        return
    marks = {
        "etag": answer.fields.get("etag", ""),
        "modified": answer.fields.get("last-modified", ""),
    }
    yield Came(_name_of(answer.address), answer.body, marks)


def pages(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Ask for one answer after the other, each where the last one said, until one has no news.

    Raises:
        Away: an answer did not come, or is not what it should be; says why.

    """
    options = place.options
    link, items = options.get("next", next_page.NEXT), options.get("items", next_page.ITEMS)
    address = str(cursor.get("next") or place.parts.geturl())
    seen: set[str] = set()
    while True:
        seen.add(address)
        answer = _ask(place, address, _token(place))
        following = next_page.following(answer.body, address, field=link)
        news = next_page.has_news(answer.body, field=items)
        goes_on = {"next": following or address}
        yield Came(_name_of(address), answer.body if news else None, goes_on)
        if not news or not following or following in seen:
            return  # in a circle it goes on at the next visit
        address = following


def _basic(place: Place) -> dict[str, str]:
    if not place.user:
        return {}
    pair = base64.b64encode(f"{place.user}:{place.secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _token(place: Place) -> dict[str, str]:
    if not place.secret:
        return {}
    name = place.options.get("header")
    return {name: place.secret} if name else {"Authorization": f"Bearer {place.secret}"}


def _ask(place: Place, address: str, fields: Mapping[str, str]) -> Answer:
    """Ask, and go where an answer sends us; what we are known by goes to the first host only."""
    begun = next_page.origin(address)
    with Patience(LONGEST_S) as patience:
        for _ in range(MOST_REDIRECTS + 1):
            mine = fields if next_page.origin(address) == begun else _without_names(fields, place)
            answer = _one(place, address, mine, patience)
            if answer.status not in MOVED or "location" not in answer.fields:
                return _good(answer)
            address = next_page.led_to(address, answer.fields["location"])
            if urlsplit(address).scheme not in SCHEMES[Kind.FEED]:
                raise Away(f"It leads to {address[:100]!r}, which is not fetched.")
    raise Away(f"It leads from one address to the next, more than {MOST_REDIRECTS} times.")


def _without_names(fields: Mapping[str, str], place: Place) -> dict[str, str]:
    told = {"Authorization", place.options.get("header")}
    return {name: value for name, value in fields.items() if name not in told}


def _one(place: Place, address: str, fields: Mapping[str, str], patience: Patience) -> Answer:
    parts = urlsplit(address)
    try:
        allowed = place.private_allowed
        connection = connection_to(parts, limit_s=LIMIT_S, private_allowed=allowed)
    except NotPublic as error:
        raise Away(str(error)) from error
    connection.opened = patience.hold
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity", **fields}
    try:
        connection.request("GET", target_of(parts), headers=headers)
        with connection.getresponse() as response:
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(address, response.status, named, _whole(response))
    except TimeoutError as error:
        raise Away(f"{parts.hostname} did not answer within {LIMIT_S:g} seconds.") from error
    except (OSError, http.client.HTTPException) as error:
        raise Away(
            f"{parts.hostname} could not be asked: {error or type(error).__name__}."
        ) from error
    except ValueError:  # its text may hold what we are known by, and so may what led to it
        raise Away(
            f"{parts.hostname} could not be asked: a header has a sign that none may have. "
            "Write the secret anew, and the name of its header."
        ) from None
    finally:
        connection.close()


def _whole(response: http.client.HTTPResponse) -> bytes:
    got = bytearray()
    while piece := response.read(PIECE):
        got += piece
        if len(got) > LARGEST:
            raise Away(f"Its answer is larger than {LARGEST // 2**20} MB.")
    if response.length:  # read in pieces, http.client does not mind
        raise Away("Its answer broke off in the middle.")
    return bytes(got)


def _good(answer: Answer) -> Answer:
    """Return an answer that is one.

    Raises:
        Away: it is none; with how long it asked to be left alone.

    """
    status = answer.status
    if status in (http.client.OK, NOT_MODIFIED):
        return answer
    if status in REFUSED:
        raise Away(f"It answered {status}: it does not let us in. Check the name and the secret.")
    if status == GONE:
        raise Away("It answered 410: it is gone for good. Ask the agency for the new address.")
    wait = _wait(answer.fields.get("retry-after", "")) if status in (BUSY, AWAY) else None
    raise Away(f"It answered {status}.", wait=wait)


def _wait(said: str) -> timedelta | None:
    """How long Retry-After asks for: seconds, or a date (RFC 9110, 10.2.3)."""
    if said.isascii() and said.isdigit() and len(said) <= len(LONGEST_WAIT):
        return timedelta(seconds=int(said))
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(aware - clock.now(), timedelta())


def _name_of(address: str) -> str:
    """How a file of this address is called: the end of its path, or its host."""
    parts: SplitResult = urlsplit(address)
    return (parts.path.rstrip("/").rsplit("/", 1)[-1] or parts.hostname or "")[-255:]
