"""What a browser posts about its alerts, as JSON, believed only as far as it fits."""

import json
from typing import Any

from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import AlertClass

MOST_BYTES = 16_384
UNFIT = "That is nothing a page of ours sends."


def read(body: bytes) -> dict[str, Any]:
    """One JSON object.

    Raises:
        FollowRefused: it is none, or too long.

    """
    try:
        said: Any = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise FollowRefused(UNFIT)
    return said


def text(said: dict[str, Any], name: str) -> str:
    """A field that is text; empty where it is not there.

    Raises:
        FollowRefused: it is something else.

    """
    value = said.get(name, "")
    if not isinstance(value, str):
        raise FollowRefused(UNFIT)
    return value


def numbers(said: dict[str, Any], name: str) -> list[int]:
    """A field that is a list of whole numbers; empty where it is not there.

    Raises:
        FollowRefused: it is something else.

    """
    value = said.get(name, [])
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise FollowRefused(UNFIT)
    if any(abs(one) >= 2**63 for one in value):
        raise FollowRefused(UNFIT)
    return value


def pair(said: dict[str, Any], name: str) -> tuple[int, int] | None:
    """A field that is two whole numbers, or nothing.

    Raises:
        FollowRefused: it is something else.

    """
    match numbers(said, name) if said.get(name) is not None else []:
        case [first, second]:
            return first, second
        case []:
            return None
    raise FollowRefused(UNFIT)


def caps(said: dict[str, Any]) -> dict[AlertClass, int]:
    """The field `caps`: alerts a day of each class, in the order of `AlertClass`.

    Raises:
        FollowRefused: they are not three.

    """
    found = numbers(said, "caps")
    if len(found) != len(AlertClass):
        raise FollowRefused(UNFIT)
    return dict(zip(AlertClass, found, strict=True))
