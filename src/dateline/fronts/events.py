"""What happened to the fronts of the network."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmChanged:
    """Every page of the network shows something else first: `level` 0 off, 1 banner, 2 emergency.

    `by` is a user's id, empty for the operator's command. `at` is aware UTC.
    """

    name: ClassVar[str] = "alarm.changed"
    alarm_id: int
    level: int
    by: str
    at: datetime
