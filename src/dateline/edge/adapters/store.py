"""The pages themselves: one LMDB file that all fronts share. Disposable by design."""

import os
import secrets
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import lmdb
import structlog

from dateline.edge.adapters import store_folder
from dateline.edge.domain.page import BadRecord, StoredPage, note_of
from dateline.edge.domain.verdict import Held

Result = TypeVar("Result")

log = structlog.get_logger(__name__)

MEGABYTE = 1024 * 1024
# LMDB writes a changed page beside the old one and wants runs of free pages for what is large, so
# records fill only this part of the file.
FILL = 0.7
LMDB_PAGE = 4096
RECORD_OVERHEAD = 256  # its places in the two trees
EVICTED_AT_ONCE = 64
REST_S = 5.0
FULL_FOR_S = 10.0

_AGE = struct.Struct(">Q")
_LEASE = struct.Struct("<dI8s")
_BYTES = b"bytes"
DATABASES = (b"pages", b"ages", b"leases", b"meta")


@dataclass(frozen=True, slots=True)
class StoreStats:
    """What a store holds: pages, the bytes they take, the cap in bytes, the size of its file."""

    pages: int
    bytes: int
    cap_bytes: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Swept:
    """What the janitor removed: dead pages, old pages for want of room; and how many it saw."""

    dead: int
    old: int
    seen: int


