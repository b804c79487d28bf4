"""What was purged, by which fact, and what outer caches have not confirmed: one small SQLite file.

Times are seconds since 1970 UTC. Each call opens the file: any process may write, after any fork.
"""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from dateline.edge import keys
from dateline.edge.adapters.counters import EdgeUnavailable

log = structlog.get_logger(__name__)

FILE_NAME = "purges.sqlite3"
RING = 5_000  # purges that are remembered
TAGS_SHOWN = 200  # of one purge
LEASE_S = 10.0  # how long a sender that died keeps a purge from the others
WAIT_S, LONGEST_WAIT_S = 1.0, 300.0
FAR_S = 3_600.0  # what is due later than this was written before the clock was set back
FORMAT = 1

SCHEMA = f"""
PRAGMA user_version = {FORMAT};
CREATE TABLE IF NOT EXISTS purge (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, number INTEGER NOT NULL, mode TEXT NOT NULL,
    tags TEXT NOT NULL, tag_count INTEGER NOT NULL, cause TEXT NOT NULL, seconds TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS purge_number ON purge (number);
CREATE TABLE IF NOT EXISTS owed (
    cache TEXT NOT NULL, tag TEXT NOT NULL, soft INTEGER NOT NULL, round INTEGER NOT NULL,
    due REAL NOT NULL, stamp INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '', PRIMARY KEY (cache, tag, soft, round));
CREATE TABLE IF NOT EXISTS called (cache TEXT PRIMARY KEY, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS softened (
    tag TEXT PRIMARY KEY, at REAL NOT NULL, waiting INTEGER NOT NULL, stamp INTEGER NOT NULL,
    cause TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """One purge as remembered. `seconds` says how long each adapter took, by name."""

    at: float
    number: int
    mode: str
    tags: tuple[str, ...]
    tag_count: int
    cause: str
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Tags that one call to an outer cache shall purge, taken from the ledger for a while."""

    cache: str
    soft: bool
    rows: tuple[tuple[str, int, int], ...]  # tag, round, stamp

    @property
    def tags(self) -> tuple[str, ...]:
        """Each tag once."""
        return tuple(dict.fromkeys(tag for tag, _, _ in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one outer cache has not confirmed: tags, when they are sent next, what it last said."""

    cache: str
    tags: int
    next_try_at: float
    tries: int
    error: str


class Ledger:
    """The ledger below one directory. A damaged file is laid aside for a new one.

    Whether a purge sent to an outer cache was lost with it nobody knows; the first debt of a new
    file is therefore everything (`keys.release()`), once for each cache.
    """

    def __init__(self, directory: Path, caches: Sequence[str] = ()) -> None:
        self.path = directory / FILE_NAME
        self._caches = tuple(caches)

    def note(self, purge: Purge) -> None:
        """Remember a purge. Never raises: a purge that nobody remembers is still a purge."""
        try:
            with self._writing() as db:
                row = db.execute(
                    "INSERT INTO purge (at, number, mode, tags, tag_count, cause, seconds) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        purge.at,
                        purge.number,
                        purge.mode,
                        json.dumps(purge.tags[:TAGS_SHOWN]),
                        purge.tag_count,
                        purge.cause,
                        json.dumps(purge.seconds),
                    ),
                )
                db.execute("DELETE FROM purge WHERE id <= ?", ((row.lastrowid or 0) - RING,))
        except EdgeUnavailable as error:
            log.warning("purge_not_remembered", error=str(error), cause=purge.cause)

    def owe(self, tags: Iterable[str], *, soft: bool, now: float, again_at: float) -> None:
        """Write down that every cache must purge `tags` now, and once more at `again_at`.

        Raises:
            EdgeUnavailable: it could not be written down.

        """
        with self._writing(durable=bool(self._caches)) as db:
            self._owe(db, tags, soft=soft, rounds=((1, now), (2, again_at)))

    def _owe(
        self,
        db: sqlite3.Connection,
        tags: Iterable[str],
        *,
        soft: bool,
        rounds: Sequence[tuple[int, float]],
    ) -> None:
        # A purge that is under way was sent before this change: the new stamp keeps its success
        # from paying this debt.
        db.executemany(
            "INSERT INTO owed (cache, tag, soft, round, due, stamp) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET due = excluded.due, stamp = excluded.stamp, tries = 0",
            [
                (cache, tag, soft, round_, due, _stamp())
                for cache in self._caches
                for tag in sorted(set(tags))
                for round_, due in rounds
            ],
        )

    def take(self, cache: str, *, most: int, every_s: float, now: float) -> Batch | None:
        """Take due tags for one call, or None: nothing is due, or it was called too lately.

        Hard purges come before soft ones, the oldest first. Whoever takes a batch must `pay` or
        `fail` it; a process that dies keeps it for ten seconds.
        """
        with self._writing() as db:
            last = db.execute("SELECT at FROM called WHERE cache = ?", (cache,)).fetchone()
            if last and 0 <= now - last[0] < every_s:
                return None
            rows = db.execute(
                "SELECT tag, round, soft FROM owed WHERE cache = ? AND (due <= ? OR due > ?) "
                "ORDER BY soft, due, tag LIMIT ?",
                (cache, now, now + FAR_S, most),
            ).fetchall()
            if not rows:
                return None
            soft = bool(rows[0][2])
            stamp = _stamp()
            taken = [(tag, round_, stamp) for tag, round_, is_soft in rows if is_soft == soft]
            db.executemany(
                "UPDATE owed SET due = ?, stamp = ? "
                "WHERE cache = ? AND tag = ? AND round = ? AND soft = ?",
                [(now + LEASE_S, stamp, cache, tag, round_, soft) for tag, round_, _ in taken],
            )
            db.execute("INSERT OR REPLACE INTO called VALUES (?, ?)", (cache, now))
        return Batch(cache=cache, soft=soft, rows=tuple(taken))

    def pay(self, batch: Batch) -> None:
        """Strike out what the cache confirmed, except tags that were purged anew meanwhile."""
        with self._writing() as db:
            db.executemany(
                "DELETE FROM owed WHERE cache = ? AND soft = ? AND tag = ? AND round = ? "
                "AND stamp = ?",
                [(batch.cache, batch.soft, *row) for row in batch.rows],
            )

    def fail(self, batch: Batch, error: str, *, now: float) -> None:
        """Put a batch back to be tried again after 1 s, doubling to 5 minutes."""
        with self._writing() as db:
            db.executemany(
                "UPDATE owed SET tries = tries + 1, error = ?, "
                "due = ? + min(? * (1 << min(tries, 20)), ?) WHERE cache = ? AND soft = ? "
                "AND tag = ? AND round = ? AND stamp = ?",
                [
                    (error[:500], now, WAIT_S, LONGEST_WAIT_S, batch.cache, batch.soft, *row)
                    for row in batch.rows
                ],
            )

    def soften(
        self, tags: Iterable[str], *, cause: str, now: float, every_s: float
    ) -> tuple[str, ...]:
        """Return which of `tags` may be purged now; the others wait for `due_softly`."""
        with self._writing() as db:
            db.execute(
                "DELETE FROM softened WHERE waiting = 0 AND NOT at BETWEEN ? AND ?",
                (now - every_s, now),
            )
            ready = []
            for tag in sorted(set(tags)):
                added = db.execute(
                    "INSERT INTO softened VALUES (?, ?, 0, ?, ?) ON CONFLICT DO NOTHING",
                    (tag, now, _stamp(), cause),
                )
                ready += [tag] if added.rowcount else []
                if not added.rowcount:
                    db.execute(
                        "UPDATE softened SET waiting = 1, stamp = ?, cause = ? WHERE tag = ?",
                        (_stamp(), cause, tag),
                    )
        return tuple(ready)

    def due_softly(self, *, now: float, every_s: float) -> tuple[tuple[str, int, str], ...]:
        """Return (tag, stamp, cause) of tags that have waited long enough for their soft purge."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT tag, stamp, cause FROM softened "
                "WHERE waiting = 1 AND NOT at BETWEEN ? AND ? ORDER BY tag",
                (now - every_s, now),
            ).fetchall()
        return tuple((str(tag), int(stamp), str(cause)) for tag, stamp, cause in rows)

    def softened(self, rows: Iterable[tuple[str, int]], *, now: float) -> None:
        """Note that these tags were purged softly at `now`. One asked for meanwhile still waits."""
        with self._writing() as db:
            for tag, stamp in rows:
                db.execute(
                    "UPDATE softened SET at = ?, waiting = (stamp <> ?) WHERE tag = ?",
                    (now, stamp, tag),
                )

    def owed(self) -> tuple[Owed, ...]:
        """What each outer cache has not confirmed."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT cache, count(DISTINCT tag), min(due), max(tries), max(error) FROM owed "
                "WHERE round = 1 GROUP BY cache ORDER BY cache"
            ).fetchall()
        return tuple(
            Owed(cache=row[0], tags=row[1], next_try_at=row[2], tries=row[3], error=row[4])
            for row in rows
        )

    def newest(self, limit: int) -> tuple[Purge, ...]:
        """The last purges, newest first."""
        return self._purges("SELECT * FROM purge ORDER BY id DESC LIMIT ?", (limit,))

    def slowest(self, limit: int) -> tuple[Purge, ...]:
        """The purges that took longest at any one adapter, slowest first."""
        return self._purges(
            "SELECT * FROM purge "
            "ORDER BY (SELECT max(value) FROM json_each(seconds)) DESC, id DESC LIMIT ?",
            (limit,),
        )

    def numbered(self, numbers: Iterable[int]) -> tuple[Purge, ...]:
        """The purges with these numbers, newest first, as far as they are remembered."""
        wanted = json.dumps(sorted(set(numbers)))
        return self._purges(
            "SELECT * FROM purge WHERE number IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (wanted,),
        )

    def _purges(self, query: str, values: tuple[object, ...]) -> tuple[Purge, ...]:
        with self._reading() as db:
            rows = db.execute(query, values).fetchall()
        return tuple(
            Purge(
                at=at,
                number=number,
                mode=mode,
                tags=tuple(json.loads(tags)),
                tag_count=tag_count,
                cause=cause,
                seconds=json.loads(seconds),
            )
            for _, at, number, mode, tags, tag_count, cause, seconds in rows
        )

    @contextmanager
    def _writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        with self._opened() as db:
            if (
                durable
            ):  # what is owed to caches on other machines outlives a power loss of this one
                db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as db:
            yield db

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(self._connection()) as db:
                yield db
        except (sqlite3.Error, OSError) as error:
            if _is_damage(error):  # found only on the way: the next call finds a new file
                self._begin_anew(error)
            raise EdgeUnavailable(f"{self.path} cannot be used: {error}") from error

    def _connection(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connected()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._begin_anew(error)
            return self._connected()

    def _begin_anew(self, error: Exception) -> None:
        log.warning("edge_ledger_damaged", path=str(self.path), error=str(error))
        for suffix in ("", "-journal"):
            self.path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
        with closing(self._connected()) as db:
            self._owe(db, [keys.release()], soft=False, rounds=((1, 0.0),))

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=2.0, isolation_level=None)
        try:
            # A journal that stays: a kill -9 harms nothing, and nothing waits for the disk. A power
            # loss may damage the file, which is noticed (`_begin_anew`).
            db.execute("PRAGMA journal_mode = PERSIST")
            db.execute("PRAGMA synchronous = OFF")
            if db.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                db.executescript(SCHEMA)
        except sqlite3.Error:
            db.close()
            raise
        return db


def _is_damage(error: Exception) -> bool:
    """Whether SQLite says that the file is not what it was: not busy, not full, not a mistake."""
    return type(error) is sqlite3.DatabaseError


def _stamp() -> int:
    return secrets.randbits(62)
