"""What a browser says it showed: `[[event, name], …]` as JSON, believed only as far as it fits."""

import json
from typing import Any

from dateline.promos.domain.kinds import Event

MOST_EVENTS = 60
TOLD = {str(event): event for event in Event if event is not Event.CLICK}  # clicks come by the link


def read(body: bytes) -> list[tuple[Event, str]]:
    """The events that can be read of a body, at most 60; whatever is no event is left out."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = [_event(one) for one in said[:MOST_EVENTS]] if isinstance(said, list) else []
    return [one for one in found if one is not None]


def _event(one: Any) -> tuple[Event, str] | None:
    match one:
        case [str(event), str(name)] if event in TOLD:
            return TOLD[event], name
    return None
