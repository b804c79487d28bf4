"""Write down what happened to a story. Safe to run twice."""

from typing import Any

from dateline import clock
from dateline.movements import services


def note(fact: Any) -> None:
    """Note a Story fact for programs that ask what changed."""
    services.note(
        fact.story_id, fact.masthead_ids, name=fact.name, at=fact.at, noted_at=clock.now()
    )
