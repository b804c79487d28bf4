"""Readers get an alert once: what makes a second one the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dateline.alerts.domain.errors import Duplicate
from dateline.alerts.domain.kinds import AlertClass

WINDOW = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Sent:
    """An alert as far as a second one is compared with it. `at` is aware UTC."""

    key: UUID
    story_id: int
    alert_class: AlertClass
    at: datetime


def refuse_twice(new: Sent, earlier: Iterable[Sent]) -> None:
    """Let nobody alert readers of the same twice.

    The same key is refused for ever: a form that was sent twice, a request that was repeated. The
    same story and class is refused within six hours before or after.

    Raises:
        Duplicate: the message says of what, and when it was.

    """
    for one in earlier:
        if one.key == new.key:
            raise Duplicate(f"This alert is on its way since {one.at:%H:%M UTC}.")
        same = (one.story_id, one.alert_class) == (new.story_id, new.alert_class)
        if same and abs(new.at - one.at) < WINDOW:
            raise Duplicate(
                f"Readers had a {one.alert_class} alert of this story at {one.at:%H:%M UTC, %d %B}."
                " Withdraw that one first, or correct the story: its alert is then replaced."
            )
