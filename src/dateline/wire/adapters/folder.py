"""Look into a watched folder, and take only what has been written to the end.

A file is taken when its size, time and identity are the same at two looks, or at once when nobody
has written to it for a minute (a finished file moved in). On Linux a file that a process of this
machine still has open for writing is never taken, however long the writer pauses.
"""

import fcntl
import os
import signal
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from dateline.wire.domain.shelves import is_unfinished

SETTLE = timedelta(milliseconds=500)  # two looks closer together than this are one
AGED = timedelta(seconds=60)
DEPTH = 8  # folders below a provider's own


@dataclass(frozen=True, slots=True)
class Mark:
    """What changes when somebody writes to a file or puts another in its place."""

    size: int
    modified_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Found:
    """A finished file. `name` is its path below the watched folder, safe to store and show."""

    path: Path
    name: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the folder that will not be read, and why; it is left where it is."""

    path: Path
    problem: str


@dataclass(slots=True)
class Look:
    """One look: finished files, oldest first; what is refused; how many are still being written."""

    files: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    growing: int = 0


class NotTakenNow(Exception):
    """The file changed, vanished or is being written; look again later."""


class Watch:
    """Remembers what earlier looks saw. One for each process that watches."""

    def __init__(self) -> None:
        self.started = False  # for whoever watches: whether this is not the first round
        self._seen: dict[Path, dict[Path, tuple[Mark, datetime]]] = {}

    def look(self, folder: Path, *, at: datetime) -> Look:
        """List what `folder` and the folders below it hold at `at`, aware. Follows no links."""
        before = self._seen.get(folder, {})
        now: dict[Path, tuple[Mark, datetime]] = {}
        result = Look()
        for entry in _entries(folder, depth=DEPTH):
            if isinstance(entry, Refused):
                result.refused.append(entry)
                continue
            path, mark = entry
            earlier = before.get(path)
            since = earlier[1] if earlier and earlier[0] == mark else at
            now[path] = (mark, since)
            if at - since >= SETTLE or at.timestamp() - mark.modified_ns / 1e9 >= AGED.seconds:
                result.files.append(Found(path, shown_name(path.relative_to(folder)), mark))
            else:
                result.growing += 1
        self._seen[folder] = now
        result.files.sort(key=lambda found: (found.mark.modified_ns, found.name))
        return result


def _entries(folder: Path, *, depth: int) -> Iterator[tuple[Path, Mark] | Refused]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Refused(folder, f"The folder cannot be read: {error.strerror}.")
        return
    for entry in entries:
        if not is_unfinished(entry.name):
            yield from _one(entry, depth=depth)


def _one(entry: os.DirEntry[str], *, depth: int) -> Iterator[tuple[Path, Mark] | Refused]:
    path = Path(entry.path)
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError:  # it was moved away since the folder was listed
        return
    if stat.S_ISDIR(facts.st_mode) and depth:
        yield from _entries(path, depth=depth - 1)
    elif stat.S_ISREG(facts.st_mode):
        yield path, _mark(facts)
    else:
        yield Refused(path, _why_not(facts.st_mode))


def _why_not(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "It is a link. Put the file itself into the folder."
    if stat.S_ISDIR(mode):
        return f"It is more than {DEPTH} folders deep. Put its files higher up."
    return "It is not a file (a pipe, socket or device). Remove it."


def _mark(facts: os.stat_result) -> Mark:
    return Mark(facts.st_size, facts.st_mtime_ns, facts.st_ino)


def shown_name(relative: Path) -> str:
    """A path as text that can be stored: what is no UTF-8 or not printable is replaced."""
    text = os.fsencode(relative).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)[-255:]


def open_finished(found: Found) -> BinaryIO:
    """Open a finished file for reading.

    Raises:
        NotTakenNow: it is no longer the file that was seen, or a process is still writing to it.
        OSError: it cannot be opened, for lack of permission for example.

    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        descriptor = os.open(found.path, flags)
    except FileNotFoundError as error:
        raise NotTakenNow(f"{found.name} is gone.") from error
    file = os.fdopen(descriptor, "rb")
    if not is_unchanged(found, file) or _is_being_written(descriptor):
        file.close()
        raise NotTakenNow(f"{found.name} is still being written.")
    return file


def is_unchanged(found: Found, file: BinaryIO) -> bool:
    """Whether an open file is still exactly what was seen."""
    return _mark(os.fstat(file.fileno())) == found.mark


def _is_being_written(descriptor: int) -> bool:
    """Ask the kernel for a read lease, which it refuses while anybody may write (fcntl(2)).

    The lease is given back at once; should it be broken in between, the signal is one that is
    ignored. Where leases cannot be had (another owner, a network share) two looks must do.
    """
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def acknowledge(found: Found) -> bool:
    """Remove a file whose bytes are safe; False when another has already taken its place.

    Raises:
        OSError: the folder does not let us remove it.

    """
    try:
        if _mark(found.path.lstat()) != found.mark:
            return False
        found.path.unlink()
    except FileNotFoundError:
        return False
    return True