class PageStore:
    """Pages by key. No method raises: what cannot be read is not there, what cannot be kept is not.

    Open it once a process, after the fork; a forked child finds it empty. Safe for threads. Every
    error of LMDB means that the file is damaged, full or gone: it is left behind for a new one,
    and for some seconds nothing is kept. Correctness never hangs on the store: whether a page may
    be shown is asked of the counters each time.
    """

    def __init__(self, directory: Path, *, size_mb: int, generation: str) -> None:
        self._folder = store_folder.StoreFolder(directory, generation)
        self._map_bytes = size_mb * MEGABYTE
        self._room = int(self._map_bytes * FILL)
        self._pid = os.getpid()
        self._token = secrets.token_bytes(8)
        self._lock = threading.RLock()
        self._env: Any = None
        self._rest_until = 0.0
        self._full_since: float | None = None
        self._sweep_from = b""
        self._only_look = False

    @classmethod
    def open(cls, directory: Path, *, size_mb: int, generation: str) -> "PageStore":
        """Open the store below `directory`, at most `size_mb` megabytes of 1,048,576 bytes.

        What is there of another `generation` (boot, code) is dropped. Where no file can be made
        the store is empty, and tries again after five seconds.
        """
        store = cls(directory, size_mb=size_mb, generation=generation)
        store._ready()
        return store

    @classmethod
    def peek(cls, directory: Path) -> "PageStore":
        """Open what is there to look at it: nothing is made, dropped or written, whatever it is.

        For commands. Where there is nothing the store is empty.
        """
        store = cls(directory, size_mb=0, generation="")
        store._only_look = True
        store._ready()
        return store

    def close(self) -> None:
        """Let go of the file. The store may be used no more."""
        with self._lock:
            self._let_go()
            self._rest_until = float("inf")

    def get(self, key: bytes) -> StoredPage | None:
        """Return the page stored under `key` (32 bytes), or None."""

        def read(env: Any) -> StoredPage | None:
            with env.begin(db=self._pages) as txn:
                record = txn.get(key)
            return StoredPage.from_bytes(record[_AGE.size :]) if record else None

        return self._attempt(read, None)

    def put(self, key: bytes, page: StoredPage) -> bool:
        """Keep a page, in the place of an older one; return whether it was kept.

        Where there is no room the pages that were stored first leave. One larger than an eighth
        of the store is not kept.
        """
        record = _AGE.pack(time.monotonic_ns()) + page.to_bytes()
        if _cost(record) > self._room // 8:
            return False

        return self._attempt(lambda env: self._write_somehow(env, key, record), default=False)

    def _write_somehow(self, env: Any, key: bytes, record: bytes) -> bool:
        """Write; where no run of free pages is long enough, more and more old pages leave.

        A reader that was stopped in the middle of a page keeps what was freed since from being
        used: then nothing can be kept until it goes on. Only where that lasts is the file at fault.
        One that was killed in the middle is forgotten here, not only when the janitor comes by.
        """
        rooms = [0, self._room // 4, self._room // 2]
        while True:
            try:
                self._write(env, key, record)
            except lmdb.MapFullError:
                env.reader_check()
                if not rooms or not self._make_room(env, rooms.pop()):
                    return self._full()
            else:
                self._full_since = None
                return True

    def _full(self) -> bool:
        now = time.monotonic()
        self._full_since = self._full_since or now
        if now - self._full_since > FULL_FOR_S:
            self._full_since = None
            raise lmdb.MapFullError(f"Nothing could be kept for {FULL_FOR_S:.0f} s.")
        return False

    def _make_room(self, env: Any, room: int) -> bool:
        try:
            with env.begin(write=True) as txn:
                self._evict(txn, room, most=EVICTED_AT_ONCE * 64)
            # What a transaction frees may be used by the next but one.
            with env.begin(write=True) as txn:
                self._count(txn, 0)
        except lmdb.MapFullError:
            return False
        return True

    def _write(self, env: Any, key: bytes, record: bytes) -> None:
        with env.begin(write=True) as txn:
            self._remove(txn, key)
            self._evict(txn, self._room - _cost(record), most=EVICTED_AT_ONCE)
            txn.put(key, record, db=self._pages)
            txn.put(record[: _AGE.size] + key, b"", db=self._ages)
            self._count(txn, _cost(record))

    def _remove(self, txn: Any, key: bytes) -> bool:
        with txn.cursor(self._pages) as cursor:
            if not cursor.set_key(key):
                return False
            record = cursor.value()
            txn.delete(record[: _AGE.size] + key, db=self._ages)
            cursor.delete()
        self._count(txn, -_cost(record))
        return True

    def _evict(self, txn: Any, room: int, *, most: int) -> int:
        """Remove what was stored first until the rest fits into `room`, at most `most` pages."""
        removed = 0
        for _ in range(most):
            if self._bytes(txn) <= room:
                break
            with txn.cursor(self._ages) as cursor:
                if not cursor.first():
                    self._count(txn, -self._bytes(txn))  # nothing is left, whatever was counted
                    break
                aged = cursor.key()
                if self._remove(txn, aged[_AGE.size :]):
                    removed += 1
                else:
                    txn.delete(aged, db=self._ages)
        return removed

    def _bytes(self, txn: Any) -> int:
        return int.from_bytes(txn.get(_BYTES, b"", db=self._meta), "big")

    def _count(self, txn: Any, change: int) -> None:
        total = max(0, self._bytes(txn) + change)
        txn.put(_BYTES, total.to_bytes(8, "big"), db=self._meta)

    def lease(self, key: bytes, seconds: float) -> bool:
        """Take the right to render `key` for some seconds; False when a living front has it.

        Without a store every front may render: the answer is True.
        """

        def take(env: Any) -> bool:
            with env.begin(write=True, db=self._leases) as txn:
                held = txn.get(key)
                if held and self._is_held(held):
                    return False
                until = time.monotonic() + seconds
                txn.put(key, _LEASE.pack(until, self._pid, self._token))
            return True

        return self._attempt(take, default=True)

    def release(self, key: bytes) -> None:
        """Give the right back, where this process has it."""

        def give(env: Any) -> None:
            with env.begin(write=True, db=self._leases) as txn:
                held = txn.get(key)
                if held and _LEASE.unpack(held)[2] == self._token:
                    txn.delete(key)

        self._attempt(give, None)

    def _is_held(self, lease: bytes) -> bool:
        until, pid, token = _LEASE.unpack(lease)
        if time.monotonic() >= until:
            return False
        # A front that took the number of a dead one holds none of its leases.
        return bool(token == self._token or (pid != self._pid and store_folder.alive(pid)))

    def delete(self, key: bytes) -> bool:
        """Forget one page; return whether there was one."""

        def remove(env: Any) -> bool:
            with env.begin(write=True) as txn:
                return self._remove(txn, key)

        return self._attempt(remove, default=False)

    def drop(self) -> None:
        """Forget every page, and begin with an empty file at once."""
        with self._lock:
            self._let_go()
            with suppress(OSError):
                self._folder.abandon()
            self._rest_until = 0.0
            self._ready()

    def sweep(self, is_dead: Callable[[Held, tuple[str, ...]], bool], *, limit: int = 50) -> Swept:
        """Look at the next `limit` pages and remove those that `is_dead(held, tags)` says are.

        The janitor calls this about once a second: it also gives back what processes that died
        held, forgets leases that ran out, and follows another front to a new file.
        """
        with self._lock:
            if self._env is not None and not self._folder.is_current():
                self._let_go()
        return self._attempt(lambda env: self._sweep(env, is_dead, limit), Swept(0, 0, 0))

    def _sweep(
        self, env: Any, is_dead: Callable[[Held, tuple[str, ...]], bool], limit: int
    ) -> Swept:
        env.reader_check()
        dead, seen = [], 0
        with env.begin(db=self._pages, buffers=True) as txn, txn.cursor() as cursor:
            found = cursor.set_range(self._sweep_from) if self._sweep_from else cursor.first()
            while found and seen < limit:
                seen += 1
                if is_dead(*note_of(cursor.value()[_AGE.size :])):
                    dead.append(bytes(cursor.key()))
                found = cursor.next()
            self._sweep_from = bytes(cursor.key()) if found else b""
        with env.begin(write=True) as txn:
            removed = sum(self._remove(txn, key) for key in dead)
            old = self._evict(txn, self._room, most=EVICTED_AT_ONCE)
            self._forget_leases(txn)
        return Swept(removed, old, seen)

    def _forget_leases(self, txn: Any) -> None:
        with txn.cursor(self._leases) as cursor:
            cursor.first()
            while cursor.key():  # it is empty behind the last one
                if self._is_held(cursor.value()):
                    cursor.next()
                else:
                    cursor.delete()

    def stats(self) -> StoreStats | None:
        """Count what is stored, or None where there is no store."""

        def count(env: Any) -> StoreStats:
            with env.begin() as txn:
                pages = txn.stat(self._pages)["entries"]
                room = int(env.info()["map_size"] * FILL)
                return StoreStats(pages, self._bytes(txn), room, self._folder.file_bytes())

        return self._attempt(count, None)

    def _attempt(self, work: Callable[[Any], Result], default: Result) -> Result:
        if os.getpid() != self._pid:  # LMDB does not survive a fork; the lock may be held forever
            return default
        with self._lock:
            env = self._ready()
            if env is None:
                return default
            try:
                return work(env)
            except (lmdb.Error, OSError, BadRecord, struct.error) as error:
                self._give_up(error)
                return default

    def _ready(self) -> Any:
        if self._env is None and time.monotonic() >= self._rest_until:
            try:
                self._enter()
            except (lmdb.Error, OSError) as error:
                self._give_up(error)
        return self._env

    def _enter(self) -> None:
        folder = self._folder.look() if self._only_look else self._folder.enter()
        file = folder / store_folder.DATA_FILE
        env = self._env = lmdb.open(
            str(folder),
            map_size=self._map_bytes,
            mode=0o600,
            readonly=self._only_look,
            sync=False,  # a power loss changes the boot id, and another boot's file is dropped
            metasync=False,
            readahead=False,
            max_dbs=len(DATABASES),
        )
        # In this order: others may be making it longer.
        needed = (env.info()["last_pgno"] + 1) * env.stat()["psize"]
        if file.stat().st_size < needed:
            raise lmdb.CorruptedError(f"{file} is shorter than what it holds.")
        create = not self._only_look
        self._pages, self._ages, self._leases, self._meta = (
            env.open_db(name, create=create) for name in DATABASES
        )

    def _let_go(self) -> None:
        env, self._env = self._env, None
        if env is not None:
            env.close()
            with suppress(OSError):
                self._folder.leave()

    def _give_up(self, error: Exception) -> None:
        """Leave a file behind that cannot be read or written, and keep nothing for a while."""
        self._let_go()
        if self._only_look:
            self._rest_until = float("inf")
            return
        log.warning("edge_store_dropped", error=repr(error))
        with suppress(OSError):
            self._folder.abandon()
        self._rest_until = time.monotonic() + REST_S


def _cost(record: bytes) -> int:
    """What a record takes of the file: whole pages, and its places in the trees."""
    return -(-(len(record) + RECORD_OVERHEAD) // LMDB_PAGE) * LMDB_PAGE
