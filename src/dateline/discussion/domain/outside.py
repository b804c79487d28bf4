"""What an operator's own service is asked about a comment, and what it may answer."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from dateline.discussion.domain.status import HOUSE_RULES

REASON_LONGEST = 500  # characters of its reason that are kept
UNCHECKED = "It could not be checked automatically."


class Verdict(StrEnum):
    """Its three answers."""

    THROUGH = "pass"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The service as an operator set it.

    `silent` is what becomes of a comment it does not answer about within `limit_s` seconds. Only
    with `private_allowed` may it be a machine of one's own network.
    """

    url: str
    secret: str
    limit_s: float = 2.0
    silent: Literal["hold", "pass"] = "hold"
    private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Its answer. `rule` is the house rule of a refusal.

    `failed`, where it did not answer, says why not, for the desk alone; `reason` is for the author.
    """

    answer: Verdict
    reason: str = ""
    rule: int | None = None
    failed: str = ""


class OutsideSilent(Exception):
    """No answer that counts; the text says why, for the desk."""


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`sha256=` and the HMAC of the moment (seconds since 1970 UTC), a full stop and the body."""
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def read(told: Any) -> Said:
    """What a JSON answer says.

    Raises:
        OutsideSilent: it is none of the three answers, or a refusal that names no house rule.

    """
    asked = told.get("answer") if isinstance(told, dict) else None
    if not isinstance(asked, str) or asked not in set(Verdict):
        raise OutsideSilent("it answered neither pass, hold nor refuse")
    answer = Verdict(asked)
    reason, rule = told.get("reason"), told.get("rule")
    if answer is Verdict.REFUSE and (type(rule) is not int or rule not in HOUSE_RULES):
        raise OutsideSilent(f"it refused without a house rule from 1 to {max(HOUSE_RULES)}")
    kept = reason[:REASON_LONGEST] if isinstance(reason, str) else ""
    return Said(answer, kept, rule if answer is Verdict.REFUSE else None)


def silence(service: Service, why: str) -> Said:
    """What takes the place of an answer where there is none."""
    return Said(Verdict(service.silent), UNCHECKED, failed=why)
