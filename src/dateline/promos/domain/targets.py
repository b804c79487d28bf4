"""On which pages a campaign may stand, and which wishes contradict each other."""

from collections.abc import Collection
from dataclasses import dataclass, field

from dateline.promos.domain.kinds import SLOTS_IN_SECTIONS, SLOTS_ON_STORIES, Slot

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Slugs and language tags; an empty set of wishes means anywhere."""

    mastheads: frozenset[str]
    sections: frozenset[str] = NOTHING
    not_sections: frozenset[str] = NOTHING
    topics: frozenset[str] = NOTHING
    not_topics: frozenset[str] = NOTHING
    languages: frozenset[str] = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page as targets see it. `sections` are the page's own and those above it.

    `sensitive` stories carry no offer, whatever is booked.
    """

    masthead: str
    language: str
    sections: frozenset[str] = NOTHING
    topics: frozenset[str] = NOTHING
    sensitive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What one masthead has that can be aimed at."""

    slug: str
    language: str
    sections: frozenset[str] = field(default=NOTHING)


def fits(targets: Targets, place: Place) -> bool:
    """Whether a campaign may stand on a page."""
    wanted = (
        (targets.sections, place.sections),
        (targets.topics, place.topics),
        (targets.languages, frozenset({place.language})),
    )
    return (
        not place.sensitive
        and place.masthead in targets.mastheads
        and all(not wish or wish & there for wish, there in wanted)
        and not targets.not_sections & place.sections
        and not targets.not_topics & place.topics
    )


def problems_of(
    targets: Targets, *, slots: Collection[Slot], network: Collection[Title]
) -> list[str]:
    """Say which targets can never be met, or contradict each other, in sentences."""
    chosen = [title for title in network if title.slug in targets.mastheads]
    if not targets.mastheads:
        return ["It has no masthead. Choose at least one."]
    found = [
        f"There is no masthead {slug!r}." for slug in sorted(targets.mastheads - _slugs(chosen))
    ]
    found += _contradictions(targets)
    sections = frozenset[str]().union(*(title.sections for title in chosen))
    found += [
        f"None of its mastheads has a section {slug!r}."
        for slug in sorted((targets.sections | targets.not_sections) - sections)
    ]
    spoken = {title.language for title in chosen}
    if targets.languages and not targets.languages & spoken:
        asked = ", ".join(sorted(targets.languages))
        found.append(f"None of its mastheads is in {asked}: nobody would see it.")
    return found + _problems_of_slots(targets, frozenset(slots))


def _slugs(titles: Collection[Title]) -> frozenset[str]:
    return frozenset(title.slug for title in titles)


def _contradictions(targets: Targets) -> list[str]:
    pairs = (
        ("section", targets.sections & targets.not_sections),
        ("topic", targets.topics & targets.not_topics),
    )
    return [
        f"It wants the {word} {slug!r} and refuses it."
        for word, both in pairs
        for slug in sorted(both)
    ]


def _problems_of_slots(targets: Targets, slots: frozenset[Slot]) -> list[str]:
    if not slots:
        return ["None of its creatives has a slot: it would stand nowhere."]
    if targets.topics and not slots & SLOTS_ON_STORIES:
        return ["It aims at topics, which only stories have; none of its slots is on a story."]
    if targets.sections and not slots & SLOTS_IN_SECTIONS:
        return ["It aims at sections, and none of its slots is on a page of a section."]
    return []
