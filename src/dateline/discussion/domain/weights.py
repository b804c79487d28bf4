"""Whether somebody's votes and reports count, by their record."""

from dataclasses import dataclass
from datetime import datetime, timedelta

FEWEST_JUDGED = 5  # a share of fewer comments says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a reader. `judged`: their latest comments, `removed`: how many of those.

    `shut_out`: they are banned or suspended now, here or in the network.
    """

    joined_at: datetime
    shut_out: bool
    judged: int
    removed: int


def counts(record: Record, *, hours: int, removed_percent: int, at: datetime) -> bool:
    """Whether what this reader thinks of a comment moves it.

    Not in an account's first `hours`, not while its owner may not comment, and not where
    `removed_percent` (0: any) or more of their latest comments were removed. `at` is aware UTC.
    """
    if record.shut_out or at < record.joined_at + timedelta(hours=hours):
        return False
    often = removed_percent and record.judged >= FEWEST_JUDGED
    return not (often and record.removed * 100 >= removed_percent * record.judged)
