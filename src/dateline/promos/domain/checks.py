"""Whether a campaign and its creatives may be shown to readers; each problem is a sentence."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.promos.domain.kinds import Kind, Label, Tier

HEADLINE_LONGEST, TEXT_LONGEST, CTA_LONGEST, CODE_LONGEST = 70, 140, 22, 16
ALT_LONGEST, URL_LONGEST = 200, 2_000
WIDE = {"W", "F"}  # East Asian letters, which take the room of two
CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]*")
CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]")
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
LOCAL = ".localhost"
MOST, HEAVIEST = 1_000_000_000, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A creative as somebody wrote it. `has_picture` is whether it shows one."""

    kind: str
    headline: str
    text: str
    cta: str
    target_url: str
    code: str
    has_picture: bool
    alt: str


def problems_of_creative(draft: Draft) -> list[str]:
    """Say what keeps a creative from readers."""
    found = _lengths(draft)
    if draft.kind not in set(Kind):
        found.append(f"There is no kind of creative {draft.kind!r}.")
    if not draft.headline.strip():
        found.append("It needs a headline.")
    if draft.kind == Kind.OFFER and not draft.code:
        found.append("An offer needs the code that readers copy.")
    if draft.code and not CODE.fullmatch(draft.code):
        found.append("A code is of capital letters, digits, dots and dashes only.")
    if draft.has_picture and not draft.alt.strip():
        found.append("Its picture needs a text that says what it shows.")
    return found + problems_of_url(draft.target_url)


def _lengths(draft: Draft) -> list[str]:
    limits = (
        ("headline", draft.headline, HEADLINE_LONGEST),
        ("text", draft.text, TEXT_LONGEST),
        ("button", draft.cta, CTA_LONGEST),
        ("code", draft.code, CODE_LONGEST),
        ("text of its picture", draft.alt, ALT_LONGEST),
    )
    return [
        f"The {name} is {_width(value)} letters wide; {most} fit."
        for name, value, most in limits
        if _width(value) > most
    ]


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in WIDE) for letter in text)


def problems_of_url(url: str) -> list[str]:
    """Say why an offer may not lead to `url`: only full http and https addresses of named hosts."""
    if CONTROL.search(url) or "\\" in url or len(url) > URL_LONGEST:
        return ["The address has spaces or signs that no address has, or is too long."]
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return [f"{url[:80]!r} is no address."]
    if parts.scheme not in {"http", "https"}:
        found = parts.scheme or "nothing"
        return [f"The address must begin with https:// or http://, found {found!r}."]
    if "@" in parts.netloc:
        return ["The address must not hold a name or password."]
    if port == 0 or not (HOST.fullmatch(host) or host.endswith(LOCAL)):
        return [f"{host[:80]!r} is not the name of a host on the web."]
    return []


def problems_of_terms(
    *, tier: str, label: str, goal: int | None, weight: int, has_advertiser: bool
) -> list[str]:
    """Say what is wrong with what was agreed: advertiser, label, tier and numbers."""
    found = []
    if not has_advertiser:
        found.append("It has no advertiser: readers must be told who is behind it.")
    if label not in set(Label):
        found.append("It has no label. Choose how readers are told that this is an offer.")
    if tier not in set(Tier):
        found.append(f"There is no tier {tier!r}.")
    if (label == Label.HOUSE) != (tier == Tier.HOUSE):
        found.append(
            "The label 'house' and the tier 'house' go together: it is ours, or it is not."
        )
    if tier == Tier.GUARANTEED and not goal:
        found.append("A guaranteed campaign needs a goal: how many viewable impressions?")
    if goal and tier != Tier.GUARANTEED:
        found.append("Only a guaranteed campaign has a goal.")
    if not 1 <= weight <= HEAVIEST or (goal is not None and not 0 <= goal <= MOST):
        found.append(f"Weights are from 1 to {HEAVIEST:,}, goals up to {MOST:,}.")
    return found
