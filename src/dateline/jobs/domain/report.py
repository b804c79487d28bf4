"""What became of a file of jobs, row by row."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not taken. `number` counts as in `domain.feed.Row`; `key` may be empty."""

    number: int
    key: str
    problems: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Report:
    """What became of a file. `closed` are jobs it ended because it is complete without them.

    `notes` are sentences about the file as a whole.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    reopened: int = 0
    closed: int = 0
    complete: bool = False
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """How many rows were good, whether they brought news or not."""
        return self.added + self.changed + self.same

    def lines(self) -> list[str]:
        """The report in sentences, for people."""
        first = f"{self.added} added, {self.changed} changed, {self.same} as they were"
        last = f"{self.closed} closed, {self.reopened} open again, {len(self.refused)} refused"
        said = [f"{first}, {last}.", *self.notes]
        for one in self.refused:
            named = f" ({one.key})" if one.key else ""
            said.append(f"Row {one.number}{named}: {' '.join(one.problems)}")
        return said


def report_of(told: dict[str, Any]) -> Report:
    """Read a report from what was stored of it, as `dataclasses.asdict` wrote it."""
    refused = [
        Refused(one["number"], one["key"], tuple(one["problems"])) for one in told["refused"]
    ]
    return Report(**{**told, "refused": refused})
