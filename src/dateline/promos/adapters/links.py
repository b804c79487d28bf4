"""Signed names of what is shown where: `<campaign>.<creative>.<slot>.<signature>`."""

import re
from functools import cache
from typing import NamedTuple

from django.core.signing import BadSignature, Signer

SHOWN = re.compile(r"([1-9][0-9]{0,18})\.([1-9][0-9]{0,18})\.([a-z]{1,10})")
REPORT = re.compile(r"[1-9][0-9]{0,18}")
LONGEST = 120


class Shown(NamedTuple):
    """One creative of a campaign in a slot."""

    campaign: int
    creative: int
    slot: str


def sign(campaign: int, creative: int, slot: str) -> str:
    """The name of a creative in a slot, which nobody else can make."""
    return _signer("promos.click").sign(f"{campaign}.{creative}.{slot}")


def read(name: str) -> Shown | None:
    """What a name was made of; None where it is not ours, or was changed."""
    found = SHOWN.fullmatch(_unsigned(name, "promos.click"))
    return Shown(int(found[1]), int(found[2]), found[3]) if found else None


def sign_report(campaign: int) -> str:
    """The name under which an advertiser reads one campaign's report."""
    return _signer("promos.report").sign(str(campaign))


def read_report(name: str) -> int | None:
    """Whose report a name is; None where it is not ours, or was changed."""
    found = REPORT.fullmatch(_unsigned(name, "promos.report"))
    return int(found[0]) if found else None


def _unsigned(name: str, salt: str) -> str:
    if len(name) > LONGEST or not name.isascii():
        return ""
    try:
        return str(_signer(salt).unsign(name))
    except BadSignature:
        return ""


@cache
def _signer(salt: str) -> Signer:
    return Signer(sep=".", salt=salt)
