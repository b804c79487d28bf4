"""A story in other languages: the one it was made from, and those that were made from it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads import queries as mastheads
from dateline.mastheads.domain.site import Site
from dateline.stories import models, rows
from dateline.stories.cards import gate_facts, path_of
from dateline.stories.domain.gate import Use, decide
from dateline.stories.domain.translation import How, Tongue, Translation


def translation_of(story: models.Story, site: Site, *, at: datetime) -> Translation | None:
    """How a story came into its language; None for one that was written in it.

    One query where it has an original, which is named only where readers may see it at `at`, aware
    UTC: on this masthead, else on another.
    """
    if not story.translated_how:
        return None
    who, origin = story.translator, None
    if who:
        edge.depend(keys.person(who.pk))
    if story.translated_from_id:
        edge.depend(keys.story(story.translated_from_id))
        found = rows.placed_anywhere(story=story.translated_from_id)
        origin = next(_open(found, site, at=at), None)
    return Translation(
        How(story.translated_how), who.name if who else "", who.slug if who else "", origin
    )


def translations(story_id: int, site: Site, *, at: datetime) -> tuple[Tongue, ...]:
    """The translations of a story that readers may see at `at`, aware UTC, one a language."""
    found: dict[str, Tongue] = {}
    for tongue in _open(rows.translations(story=story_id), site, at=at):
        found.setdefault(tongue.language, tongue)
    return tuple(found.values())


def _open(placements: list[Any], site: Site, *, at: datetime) -> Iterator[Tongue]:
    """Those for which the gate is open; this masthead's own first."""
    for placement in sorted(placements, key=lambda p: p.masthead_id != site.id):
        story, title = placement.story, placement.masthead
        verdict = decide(gate_facts(story, placement), masthead=title.slug, use=Use.WEB, at=at)
        edge.depend(keys.story(story.pk), keys.chrome(title.pk))
        if verdict.open:
            edge.closes_at(verdict.until)
            url = mastheads.origin_of(title.host) + path_of(placement)
            yield Tongue(story.language, story.headline, url)
        else:
            edge.opens_at(verdict.until)
