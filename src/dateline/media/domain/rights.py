"""Restrictions written in prose, and whether a picture may be used.

Agencies send restrictions as sentences in the instructions, the usage terms,
the caption or the credit. What is recognised here is named, with the words
found, so that an editor can check. What is not recognised stays in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """The restrictions Dateline knows by name."""

    NO_ARCHIVES = "no_archives"
    ONE_TIME_USE = "one_time_use"
    NO_SALES = "no_sales"
    TERRITORY = "territory"
    MANDATORY_CREDIT = "mandatory_credit"
    EDITORIAL_ONLY = "editorial_only"
    NO_SEQUENCES = "no_sequences"
    NO_EDITING = "no_editing"
    NO_INTERNET = "no_internet"
    TIME_LIMIT = "time_limit"


class Use(StrEnum):
    """What somebody wants to do with a picture."""

    PAGE = "page"
    ARCHIVE = "archive"
    PROMOTION = "promotion"
    SALE = "sale"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction: its kind, the words it was read from, and for a limit its days or place."""

    kind: Kind
    words: str
    territory: str | None = None
    """The place as written: "TURKEY" in "TURKEY OUT"."""
    days: int | None = None
    """Days of use from transmission, for TIME_LIMIT."""

    @property
    def explanation(self) -> str:
        """Say what the restriction means, for an editor."""
        return _EXPLANATIONS[self.kind].format(place=self.territory, days=self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What decides whether a picture may be used. Times are aware UTC."""

    name: str
    killed_at: datetime | None = None
    killed_reason: str = ""
    held_reason: str = ""
    embargo_until: datetime | None = None
    usable_until: datetime | None = None
    restrictions: tuple[Restriction, ...] = ()


_EXPLANATIONS = {
    Kind.NO_ARCHIVES: "It may not be kept for later use.",
    Kind.ONE_TIME_USE: "It may be used once, with one story.",
    Kind.NO_SALES: "It may not be sold or passed on for money.",
    Kind.TERRITORY: "It may not be used in {place}.",
    Kind.MANDATORY_CREDIT: "The credit must be shown with it.",
    Kind.EDITORIAL_ONLY: "It may be used with news only, not in advertising or promotion.",
    Kind.NO_SEQUENCES: "It may not be used in a sequence that looks like video.",
    Kind.NO_EDITING: "It may not be altered beyond a fair crop.",
    Kind.NO_INTERNET: "It may not be used online.",
    Kind.TIME_LIMIT: "It may be used for {days} days from its transmission.",
}

_NO = r"\b(?:no|not\s+for|not\s+to\s+be|without|zero)[\s-]+"
_NET = r"(?:internet|online|web)"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PATTERNS = {
    Kind.NO_ARCHIVES: _any(_NO + r"(?:any\s+)?archiv(?:es?|ing|al|ed)\b"),
    Kind.ONE_TIME_USE: _any(
        r"\b(?:one|single)[\s-]*time[\s-]+(?:editorial\s+)?use\b(?:\s+only)?",
        r"\b(?:one|single)[\s-]+use\s+only\b",
    ),
    Kind.NO_SALES: _any(_NO + r"(?:re-?)?sales?\b", r"\bnot\s*for\s*(?:re-?)?sale\b"),
    Kind.MANDATORY_CREDIT: _any(
        r"\bmandatory\s+(?:photo\s+)?credit\b", r"\bcredit\s+(?:is\s+)?mandatory\b"
    ),
    Kind.EDITORIAL_ONLY: _any(
        r"\b(?:for\s+)?editorial\s+(?:use|purposes?)\s+only\b",
        r"\brestricted\s+to\s+editorial\s+use\b",
        r"\bsolely\s+(?:to\s+illustrate|for)\s+(?:news|editorial)\b[^.;\n]*",
        _NO + r"(?:commercial|advertising|marketing|promotional)(?:\s+use)?\b",
    ),
    Kind.NO_SEQUENCES: _any(r"\b(?:not\s+allow|no|not)\b[^.;\n]*\bsequences?\b[^.;\n]*"),
    Kind.NO_EDITING: _any(r"\b(?:may|must)\s+not\s+be\s+(?:edited|altered|cropped|manipulated)\b"),
    Kind.NO_INTERNET: _any(
        rf"\bno[\s-]+{_NET}(?:\s+use)?\s*(?=[.;,/\n-]|$)",
        rf"\b(?:no|not\s+for)[\s-]+{_NET}(?:\s+(?:use|publication))\b",
        r"\b(?:internet|online)\s+out\b",
    ),
}
_TIME_LIMIT = re.compile(
    r"\b(?:only\s+)?(?:for|within)\s+(?P<days>\d{1,3})\s+days?\b[^.;\n]*", re.IGNORECASE
)
# Written in capitals, as agencies do; "way out" and "sold out" are not places.
_TERRITORY = (
    re.compile(r"(?:^|[\n;,./(*]|\s-)\s*(?P<place>[A-Z][A-Z' -]{1,40}?)\s+OUT\b(?!\s+[A-Z]*OF\b)"),
    re.compile(r"\b(?i:no\s+use\s+in|not\s+for\s+use\s+in)\s+(?P<place>[A-Z][\w' -]{1,40})"),
    re.compile(
        r"\b(?i:world(?:wide)?\s+rights,?\s+(?:except|excluding))(?:\s+(?i:for|in))?\s+"
        r"(?P<place>[A-Z][\w' -]{1,40})"
    ),
)
_NOT_PLACES = re.compile(r"\b(?:INTERNET|ONLINE|SOLD|CUT|KEEP|LEFT|TIME|WAY|WORN|FLAT|HAND)$")


@lru_cache(maxsize=4096)
def read_restrictions(*texts: str | None, caption: str | None = None) -> tuple[Restriction, ...]:
    """Find the named restrictions in what an agency wrote, each once, in the order of `Kind`.

    `texts` are the instructions, usage terms, copyright notice and credit; None
    is skipped. In a `caption`, which is a sentence about the world, only words
    in capitals count.
    """
    found = [*_found("\n".join(text for text in texts if text))]
    found += [r for r in _found(caption or "") if r.words.isupper()]
    unique = {(r.kind, r.territory, r.days): r for r in reversed(found)}
    order = list(Kind)
    return tuple(sorted(unique.values(), key=lambda r: (order.index(r.kind), r.territory or "")))


def _found(text: str) -> Iterator[Restriction]:
    yield from _named(text)
    yield from _time_limits(text)
    yield from _territories(text)


def usable_until(restrictions: tuple[Restriction, ...], *, from_at: datetime) -> datetime | None:
    """Return when the shortest time limit ends, counted from `from_at` (aware UTC), or None."""
    limits = [r.days for r in restrictions if r.days is not None]
    return from_at + timedelta(days=min(limits)) if limits else None


def may_use(facts: PictureFacts, use: Use, at: datetime) -> tuple[bool, str]:
    """Say whether a picture may be used in this way at this moment (aware UTC), and why not.

    Killed, held, embargoed and expired pictures may not be used at all. Of the named
    restrictions those that forbid a use outright are enforced; those that need
    a person's judgement (territory, one time) are shown, not enforced. The
    reason is empty when the use is allowed.
    """
    blocked = _withdrawn(facts, at)
    if blocked:
        return False, blocked
    for restriction in facts.restrictions:
        if restriction.kind in _FORBIDDEN[use]:
            return False, (
                f"{facts.name} says {restriction.words!r}. {restriction.explanation} "
                "Choose another picture."
            )
    return True, ""


_FORBIDDEN = {
    Use.PAGE: frozenset({Kind.NO_INTERNET}),
    Use.ARCHIVE: frozenset({Kind.NO_INTERNET, Kind.NO_ARCHIVES, Kind.ONE_TIME_USE}),
    Use.PROMOTION: frozenset({Kind.NO_INTERNET, Kind.EDITORIAL_ONLY}),
    Use.SALE: frozenset({Kind.NO_INTERNET, Kind.EDITORIAL_ONLY, Kind.NO_SALES}),
}


def _withdrawn(facts: PictureFacts, at: datetime) -> str:
    if facts.killed_at is not None:
        when = f"{facts.killed_at.astimezone(UTC):%H:%M UTC, %-d %B %Y}"
        return f"{facts.name} was killed at {when}: {facts.killed_reason} Choose another picture."
    if facts.held_reason:
        return f"{facts.name} is held: {facts.held_reason} Wait until it is released."
    if facts.embargo_until is not None and at < facts.embargo_until:
        when = f"{facts.embargo_until.astimezone(UTC):%H:%M UTC, %-d %B %Y}"
        return f"{facts.name} is under embargo until {when}. Wait until then."
    if facts.usable_until is not None and at >= facts.usable_until:
        when = f"{facts.usable_until.astimezone(UTC):%H:%M UTC, %-d %B %Y}"
        return f"{facts.name} was licensed until {when}. Choose another picture."
    return ""


def _named(text: str) -> Iterator[Restriction]:
    for kind, pattern in _PATTERNS.items():
        match = pattern.search(text)
        if match is not None:
            yield Restriction(kind, " ".join(match[0].split()))


def _time_limits(text: str) -> Iterator[Restriction]:
    for match in _TIME_LIMIT.finditer(text):
        clause = re.split(r"[.;\n]", text[: match.start()])[-1]
        if re.search(r"\bused?\b", clause + match[0], re.IGNORECASE):
            words = " ".join(match[0].split())
            yield Restriction(Kind.TIME_LIMIT, words, days=int(match["days"]))


def _territories(text: str) -> Iterator[Restriction]:
    for pattern in _TERRITORY:
        for match in pattern.finditer(text):
            place = match["place"].strip()
            if not _NOT_PLACES.search(place):
                words = " ".join(match[0].split()).lstrip(";,./(*- ")
                yield Restriction(Kind.TERRITORY, words, territory=place)
