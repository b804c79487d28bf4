"""What the public interface says of changes: plain data for JSON, and its schemas."""

from collections.abc import Sequence
from typing import Any

from dateline.mastheads.domain.site import Site
from dateline.movements.domain.moved import Moved
from dateline.web.domain.api import CANCELED, ROOT, USABLE, WITHHELD, moment, problem

PATH = f"{ROOT}changes"


def change(
    site: Site, moved: Moved, *, story: dict[str, Any] | None, killed: bool
) -> dict[str, Any]:
    """One movement. `pubstatus` and `story` are of now; nothing is said of one that is gone."""
    status = USABLE if story else CANCELED if killed else WITHHELD
    return {
        "id": moved.story_id,
        "uri": f"urn:dateline:story:{moved.story_id}",
        "self": f"{site.origin}{ROOT}stories/{moved.story_id}",
        "change": moved.kind,
        "at": moment(moved.at),
        "pubstatus": status,
        "story": story,
    }


def listed(
    site: Site, told: Sequence[dict[str, Any]], *, reached: str, more: bool, settles: int
) -> dict[str, Any]:
    """One page: where the next is now, or null, and where to ask later for what comes after."""
    onward = f"{site.origin}{PATH}?cursor={reached}"
    return {
        "changes": list(told),
        "next": onward if more else None,
        "later": onward,
        "settles_s": settles,
    }


def wrong() -> dict[str, Any]:
    """What is answered where neither a moment nor a place of ours was given."""
    return problem(
        400,
        "Since when?",
        "Give `since` as an RFC 3339 moment with its offset, such as 2026-11-30T00:00:00Z, or go"
        " on at `next` or `later` of an answer as it is.",
    )
