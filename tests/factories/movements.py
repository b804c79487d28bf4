"""Movements for tests, through the real service."""

from dateline.movements import services
from dateline.movements.domain.moved import Happened


def note(story_id, masthead_ids, *, name, at, noted_at):
    """Write down that one thing happened to one story."""
    services.note([Happened(story_id, masthead_ids, name, at)], noted_at=noted_at)
