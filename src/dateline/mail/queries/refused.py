"""What ESPs told and could not be taken in."""

from dataclasses import dataclass
from datetime import datetime

from dateline.mail import models


@dataclass(frozen=True, slots=True)
class Refused:
    """One request of a webhook. `is_proved`: it came from the ESP. `at` is aware UTC."""

    esp: str
    why: str
    is_proved: bool
    at: datetime
    body: str


def refused(count: int) -> list[Refused]:
    """Return the newest requests that were refused or made no sense, the newest first."""
    rows = models.RefusedEvent.objects.order_by("-pk")[:count]
    return [
        Refused(
            row.esp, row.why, row.is_proved, row.received_at,
            bytes(row.body).decode("utf-8", "backslashreplace"),
        )
        for row in rows
    ]  # fmt: skip
