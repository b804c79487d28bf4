"""One masthead as its pages see it: plain and frozen."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionNode:
    """One section and those under it, in navigation order."""

    id: int
    slug: str
    name: str
    standfirst: str
    in_navigation: bool
    parent_id: int | None
    children: tuple["SectionNode", ...]

    @property
    def path(self) -> str:
        """The section's address on its masthead."""
        return f"/{self.slug}/"

    def family_ids(self) -> tuple[int, ...]:
        """Ids of this section and of all below it."""
        return (self.id, *(i for child in self.children for i in child.family_ids()))


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#rrggbb`, for light and dark."""

    ink: str
    paper: str
    accent: str
    ink_dark: str
    paper_dark: str
    accent_dark: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Another language's edition of the same title."""

    slug: str
    name: str
    language: str
    origin: str


@dataclass(frozen=True, slots=True)
class Site:
    """One masthead with everything its pages need. `origin` is `scheme://host[:port]`."""

    id: int
    slug: str
    name: str
    tagline: str
    host: str
    origin: str
    language: str
    time_zone: str
    legal_line: str
    look: str
    tokens: Tokens
    wordmark_url: str
    about: str
    editions: tuple[Edition, ...]
    sections: tuple[SectionNode, ...]
    alarm: int = 0  # the same on all: see fronts.domain.alarm.Level

    def section(self, slug: str) -> SectionNode | None:
        """The section with this slug, at any depth, or None."""
        return next((s for s in walk(self.sections) if s.slug == slug), None)

    def trail(self, section_id: int) -> tuple[SectionNode, ...]:
        """The sections from the top down to `section_id`; empty if it is not of this masthead."""
        by_id = {s.id: s for s in walk(self.sections)}
        trail: list[SectionNode] = []
        node = by_id.get(section_id)
        while node:
            trail.insert(0, node)
            node = by_id.get(node.parent_id) if node.parent_id else None
        return tuple(trail)


def walk(nodes: Iterable[SectionNode]) -> Iterable[SectionNode]:
    """These sections and all below them, each before its children."""
    for node in nodes:
        yield node
        yield from walk(node.children)
