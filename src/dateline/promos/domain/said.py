"""What a browser says it showed: `[[event, name], …]` as JSON, believed only as far as it fits."""

import json
from typing import Any

from dateline.promos.domain.kinds import Event

MOST_BYTES = 8_192
MOST_EVENTS = 60
TOLD = {str(event): event for event in Event if event is not Event.CLICK}  # clicks come by the link

Said = tuple[Event, str]


def read(body: bytes) -> list[Said]:
    """The events that can be read of a body, at most 60; whatever is no event is left out."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return events_in(said) if isinstance(said, list) else []


def events_in(said: list[Any]) -> list[Said]:
    """The events of a list that was read from JSON, at most 60."""
    found = [_event(one) for one in said[:MOST_EVENTS]]
    return [one for one in found if one is not None]


def _event(one: Any) -> Said | None:
    match one:
        case [str(event), str(name)] if event in TOLD:
            return TOLD[event], name
    return None
