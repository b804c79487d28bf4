"""What the desk is told about a picture beside its form."""

from typing import Any

from django import template

from dateline import clock
from dateline.media.domain import rights
from dateline.media.models import Picture

register = template.Library()


@register.inclusion_tag("media/rights_panel.html")
def picture_rights(picture: Picture) -> dict[str, Any]:
    """Show whether a picture may be used, its restrictions, and what was odd in its file."""
    allowed, reason = rights.may_use(picture.facts, rights.Use.PAGE, clock.now())
    return {
        "picture": picture,
        "allowed": allowed,
        "reason": reason,
        "restrictions": picture.restrictions,
        "notes": picture.notes.splitlines(),
    }


@register.filter
def withheld_mark(picture: Picture) -> str:
    """Return one word for a picture that readers may not see now, or an empty text."""
    if picture.killed_at is not None:
        return "Killed"
    if picture.held_reason:
        return "Held"
    allowed, _ = rights.may_use(picture.facts, rights.Use.PAGE, clock.now())
    return "" if allowed else "Not usable"
