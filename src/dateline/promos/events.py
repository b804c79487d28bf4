"""What happened in the room for offers. Ids and moments only: whoever hears it reads the rest.

People are the text of their UUID; an empty `by` is the clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignBooked:
    """A campaign was written down, as a draft that no reader sees."""

    name: ClassVar[str] = "campaign.booked"
    campaign_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignChanged:
    """The terms or creatives of a draft changed."""

    name: ClassVar[str] = "campaign.changed"
    campaign_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignMoved:
    """A campaign went from one state to another. `mastheads` are ids, `house`: it is ours."""

    name: ClassVar[str] = "campaign.moved"
    campaign_id: int
    verb: str
    was: str
    became: str
    mastheads: tuple[int, ...]
    house: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignKilled:
    """A campaign must not be seen by anybody any more. Else as `CampaignMoved`."""

    name: ClassVar[str] = "campaign.killed"
    campaign_id: int
    was: str
    mastheads: tuple[int, ...]
    house: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersChanged:
    """Somebody books offers for a masthead from now on, or, with `on` false, no longer."""

    name: ClassVar[str] = "promo_managers.changed"
    user_id: str
    masthead_id: int | None
    on: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AdsTxtChanged:
    """A root domain has another ads.txt. `mastheads` are the ids of those on it."""

    name: ClassVar[str] = "ads_txt.changed"
    domain: str
    mastheads: tuple[int, ...]
    by: str
    at: datetime
