"""A campaign as somebody wants it booked, and everything that is wrong with that."""

from collections.abc import Collection
from dataclasses import dataclass

from dateline.promos.domain import targets, windows
from dateline.promos.domain.checks import Draft, problems_of_creative, problems_of_terms
from dateline.promos.domain.kinds import Slot
from dateline.promos.domain.targets import Targets, Title
from dateline.promos.domain.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class CreativeTerms:
    """One creative. `creative_id` is None for a new one; `picture_id` is that of a Picture."""

    kind: str
    headline: str
    target_url: str
    slots: frozenset[Slot]
    text: str = ""
    cta: str = ""
    code: str = ""
    picture_id: int | None = None
    alt: str = ""
    creative_id: int | None = None

    def problems(self) -> list[str]:
        """What keeps it from readers, in sentences."""
        draft = Draft(
            kind=self.kind, headline=self.headline, text=self.text, cta=self.cta,
            target_url=self.target_url, code=self.code, alt=self.alt,
            has_picture=self.picture_id is not None,
        )  # fmt: skip
        return problems_of_creative(draft)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed with an advertiser. `home` is a masthead's slug, whose clock it keeps."""

    name: str
    advertiser_id: int | None
    home: str
    tier: str
    label: str
    window: Window
    targets: Targets
    creatives: tuple[CreativeTerms, ...]
    goal: int | None = None
    weight: int = 1
    cap_views: int = 0
    cap_hours: int = 24

    def problems(self, network: Collection[Title]) -> list[str]:
        """What keeps it from being booked, in sentences. `network` is every masthead."""
        found = [] if self.name.strip() else ["It needs a name, for the desk."]
        found += problems_of_terms(
            tier=self.tier, label=self.label, goal=self.goal, weight=self.weight,
            has_advertiser=self.advertiser_id is not None,
        )  # fmt: skip
        found += windows.problems_of(self.window)
        slots = frozenset(slot for one in self.creatives for slot in one.slots)
        found += targets.problems_of(self.targets, slots=slots, network=network)
        return found + [problem for one in self.creatives for problem in one.problems()]
