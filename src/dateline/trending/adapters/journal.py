"""The journal of what was read: fixed records in segment files, written by fronts, read by one.

Each front appends to a segment of its own, so that a write which a crash cut in two spoils no
record but its own last one. A batch is one `write`: what it held is in the kernel's hands and
survives `kill -9` of the front. Segments end after a minute, and are removed when whoever folds
them says that it has read them to their end.
"""

import os
import secrets
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dateline.trending.domain.views import Kind, Seen, Source

# at, visitor, story, site, seconds, kind, source, depth, mark; little-endian, no gaps
RECORD = struct.Struct("<dQQIHBBBB")
MARK = 0xD7  # the last byte of a record that was written whole; a hole in a file is zeros
SUFFIX = ".seen"
SEGMENT_S = 60.0
# After its minute a segment may still get the batch that its front had in hand.
CLOSED_AFTER_S = SEGMENT_S + 30.0
READ_BYTES = 8 * 1024 * 1024  # 246,000 events: what one reading holds in memory

KINDS = {int(kind): kind for kind in Kind}
SOURCES = {int(source): source for source in Source}

Position = dict[str, int]  # name of a segment → bytes of it that were read; JSON may keep it


@dataclass(slots=True)
class Journal:
    """The segments of one folder. `clock` gives seconds since 1970 UTC.

    `torn` counts records that could not be read: cut short, or a hole that a power failure left.
    """

    directory: Path
    clock: Callable[[], float] = time.time
    torn: int = 0
    _file: int = -1
    _began: float = field(default=0.0)

    def append(self, events: Iterable[Seen]) -> int:
        """Write `events` with one `write`; return how many bytes that were.

        Raises:
            OSError: as `write`.

        """
        return self.write(pack(events))

    def write(self, data: bytes) -> int:
        """Write records that are packed already with one `write`; return how many bytes.

        A segment is begun where there is none or its minute is over, or its file was taken away.

        Raises:
            OSError: the disk is full or the folder cannot be written. Nothing, or a part, was kept;
                the next batch begins a new segment.

        """
        if not data:
            return 0
        now = self.clock()
        if self._file < 0 or not self._began <= now < self._began + SEGMENT_S:
            self._begin(now)
        try:
            written = os.write(self._file, data)
        except OSError:
            self.close()
            raise
        if written != len(data):
            self.close()  # the rest of a record must not be taken for a new one
            raise OSError(f"only {written} of {len(data)} bytes of a batch could be written")
        return written

    def close(self) -> None:
        """End the segment in hand. The next batch begins another."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def read_from(self, position: Mapping[str, int]) -> tuple[list[Seen], Position]:
        """Return events after `position`, oldest segment first, and the position behind them.

        An empty position means from the beginning. At most 8 MB are read at once: call again until
        nothing comes. A record that is not complete yet is left for later; one that never will be
        is skipped and counted in `torn`. The new position names only segments that are there.
        """
        events: list[Seen] = []
        room, then = READ_BYTES // RECORD.size * RECORD.size, dict[str, int]()
        for path in self.segments():
            start = position.get(path.name, 0)
            then[path.name] = start
            if room <= 0:
                continue
            data = _bytes_of(path, start, room)
            whole = len(data) // RECORD.size * RECORD.size
            events += self._unpack(data[:whole])
            then[path.name] += whole
            room -= whole
        return events, then

    def forget(self, position: Mapping[str, int]) -> int:
        """Remove segments that are closed and read to their end; return how many.

        Call it after what was read is stored for good. A record cut at the end counts as torn.
        """
        removed = 0
        for path in self.segments():
            if self.clock() < _began(path) + CLOSED_AFTER_S or path.name not in position:
                continue
            left = path.stat().st_size - position[path.name]
            if left >= RECORD.size:
                continue
            self.torn += left > 0
            path.unlink(missing_ok=True)
            removed += 1
        return removed

    def segments(self) -> list[Path]:
        """Files of the journal, oldest first."""
        return sorted(self.directory.glob(f"[0-9]*{SUFFIX}"))

    def _begin(self, now: float) -> None:
        self.close()
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{int(now * 1000):014d}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(self.directory / name, flags, 0o600)
        self._began = now

    def _unpack(self, data: bytes) -> list[Seen]:
        found = []
        for at, visitor, story, site, seconds, kind, source, depth, mark in RECORD.iter_unpack(
            data
        ):
            if mark == MARK and kind in KINDS and source in SOURCES:
                found.append(
                    Seen(at, site, story, KINDS[kind], visitor, SOURCES[source], seconds, depth)
                )
            else:
                self.torn += 1
        return found


def pack(events: Iterable[Seen]) -> bytes:
    """Events as records, one after the other."""
    pack_one = RECORD.pack
    return b"".join(
        [
            pack_one(at, visitor, story, site, seconds, kind, source, depth, MARK)
            for at, site, story, kind, visitor, source, seconds, depth in events
        ]
    )


def _bytes_of(path: Path, start: int, most: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(most)


def _began(path: Path) -> float:
    return int(path.name.partition("-")[0]) / 1000
