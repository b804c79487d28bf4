"""What the page cache does, in figures for people; the database is not asked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from dateline.edge import queries as edge
from dateline.project.front import metrics

SLOWEST = 5
MS = 1000


@dataclass(frozen=True, slots=True)
class SlowPurge:
    """One purge: when (aware UTC), by which fact, how many tags, milliseconds in all."""

    at: datetime
    cause: str
    tags: int
    ms: float


@dataclass(frozen=True, slots=True)
class OuterCache:
    """What a cache in front has not confirmed, its last error, its next try (aware UTC)."""

    name: str
    tags: int
    error: str
    next_try: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the page cache of this machine does.

    `answered` and the counts below it are since the running fronts started; `hit_percent` is None
    before the first answer. `oldest` is how long ago the oldest page was made that a reader was
    given in the last minute or two. `pages` and `megabytes` are what is stored.
    """

    answered: int
    hit_percent: float | None
    stale_if_error: int
    oldest: timedelta
    pages: int
    megabytes: float
    cap_megabytes: float
    purges: int
    slowest: tuple[SlowPurge, ...]
    owed: tuple[OuterCache, ...]

    @property
    def oldest_text(self) -> str:
        """`12 s`, `3 min`, `2 h`, `5 d`: whole units, rounded down."""
        seconds = int(self.oldest.total_seconds())
        units = ((86_400, "d"), (3600, "h"), (60, "min"))
        return next(
            (f"{seconds // size} {unit}" for size, unit in units if seconds >= size),
            f"{seconds} s",
        )


def figures_now() -> Figures | None:
    """The figures of this installation, or None where its page cache cannot be looked at."""
    return figures(Path(settings.DATELINE_EDGE_DIR))


def figures(directory: Path) -> Figures | None:
    """The figures of the page cache below `directory` (`<data folder>/edge`), or None."""
    try:
        status = edge.status(directory, limit=SLOWEST)
    except edge.EdgeUnavailable:
        return None
    counts, store = metrics.read(directory), status.store
    hits = counts.hit + counts.soft + counts.stale_if_error
    answered = hits + counts.miss + counts.collapsed + counts.bypass
    return Figures(
        answered=answered,
        hit_percent=100 * hits / answered if answered else None,
        stale_if_error=counts.stale_if_error,
        oldest=timedelta(seconds=counts.oldest_seconds),
        pages=store.pages if store else 0,
        megabytes=_mb(store.bytes) if store else 0.0,
        cap_megabytes=_mb(store.cap_bytes) if store else 0.0,
        purges=status.purges,
        slowest=tuple(
            SlowPurge(_moment(one.at), one.cause, one.tag_count, sum(one.seconds.values()) * MS)
            for one in status.slowest
        ),
        owed=tuple(
            OuterCache(one.cache, one.tags, one.error, _moment(one.next_try_at))
            for one in status.owed
        ),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _mb(size: int) -> float:
    return size / 1024 / 1024
