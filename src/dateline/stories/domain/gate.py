"""The gate: whether a story may be shown on a masthead, for a use, at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Use(StrEnum):
    """What a surface wants to do with a story. A licence may allow some and not others."""

    WEB = "web"
    FEED = "feed"
    SITEMAP = "sitemap"
    SEARCH = "search"
    API = "api"
    NEWSLETTER = "newsletter"
    ALERT = "alert"
    TRENDING = "trending"
    PROMO = "promo"
    SOCIAL = "social"
    PICTURE = "picture"


class Closed(StrEnum):
    """Why the gate is closed, gravest first: the first that applies is the answer."""

    KILLED = "killed"
    WITHHELD = "withheld"
    ADVISORY = "advisory"
    NOT_PUBLISHED = "not_published"
    NOT_PLACED = "not_placed"
    EMBARGOED = "embargoed"
    EXPIRED = "expired"
    RIGHTS_EXPIRED = "rights_expired"
    NOT_LICENSED_HERE = "not_licensed_here"
    NOT_LICENSED_FOR_USE = "not_licensed_for_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFacts:
    """What the gate needs to know of a story and its placement. Moments are aware UTC.

    `licensed_mastheads` and `licensed_uses` name what the licence covers; empty means everything.
    """

    live: bool
    placed: bool
    killed: bool = False
    withheld: bool = False
    advisory: bool = False
    embargo_until: datetime | None = None
    expire_at: datetime | None = None
    rights_until: datetime | None = None
    licensed_mastheads: tuple[str, ...] = ()
    licensed_uses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer. `until` is when it may next change by itself, aware UTC."""

    closed: Closed | None
    until: datetime | None

    @property
    def open(self) -> bool:
        """Whether it may be shown."""
        return self.closed is None


def decide(facts: GateFacts, *, masthead: str, use: Use, at: datetime) -> Verdict:
    """Answer for one story on the masthead with slug `masthead` at `at`, aware UTC.

    An embargo ends at its moment, not before; expiry and rights end at theirs. Fails closed: any
    one reason is enough. See IPTC NewsML-G2 2.35, `pubStatus` and `embargoed`.
    """
    closed = (
        _standing(facts) or _by_time(facts, at) or _by_licence(facts, masthead=masthead, use=use)
    )
    return Verdict(closed, _next_change(facts, at))


def opens_at(facts: GateFacts, *, mastheads: Iterable[str], at: datetime) -> datetime | None:
    """When readers of any of these mastheads (slugs) first find the story on its page.

    `at` itself where the gate is open, the end of an embargo where only that keeps it shut, and
    None where it stays shut until somebody decides otherwise. Aware UTC.
    """
    moment = max(at, facts.embargo_until or at)
    placed = replace(facts, placed=True)
    shown = (decide(placed, masthead=m, use=Use.WEB, at=moment).open for m in mastheads)
    return moment if any(shown) else None


def _standing(facts: GateFacts) -> Closed | None:
    reasons = (
        (facts.killed, Closed.KILLED),
        (facts.withheld, Closed.WITHHELD),
        (facts.advisory, Closed.ADVISORY),
        (not facts.live, Closed.NOT_PUBLISHED),
        (not facts.placed, Closed.NOT_PLACED),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _by_time(facts: GateFacts, at: datetime) -> Closed | None:
    if facts.embargo_until and at < facts.embargo_until:
        return Closed.EMBARGOED
    if facts.expire_at and at >= facts.expire_at:
        return Closed.EXPIRED
    if facts.rights_until and at >= facts.rights_until:
        return Closed.RIGHTS_EXPIRED
    return None


def _by_licence(facts: GateFacts, *, masthead: str, use: Use) -> Closed | None:
    if facts.licensed_mastheads and masthead not in facts.licensed_mastheads:
        return Closed.NOT_LICENSED_HERE
    if facts.licensed_uses and use not in facts.licensed_uses:
        return Closed.NOT_LICENSED_FOR_USE
    return None


def _next_change(facts: GateFacts, at: datetime) -> datetime | None:
    moments = (facts.embargo_until, facts.expire_at, facts.rights_until)
    return min((m for m in moments if m and m > at), default=None)
