"""What reader pages are given: plain, frozen, already through the gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from dateline.stories.domain.gate import Closed
from dateline.stories.domain.headlines import Tried
from dateline.stories.domain.legal import Demand
from dateline.stories.domain.translation import Tongue, Translation

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A story in a list. Moments are aware UTC; `path` is its address on this masthead.

    `tried` are headlines that lists of this masthead show in place of its own.
    """

    story_id: int
    path: str
    headline: str
    short_headline: str
    standfirst: str
    kicker: str
    section_id: int
    section_path: str
    kind: str
    kind_label: str
    published_at: datetime
    updated_at: datetime
    corrected: bool
    picture: Any  # media's Picture row, or None; hand it to media.queries.sources
    lead_caption: str
    byline: str
    dateline: str
    language: str
    sensitive: bool
    urgency: int
    pinned_rank: int | None
    until: datetime | None
    tried: Tried | None = None
    live: bool = False  # a live blog that goes on

    @property
    def title(self) -> str:
        """The headline for lists: the short one where there is one."""
        return self.short_headline or self.headline


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, numbered from 1, and whether there is another."""

    items: Sequence[T]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class BylinePerson:
    """Someone named over a story."""

    name: str
    slug: str
    role: str
    portrait: Any  # media's Picture row, or None


@dataclass(frozen=True, slots=True)
class TopicLink:
    """What a story is about."""

    name: str
    slug: str
    qcode: str


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """What readers are told about a mistake. `at` is aware UTC."""

    kind: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceChain:
    """How a story reached readers. Moments are aware UTC; None where nobody said."""

    agency: str
    agency_item: str
    agency_version: int | None
    agency_sent_at: datetime | None
    received_at: datetime | None
    edited_here: bool
    agency_slug: str = ""
    agency_language: str = ""  # BCP 47 tag of what the agency sent; empty where it did not say
    agency_item_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything a story page shows. `body` is the StreamField value; its blocks have templates."""

    card: Card
    body: Any
    people: tuple[BylinePerson, ...]
    topics: tuple[TopicLink, ...]
    corrections: tuple[CorrectionNote, ...]
    versions: int
    copyright_line: str
    usage_terms: str
    canonical_url: str
    sources: SourceChain | None
    elsewhere: tuple[tuple[str, str], ...]  # (masthead slug, address) of its other placements
    comments_open: bool
    until: datetime | None
    shareable: bool = True  # whether the licence covers a picture of it on other sites
    series_id: int | None = None
    series_number: int | None = None
    translation: Translation | None = None
    tongues: tuple[Tongue, ...] = ()  # its own translations


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is still said of a story whose rights have ended: never its text or its pictures.

    `standfirst` is empty where it is the agency's. `published_at` is aware UTC.
    """

    headline: str
    standfirst: str
    language: str
    kicker: str
    section_id: int
    section_path: str
    agency: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """The story was here and is not now. Nothing of a killed story is repeated.

    `kept` is None but where only the end of its rights keeps the gate shut, `demand` but where the
    law withholds it.
    """

    story_id: int
    closed: Closed
    at: datetime | None
    until: datetime | None
    kept: Kept | None = None
    demand: Demand | None = None

    @property
    def status(self) -> int:
        """What its address answers: 451 for legal reasons (RFC 7725), else 410."""
        return 451 if self.demand else 410


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """One version readers saw. `shown_until` is None for the one they see now."""

    number: int
    change: str
    note: str
    source: str
    shown_from: datetime
    shown_until: datetime | None
    headline: str
    standfirst: str
    dateline: str
    byline: str
    body: str
