"""What happened on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class WireItemStored:
    """A usable item was stored: the newest version of its family, ready for an editor or a rule.

    `provider` is the provider's slug and `family` the agency's persistent id; `at` is when it was
    received, aware UTC.
    """

    name: ClassVar[str] = "wire.item_stored"
    item_id: int
    provider: str
    family: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WireItemKilled:
    """A provider withdrew a family by structure (IPTC `canceled` or `withheld`): act at once.

    `lifted` kinds do not exist: a later usable version arrives as `WireItemStored`.
    """

    name: ClassVar[str] = "wire.item_killed"
    item_id: int
    provider: str
    family: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireItemHeld:
    """An item needs a person before it may be used: unknown status, unclear embargo."""

    name: ClassVar[str] = "wire.item_held"
    item_id: int
    provider: str
    family: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireKillProposed:
    """An item asks in words only to kill or to hold something: a person must say what is meant.

    `item_id` is the notice. `reason` is a sentence for an editor.
    """

    name: ClassVar[str] = "wire.kill_proposed"
    item_id: int
    provider: str
    family: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderChanged:
    """The name of an agency, or what may happen to its copy, changed. `at` is aware UTC."""

    name: ClassVar[str] = "provider.changed"
    provider_id: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawQuarantined:
    """A delivery could not be read; its bytes are kept. `reason` is a sentence for an editor."""

    name: ClassVar[str] = "wire.raw_quarantined"
    raw_id: int
    provider: str
    at: datetime
    reason: str
