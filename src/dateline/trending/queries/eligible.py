"""Which stories may stand in a host's block at all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories
from dateline.trending.domain.languages import is_listed
from dateline.trending.queries.lists import LEFT_OUT


def open_rows(*, at: datetime) -> Any:
    """Placements for which the gate is open to trending on their own masthead, with their story."""
    return (
        stories.open_placements(use=Use.TRENDING, at=at)
        .select_related("story")
        .defer(*(f"story__{name}" for name in LEFT_OUT))
    )


def for_host(host: Site, sites: Sequence[Site], rows: Sequence[Any], *, at: datetime) -> list[Any]:
    """Those of `rows`, open placements, of a sister whose language it lists, licensed for it.

    None of a story that stands on the host itself by one of `rows`. `at` is aware UTC. Sensitive
    ones are among them: the ranking leaves those out.
    """
    own = {host.slug, *(edition.slug for edition in host.editions)}
    sisters = {s.id for s in sites if s.slug not in own and is_listed(host.language, s.language)}
    here = {row.story_id for row in rows if row.masthead_id == host.id}
    return [
        row
        for row in rows
        if row.masthead_id in sisters
        and row.story_id not in here
        and stories.gate(row, masthead=host.slug, use=Use.PROMO, at=at).open
    ]


def why_not(host: Site, sites: Sequence[Site], story_id: int, *, at: datetime) -> str:
    """Why a story may not stand in a host's block now: a key of the desk's words; empty if it may.

    `at` is aware UTC.
    """
    rows = list(open_rows(at=at).filter(story_id=story_id))
    if not rows:
        return "closed" if stories.addresses(story_id) else "no_story"
    if any(row.masthead_id == host.id for row in rows):
        return "own_story"
    if rows[0].story.sensitive:
        return "sensitive"
    return "" if for_host(host, sites, rows, at=at) else "closed"
