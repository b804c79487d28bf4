"""Notices that something is against the law (Regulation (EU) 2022/2065, Art. 16), as plain data."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_REASONS, FEWEST_REASONS = 5_000, 20  # characters
ADDRESS_LONGEST, NAME_LONGEST = 2_000, 200
# A browser takes a backslash for a slash, and sees another host than urllib.parse does.
_ADDRESS = re.compile(r"https?://[^\s<>\"\\\x00-\x1f\x7f]+")
_COMMENT = re.compile(r"(?:/comments/|#comment-)(\d{1,18})(?!\d)")


class NoticeKind(StrEnum):
    """What somebody holds against the law."""

    HATE = "hate"
    THREAT = "threat"
    DEFAMATION = "defamation"
    PRIVACY = "privacy"
    CHILD_ABUSE = "child_abuse"
    PROPERTY = "property"
    FRAUD = "fraud"
    OTHER = "other"


class Outcome(StrEnum):
    """What was decided over a notice: taken down or otherwise acted on, or left."""

    ACTED = "acted"
    KEPT = "kept"


class NoticeRefused(ValueError):
    """A notice that lacks something; `field` and `reason` name it in domain.notice_words."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody typed into the form."""

    address: str
    kind: str
    reasons: str
    name: str
    email: str
    good_faith: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTold:
    """A notice as whoever gave it may see it. Moments are aware UTC; `outcome` is empty before."""

    reference: str
    masthead_id: int
    address: str
    kind: NoticeKind
    reasons: str
    at: datetime
    decided_at: datetime | None
    outcome: str
    answer: str


def check(given: Given) -> None:
    """Let a notice pass that is "sufficiently precise": Art. 16 (2).

    Name and address may be left out for the abuse of children only.

    Raises:
        NoticeRefused: the first thing that is missing.

    """
    if not _is_address(given.address):
        raise NoticeRefused("address", "no_address")
    if given.kind not in set(NoticeKind):
        raise NoticeRefused("kind", "no_kind")
    if not FEWEST_REASONS <= len(given.reasons) <= MOST_REASONS:
        raise NoticeRefused("reasons", "no_reasons")
    named = given.name and len(given.name) <= NAME_LONGEST
    if given.kind != NoticeKind.CHILD_ABUSE and not named:
        raise NoticeRefused("name", "no_name")
    if given.kind != NoticeKind.CHILD_ABUSE and not given.email:
        raise NoticeRefused("email", "no_email")
    if not given.good_faith:
        raise NoticeRefused("good_faith", "no_good_faith")


def _is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None and len(text) <= ADDRESS_LONGEST


def comment_in(address: str) -> int | None:
    """The id of the comment that an address names, or None."""
    found = _COMMENT.search(address)
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """What was noticed, decided and appealed in one year: (group, what, how many or hours)."""

    year: int
    rows: tuple[tuple[str, str, float], ...]
