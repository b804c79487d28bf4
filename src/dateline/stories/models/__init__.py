"""Stories, where they are placed, what readers saw, and what was said about it."""

from dateline.stories.models.headlines import CardHeadlines
from dateline.stories.models.legal import LegalDemand
from dateline.stories.models.listing import ListedUnder
from dateline.stories.models.live import LiveEntry, LiveEntryText
from dateline.stories.models.proposal import KillProposal
from dateline.stories.models.record import (
    AgencyOrder,
    Correction,
    DeskAlarm,
    KillReport,
    KillSurface,
    StoryVersion,
)
from dateline.stories.models.series import Series
from dateline.stories.models.story import Byline, Placement, Story
from dateline.stories.models.subjects import Person, Topic

__all__ = [
    "AgencyOrder",
    "Byline",
    "CardHeadlines",
    "Correction",
    "DeskAlarm",
    "KillProposal",
    "KillReport",
    "KillSurface",
    "LegalDemand",
    "ListedUnder",
    "LiveEntry",
    "LiveEntryText",
    "Person",
    "Placement",
    "Series",
    "Story",
    "StoryVersion",
    "Topic",
]
