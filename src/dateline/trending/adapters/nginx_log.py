"""Follow the log that nginx writes of beacons: over rotations, torn lines and restarts.

deploy/nginx/beacons.conf says what is in a line. The place that was reached is noted as the file's
inode and offset before what was read is counted: a crash in between loses that second, and counts
nothing twice.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

NOTE = "nginx.json"
READ_BYTES = 1024 * 1024
# Workers of nginx open the new file one after the other, and write what they held to the old one.
LEFT_S = 2.0
ABSENT = b"-"
FIELDS = (b"content-length", b"origin", b"sec-fetch-site", b"sec-purpose", b"user-agent")
COLUMNS = 5 + len(FIELDS)


class Logged(NamedTuple):
    """One request as nginx saw it. `at` is seconds since 1970 UTC by its clock."""

    at: float
    address: str
    method: bytes
    text: bytes
    fields: dict[bytes, bytes]


class Place(NamedTuple):
    """How far a file was read: which one (0 where none was), and so many bytes of it."""

    inode: int = 0
    offset: int = 0


@dataclass(slots=True)
class NginxLog:
    """The log at `path`, read from the place noted in `directory`. `torn` counts unreadable lines.

    `clock` gives seconds since 1970 UTC. A log may be moved away (logrotate's usual
    way); one that is cut short is read from its start.
    """

    path: Path
    directory: Path
    clock: Callable[[], float] = time.time
    torn: int = 0

    def read(self) -> list[Logged]:
        """Return what was written since, at most 1 MB of it; nothing where there is no file.

        The end of a line that nginx has not finished is left for the next time.

        Raises:
            OSError: the log or the note cannot be read or written.

        """
        place = self._place()
        path = self._file_of(place.inode)
        if path is None:
            return []
        data, place = _read(path, place)
        lines, rest = _whole_lines(data)
        place = Place(place.inode, place.offset + len(data) - len(rest))
        if not lines and path != self.path and self._is_left(path):
            self.torn += bool(rest)  # nginx writes to the new file: nothing more will come here
            place = Place(self.path.stat().st_ino)
            self._note(place)
            return self.read()
        if lines:
            self._note(place)
        return list(self._understood(lines))

    def _is_left(self, old: Path) -> bool:
        """Whether nginx writes to the new file, and each of its workers has left the old one."""
        if not (self.path.exists() and self.path.stat().st_size):
            return False
        return self.clock() - old.stat().st_mtime >= LEFT_S

    def _understood(self, lines: list[bytes]) -> Iterator[Logged]:
        for line in lines:
            found = parse(line)
            if found is None:
                self.torn += 1
            else:
                yield found

    def _file_of(self, inode: int) -> Path | None:
        """The file that was read last, whatever it is called now; else the one that is there."""
        if inode and not (self.path.exists() and self.path.stat().st_ino == inode):
            for path in self.path.parent.glob(f"{self.path.name}*"):
                if path.stat().st_ino == inode:
                    return path
        return self.path if self.path.exists() else None

    def _place(self) -> Place:
        try:
            inode, offset = json.loads((self.directory / NOTE).read_text())
            return Place(int(inode), int(offset))
        except (OSError, ValueError, TypeError):
            return Place()

    def _note(self, place: Place) -> None:
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.directory / f".{NOTE}-{os.getpid()}"
        fresh.write_text(json.dumps(place))
        fresh.replace(self.directory / NOTE)


def parse(line: bytes) -> Logged | None:
    """Return the request that `line` (without its end) tells of, or None. Never raises."""
    columns = line.split(b"\t")
    if len(columns) != COLUMNS:
        return None
    at, address, host, method, text, *values = columns
    try:
        moment, who = float(at), address.decode("ascii")
    except ValueError:
        return None
    fields = {name: value for name, value in zip(FIELDS, values, strict=True) if value != ABSENT}
    fields[b"host"] = host
    return Logged(moment, who, method, text, fields)


def _read(path: Path, place: Place) -> tuple[bytes, Place]:
    """Up to 1 MB from `place`, which is the start where `path` is another file or was cut."""
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        if found.st_ino != place.inode or found.st_size < place.offset:
            place = Place(found.st_ino)
        file.seek(place.offset)
        return file.read(READ_BYTES), place


def _whole_lines(data: bytes) -> tuple[list[bytes], bytes]:
    *lines, rest = data.split(b"\n")
    return lines, rest
