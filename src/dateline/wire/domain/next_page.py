"""An answer that names the next one: where the link is, and whether there was news in it."""

import json
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.wire.domain.pickups import Away, is_one_line

NEXT, ITEMS = "data.next_page", "data.items"  # AP's words (api.ap.org/media/v/docs)
LONGEST = 4000  # characters of an address


def following(page: bytes, address: str, *, field: str) -> str:
    """Return the address of the next answer, from `field` (names with dots between); '' for none.

    Raises:
        Away: the answer is not JSON, or the link leads to another host: what we are known by there
            is for this one.

    """
    link = at(parsed(page), field)
    if link in (None, ""):
        return ""
    if not isinstance(link, str) or len(link) > LONGEST or not is_one_line(link):
        raise Away(f"{field} of its answer is {str(link)[:60]!r}, and not an address.")
    whole = led_to(address, link)
    if origin(whole) != origin(address):
        raise Away(f"Its answer leads to {origin(whole)}, and not on to {origin(address)}.")
    return whole


def led_to(address: str, link: str) -> str:
    """Return the whole address of a link.

    Raises:
        Away: it is none.

    """
    try:
        whole = urljoin(address, link)
        _ = urlsplit(whole).port
    except ValueError:
        raise Away(f"It leads to {link[:100]!r}, which is no address.") from None
    return whole


def has_news(page: bytes, *, field: str) -> bool:
    """Whether there is anything where an answer has its items: an empty list is no news.

    Raises:
        Away: the answer is not JSON, or has no list there. It is not known whether it has news.

    """
    found = at(parsed(page), field)
    if not isinstance(found, list):
        raise Away(
            f"{field} of its answer is no list, so nobody knows whether it has news. "
            "Check where the items are."
        )
    return bool(found)


def parsed(page: bytes) -> Any:
    """Return a page as JSON.

    Raises:
        Away: it is none.

    """
    try:
        return json.loads(page)
    except (ValueError, RecursionError) as error:
        raise Away(f"Its answer is not JSON ({str(error)[:80]}).") from None


def at(value: Any, field: str) -> Any:
    """What stands at names with dots between, or None."""
    for name in field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def origin(address: str) -> str:
    """The scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"
