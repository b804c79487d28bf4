"""What the moderators' screen is told beside a comment: its place, its author's past, its log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dateline.discussion.domain.rows import AppealRow, DecisionRow, QueueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a comment stands. `address` is the story's, in full; empty where it is placed no more.

    `language` is the masthead's, `door` what a person said of the thread, or empty.
    """

    masthead: str
    language: str
    headline: str
    address: str
    door: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a person's comments became, on the mastheads that the moderator sees; and bans there."""

    posted: int = 0
    visible: int = 0
    held: int = 0
    removed: int = 0
    warned: bool = False
    banned: bool = False
    suspended_until: datetime | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing was ever removed, and nobody had to speak to them."""
        return not (self.removed or self.warned or self.banned or self.suspended_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One comment on the moderators' screen. `undo_id` is the decision that can be undone now."""

    comment: QueueRow
    place: Place
    history: History
    log: tuple[DecisionRow, ...]
    undo_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """How a person stands on one masthead, or, where it is None, in the network."""

    masthead_id: int | None
    masthead: str
    banned_at: datetime | None
    suspended_until: datetime | None
    warned_at: datetime | None
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One decision about a person, with the masthead it holds for; empty: the network."""

    decision: DecisionRow
    masthead: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderCard:
    """A person as a moderator sees them: never their address, only what they did here."""

    id: UUID
    name: str
    joined_at: datetime
    history: History
    standings: tuple[StandingRow, ...]
    judged: tuple[Judged, ...]
    latest: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadDoor:
    """One story's thread on one masthead: what a person said of it, and what holds now.

    `decided` is empty where the house decides. `now` is empty where readers do not see the story;
    `why` says so then.
    """

    masthead_id: int
    masthead: str
    address: str
    visible: int
    decided: str
    now: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLines:
    """A part of a word list: how many are banned and suspect, and some lines as (word, kind)."""

    banned: int
    suspect: int
    found: int
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskAppeal:
    """An appeal with the comment it is about; None where it is about the person."""

    appeal: AppealRow
    masthead: str
    row: DeskRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskNotice:
    """A notice that waits for a decision, with the comment it is about; None: something else."""

    id: int
    reference: str
    masthead: str
    address: str
    kind: str
    reasons: str
    name: str
    email: str
    at: datetime
    row: DeskRow | None
