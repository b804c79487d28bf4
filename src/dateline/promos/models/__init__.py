"""Every table of the room for offers."""

from dateline.promos.models.campaign import (
    Advertiser,
    Campaign,
    Creative,
    Manager,
    SlotPlacement,
)
from dateline.promos.models.record import AdsTxt, CampaignNote, Count

__all__ = [
    "AdsTxt",
    "Advertiser",
    "Campaign",
    "CampaignNote",
    "Count",
    "Creative",
    "Manager",
    "SlotPlacement",
]
