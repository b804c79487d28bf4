"""Record what a page depends on while it renders, and purge what changed. For every room above."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog
from django.conf import settings

from dateline import clock
from dateline.edge import keys, queries
from dateline.edge.adapters import outbound
from dateline.edge.adapters.counters import Counters, EdgeUnavailable
from dateline.edge.adapters.ledger import Ledger, Purge
from dateline.edge.adapters.outer.connect import connect
from dateline.edge.adapters.outer.interface import TagCache
from dateline.edge.domain.collector import Collector
from dateline.edge.domain.outer import standing
from dateline.edge.domain.verdict import Mode

log = structlog.get_logger(__name__)

EMBEDDED = "embedded"
AGAIN_AFTER_S = 2.0
SOFT_EVERY_S = 10.0

View = TypeVar("View", bound=Callable[..., Any])

_collector: ContextVar[Collector | None] = ContextVar("dateline_edge_collector", default=None)
_counters: dict[Path, Counters] = {}


@contextmanager
def collecting() -> Iterator[Collector]:
    """Collect what is rendered inside; yield the collector, whose `note()` tells the result.

    The sequence of the counters is read before anything is rendered. Where the counters cannot be
    used `note()` returns None and the page must not be stored. Inside another `collecting()` only
    the inner one hears.
    """
    collector = Collector(start=sequence())
    token = _collector.set(collector)
    try:
        yield collector
    finally:
        _collector.reset(token)


def depend(*tags: str) -> None:
    """Record that the page being rendered is wrong once any of `tags` is purged.

    Inside `softly()` it may be shown once more while a new one is made. Outside `collecting()`
    nothing happens: a query helper calls this without asking who renders.
    """
    if collector := _collector.get():
        collector.depend(tags)


def depend_softly(*tags: str) -> None:
    """Record tags after whose purge the page may be shown once more. Else as `depend`."""
    if collector := _collector.get():
        collector.depend_softly(tags)


@contextmanager
def softly() -> Iterator[None]:
    """Make every `depend()` inside soft: for rails that list what is published elsewhere.

    A tag that is also recorded outside stays hard. A purge in mode GONE reaches soft tags too.
    """
    collector = _collector.get()
    if collector is None:
        yield
        return
    with collector.softly():
        yield


def opens_at(moment: datetime | None) -> None:
    """Record the next moment (aware) at which something may appear: an embargo, a schedule.

    From then on the page is made again; the old one is shown only when no renderer answers. The
    earliest moment counts. None, and a call outside `collecting()`, do nothing.
    """
    collector = _collector.get()
    if collector and moment is not None:
        collector.opens_at(moment)


def closes_at(moment: datetime | None) -> None:
    """Record the next moment (aware) at which something shown must vanish. Else as `opens_at`.

    From then on the page is never shown again, even with every other process dead.
    """
    collector = _collector.get()
    if collector and moment is not None:
        collector.closes_at(moment)


@dataclass(frozen=True, slots=True)
class SharedPage:
    """The mark of a view whose answers every reader may share. Fields as in `PageNote`."""

    ttl: float | None = None
    query: tuple[str, ...] = ()


def shared_page(ttl: float | None = None, *, query: Iterable[str] = ()) -> Callable[[View], View]:
    """Mark a view as one whose answers are the same for everyone: `@shared_page(ttl=5)`.

    Such a view reads nothing of the request but host, path and the names in `query`, which are
    among `keys.ALLOWED_QUERY`; others are taken off before it runs, and make no page of their own.
    `ttl` is how many seconds an answer holds at most. Put it outermost, or under decorators that
    copy attributes as `functools.wraps` does.

    Raises:
        ValueError: a name that never reaches a shared page.

    """
    names = tuple(sorted(query))
    if unknown := set(names) - keys.ALLOWED_QUERY:
        raise ValueError(f"No shared page is told of {sorted(unknown)}: see keys.ALLOWED_QUERY.")

    def mark(view: View) -> View:
        view.__dict__["shared_page"] = SharedPage(ttl, names)
        return view

    return mark


def shared_mark(view: Callable[..., Any]) -> SharedPage | None:
    """Return the mark that `shared_page` left on `view`, or None where it did not opt in."""
    mark = getattr(view, "shared_page", None)
    return mark if isinstance(mark, SharedPage) else None


def purge(tags: Iterable[str], *, mode: Mode = Mode.HARD, cause: str) -> int:
    """Make every page that depends on one of `tags` invalid, now; return the purge's number.

    `cause` is for people who ask why: the fact's name and id. Call it after COMMIT: a page made
    before it would be rendered from the old rows and then be kept. Outer caches are told at once
    and again two seconds later, for a fetch that began before the purge and a cache that cannot
    compare (`standing`); what one does not confirm is owed to it, and the worker sends it until it
    does.

    Raises:
        EdgeUnavailable: the purge could not be done or written down. The outbox will try again.

    """
    wanted = sorted(set(tags))
    began = time.perf_counter()
    number = _open().purge(wanted, mode)
    seconds = {EMBEDDED: time.perf_counter() - began}
    caches, ledger, now = _caches(), _ledger(), clock.now().timestamp()
    if caches:
        ledger.owe(wanted, soft=mode is Mode.SOFT, now=now, again_at=now + AGAIN_AFTER_S)
        for cache in caches:
            began = time.perf_counter()
            outbound.send(ledger, cache, now=now, standing=_standing)
            seconds[cache.name] = time.perf_counter() - began
    ledger.note(
        Purge(
            at=now,
            number=number,
            mode=mode.name.lower(),
            tags=tuple(wanted),
            tag_count=len(wanted),
            cause=cause,
            seconds={name: round(value, 6) for name, value in seconds.items()},
        )
    )
    return number


def purge_softly(tags: Iterable[str], *, cause: str) -> None:
    """Purge shared parts (counts, trending, offers): each tag at most once in 10 seconds.

    The first call acts at once. What is asked for within the 10 seconds after it is gathered into
    one purge at their end, by the worker. Pages are shown once more while they are made again.

    Raises:
        EdgeUnavailable: as for `purge`.

    """
    ready = _ledger().soften(tags, cause=cause, now=clock.now().timestamp(), every_s=SOFT_EVERY_S)
    if ready:
        purge(ready, mode=Mode.SOFT, cause=cause)


def tick() -> int:
    """Do what is due: gathered soft purges, and what outer caches are owed; return how much it was.

    The worker calls this about twice a second, for ever.
    """
    ledger, now = _ledger(), clock.now().timestamp()
    if not ledger.path.exists():
        return 0  # nothing was ever purged here
    due = ledger.due_softly(now=now, every_s=SOFT_EVERY_S)
    if due:
        causes = sorted({cause for _, _, cause in due})
        purge([tag for tag, _, _ in due], mode=Mode.SOFT, cause=", ".join(causes)[:200])
        ledger.softened([(tag, stamp) for tag, stamp, _ in due], now=now)
    return len(due) + sum(
        outbound.send(ledger, cache, now=now, standing=_standing) for cache in _caches()
    )


def sequence() -> int | None:
    """Return where the counters stand, for memories that must not outlive a purge; or None."""
    try:
        return _open().sequence()
    except EdgeUnavailable as error:
        log.warning("edge_unavailable", error=str(error))
        return None


def _standing() -> str:
    return standing(_open().sequence())


def _open() -> Counters:
    directory = Path(settings.DATELINE_EDGE_DIR)
    counters = _counters.get(directory)
    if counters is None or counters.taken_away():
        counters = _counters[directory] = queries.open_counters(directory)
    return counters


def _ledger() -> Ledger:
    names = [cache.name for cache in _caches()]
    return Ledger(Path(settings.DATELINE_EDGE_DIR), names)


def _caches() -> tuple[TagCache, ...]:
    return connect(settings.DATELINE_EDGE_OUTER)
