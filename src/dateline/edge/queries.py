"""Open what the edge keeps, and ask about it. No Django here: the front imports this."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from dateline.edge import keys
from dateline.edge.adapters.counters import Counters, EdgeUnavailable, Watch, boot_id, slot_of
from dateline.edge.adapters.ledger import Ledger, Owed, Purge
from dateline.edge.adapters.store import PageStore, StoreStats, Swept
from dateline.edge.domain.page import FORMAT, StoredPage
from dateline.edge.domain.verdict import Held, Mode, Verdict, judge

__all__ = [  # the front and the desk may not look into our adapters
    "Counters",
    "EdgeUnavailable",
    "Owed",
    "PageStore",
    "Purge",
    "StoreStats",
    "Swept",
    "Watch",
]


def open_counters(directory: Path) -> Counters:
    """Map the counters below `directory` (`<data folder>/edge`), making them where needed.

    Raises:
        EdgeUnavailable: the folder or file cannot be used.

    """
    return Counters.open(directory)


def open_store(directory: Path, *, size_mb: int, release: str) -> PageStore:
    """Open the pages below `directory` (`<data folder>/edge`), at most `size_mb` megabytes.

    `release` names the code and templates; pages of another one, of another boot of the machine
    or of another size are dropped. Never raises: where nothing can be kept the store answers that
    nothing is there. Open it once a process, after the fork.
    """
    try:
        boot = boot_id()
    except OSError:
        boot = secrets.token_hex(16)  # nobody can tell which boot a page is from: keep none
    return PageStore.open(
        directory, size_mb=size_mb, generation=f"{FORMAT} {boot} {size_mb} {release}"
    )


def sweep(counters: Counters, store: PageStore, *, now: float, limit: int = 50) -> Swept:
    """Do a second's worth of the janitor's work; `now` is seconds since 1970 UTC. Never raises.

    Looks at the next `limit` stored pages and removes those that may never be shown again, so
    that what was killed does not lie on the disk; makes room; makes good what a purger left that
    died. Removing is tidiness: whether a page may be shown is judged anew each time.
    """
    counters.heal()

    def is_dead(held: Held, tags: tuple[str, ...]) -> bool:
        return judge(held, counters.look(Watch(tags, ())), now=now) is Verdict.DEAD

    return store.sweep(is_dead, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeStatus:
    """How the edge of one machine stands.

    `purges` is how many were made since the counters began (a start of the machine), `store` is
    None where no front ever ran. `owed` is what outer caches have not confirmed.
    """

    sequence: int
    purges: int
    store: StoreStats | None
    owed: tuple[Owed, ...]
    newest: tuple[Purge, ...]
    slowest: tuple[Purge, ...]


def status(directory: Path, *, limit: int = 5) -> EdgeStatus:
    """Ask how the edge below `directory` stands, with the `limit` newest and slowest purges.

    Raises:
        EdgeUnavailable: the counters or the ledger cannot be read.

    """
    counters, ledger = open_counters(directory), Ledger(directory)
    store = PageStore.peek(directory)
    try:
        stats = store.stats()
    finally:
        store.close()
    return EdgeStatus(
        sequence=counters.sequence(),
        purges=counters.sequence() - counters.floor(),
        store=stats,
        owed=ledger.owed(),
        newest=ledger.newest(limit),
        slowest=ledger.slowest(limit),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TagState:
    """One tag of a page: whether it is soft, and the newest purge of it since the page began.

    `purge` is None while the tag did not move, or where the purge is no longer remembered
    (`moved` still says that it did).
    """

    tag: str
    soft: bool
    moved: bool
    purge: Purge | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a page is, or is not, given from the cache. `page` is None where none is stored."""

    host: str
    path: str
    query: str
    page: StoredPage | None = None
    verdict: Verdict | None = None
    tags: tuple[TagState, ...] = ()


def explain(directory: Path, url: str, *, now: float) -> Explanation:
    """Say what is stored for `url`, on what it depends, and what was purged since.

    `url` is an address as a browser shows it; `now` is seconds since 1970 UTC.

    Raises:
        ValueError: `url` has no host.
        EdgeUnavailable: the counters or the ledger cannot be read.

    """
    parts = urlsplit(url)
    if not parts.netloc:
        raise ValueError(f"{url!r} has no host. Write it as http://host/path.")
    host, path = parts.netloc.rpartition("@")[2].lower(), parts.path or "/"
    query, store = parts.query.encode(), PageStore.peek(directory)
    try:
        page = _found(store, host.encode(), path.encode(), query)
    finally:
        store.close()
    if page is None:
        query = keys.canonical_query(query)
        return Explanation(host=host, path=path, query=query.decode())
    counters = open_counters(directory)
    verdict = judge(page.held(), counters.look(Watch(page.note.hard, page.note.soft)), now=now)
    tags = _tag_states(counters, Ledger(directory), page)
    return Explanation(
        host=host, path=path, query=page.query.decode(), page=page, verdict=verdict, tags=tags
    )


def _found(store: PageStore, host: bytes, path: bytes, query: bytes) -> StoredPage | None:
    """The page an address is answered with: its view may read fewer names than are allowed."""
    for count in range(len(keys.ALLOWED_QUERY), -1, -1):
        for names in combinations(sorted(keys.ALLOWED_QUERY), count):
            page = store.get(keys.page_key(host, path, query, names))
            if page is not None and page.query == keys.canonical_query(query, _read_by(page)):
                return page
    return None


def _read_by(page: StoredPage) -> Collection[str]:
    return keys.ALLOWED_QUERY if page.note.query is None else page.note.query


def _tag_states(counters: Counters, ledger: Ledger, page: StoredPage) -> tuple[TagState, ...]:
    note = page.note
    newest = {
        tag: max(counters.newest([slot_of(tag)], mode) for mode in Mode)
        for tag in (*note.hard, *note.soft)
    }
    purges = {purge.number: purge for purge in ledger.numbered(newest.values())}
    return tuple(
        TagState(
            tag=tag,
            soft=tag in note.soft,
            moved=number > note.start,
            purge=purges.get(number) if number > note.start else None,
        )
        for tag, number in newest.items()
    )
