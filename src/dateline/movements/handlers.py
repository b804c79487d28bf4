"""Write down what happened to stories. Safe to run twice."""

from collections.abc import Sequence
from typing import Any

from dateline import clock
from dateline.movements import services
from dateline.movements.domain.moved import Happened
from dateline.outbox.domain import together


@together
def note(facts: Sequence[Any]) -> None:
    """Note Story facts for programs that ask what changed."""
    happened = (Happened(one.story_id, one.masthead_ids, one.name, one.at) for one in facts)
    services.note(happened, noted_at=clock.now())
