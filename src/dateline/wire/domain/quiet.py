"""Whether an agency that sends nothing is strangely quiet: by what came at this time before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

WEEK = timedelta(days=7)
WEEKS = 4  # are looked back on
KNOWN = 2  # so many of them a provider must have been here for
SHORTEST = timedelta(minutes=15)
FEWEST = 3  # files: one or two late ones are no trouble


def silence(last_at: datetime | None, *, at: datetime) -> timedelta | None:
    """How long it has been quiet, less than a week; None for never and for a few minutes."""
    if last_at is None or at - last_at < SHORTEST:
        return None
    return min(at - last_at, WEEK - timedelta(seconds=1))


def usually(counts: Sequence[int], *, first_at: datetime, at: datetime) -> int:
    """The fewest files that came in the same stretch of each earlier week; 0 where too few known.

    `counts` are those of last week, the week before and so on, WEEKS of them. Of a provider whose
    first file came at `first_at` only the weeks that it was here count. Moments are aware UTC.
    """
    here = [count for back, count in enumerate(counts, start=2) if first_at <= at - back * WEEK]
    return min(here) if len(here) >= KNOWN else 0


def is_strange(usual: int) -> bool:
    """Whether silence is worth a person's look where `usual` files come otherwise."""
    return usual >= FEWEST
