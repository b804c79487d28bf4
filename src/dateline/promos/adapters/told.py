"""What browsers told of offers, in small files: fronts write them, the worker takes them once.

A front writes each telling at once, so that nothing of it waits in a process that may die. A file
ends after a second. Whoever takes one renames it first: one that died while it counted leaves the
file behind unread, so that no view is ever counted twice, and a second's at most not at all.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dateline.promos.domain.said import Said, events_in

FOLDER = "offers"
SUFFIX, TAKEN = ".told", ".taken"
SEGMENT_S = 1.0
CLOSED_AFTER_S = 2 * SEGMENT_S  # its front began another by then
LEFT_FOR_S = 600.0  # then whoever took it is dead


class Telling(NamedTuple):
    """What one page told at once: the host it was on, in lower case and without a port."""

    host: str
    events: list[Said]


class Segment(NamedTuple):
    """One file that was taken. `began` is in seconds since 1970 UTC; `path` is its new name."""

    began: float
    tellings: list[Telling]
    path: Path

    def done(self) -> None:
        """All of it is counted."""
        self.path.unlink(missing_ok=True)

    def put_back(self) -> None:
        """Nothing of it was counted: it is taken again."""
        with suppress(FileNotFoundError):
            self.path.rename(self.path.with_suffix(SUFFIX))


@dataclass(slots=True)
class Told:
    """The files of one folder. `clock` gives seconds since 1970 UTC."""

    directory: Path
    clock: Callable[[], float] = time.time
    _file: int = -1
    _began: float = field(default=0.0)

    def write(self, telling: Telling) -> None:
        """Keep what a page told: with one write, in the kernel's hands when this returns.

        Raises:
            OSError: the disk is full or the folder cannot be written.

        """
        now = self.clock()
        if self._file < 0 or not self._began <= now < self._began + SEGMENT_S:
            self._begin(now)
        line = json.dumps([telling.host, [[str(e), name] for e, name in telling.events]])
        os.write(self._file, line.encode() + b"\n")

    def close(self) -> None:
        """End the file in hand."""
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def take(self) -> Iterator[Segment]:
        """Give each file that its front has ended, oldest first, to nobody else.

        What cannot be read of a file is left out.
        """
        for path in sorted(self.directory.glob(f"[0-9]*{TAKEN}")):
            if self.clock() >= _began(path) + LEFT_FOR_S:
                path.unlink(missing_ok=True)
        for path in sorted(self.directory.glob(f"[0-9]*{SUFFIX}")):
            if self.clock() < _began(path) + CLOSED_AFTER_S:
                continue
            taken = path.with_suffix(TAKEN)
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another worker has it
            yield Segment(_began(path), _tellings(taken.read_bytes()), taken)

    def _begin(self, now: float) -> None:
        self.close()
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{int(now * 1000):014d}-{os.getpid()}-{secrets.token_hex(4)}{SUFFIX}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC
        self._file = os.open(self.directory / name, flags, 0o600)
        self._began = now


def _began(path: Path) -> float:
    return int(path.name.partition("-")[0]) / 1000


def _tellings(data: bytes) -> list[Telling]:
    found = (_telling(line) for line in data.splitlines())
    return [one for one in found if one is not None]


def _telling(line: bytes) -> Telling | None:
    try:
        match json.loads(line):
            case [str(host), list(events)]:
                return Telling(host, events_in(events))
    except ValueError:  # cut short by a power failure
        pass
    return None
