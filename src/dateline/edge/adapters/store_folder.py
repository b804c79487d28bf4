"""Where the file of pages lies, and how several fronts agree to leave a bad one behind."""

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POINTER = "current"
GENERATION = "generation"
DATA_FILE = "data.mdb"
LOCK_FILE = "lock.mdb"
# LMDB maps its lock file. Its space is taken beforehand: a store to a hole of a file on a full disk
# is a SIGBUS, not an error.
LOCK_FILE_BYTES = 16 * 1024

# A file that kills whoever reads it (its pages are trusted by LMDB) would be opened again by each
# new front. Two that died within a minute are too many.
CRASH_WINDOW_S = 60.0
CRASHES_ALLOWED = 1


def alive(pid: int) -> bool:
    """Whether a process of this machine has this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class StoreFolder:
    """One folder a file, named at random; a pointer beside them says which one is in use.

    Nothing is ever deleted under a process that uses it: leaving a file behind means to point to
    a new one. Every method may raise OSError.
    """

    def __init__(self, directory: Path, generation: str) -> None:
        self.root = directory / "pages"
        self._generation = generation
        self._entered: Path | None = None
        self._marker: Path | None = None

    def enter(self) -> Path:
        """Return the folder in use, making one where there is none, or none of our generation."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._locked():
            folder = self.pointed()
            if folder is None or not self._usable(folder):
                folder = self._begin()
            self._entered = folder
            self._marker = folder / f"opened-{os.getpid()}-{secrets.token_hex(4)}"
            self._marker.touch()
        return folder

    def look(self) -> Path:
        """Return the folder in use without making, marking or locking anything.

        Raises:
            FileNotFoundError: there is none.

        """
        folder = self._entered = self.pointed()
        if folder is None:
            raise FileNotFoundError(f"No page was ever stored in {self.root}.")
        return folder

    def leave(self) -> None:
        """Say that this process ended its use in good order."""
        if self._marker:
            self._marker.unlink(missing_ok=True)
        self._marker = None

    def abandon(self) -> None:
        """Point to a new folder, unless another front already did."""
        with self._locked():
            if self.pointed() in {self._entered, None}:
                self._begin()

    def is_current(self) -> bool:
        """Whether what this process entered is still what the pointer names."""
        return self.pointed() == self._entered

    def pointed(self) -> Path | None:
        """Return the folder the pointer names, or None."""
        try:
            folder = self.root / (self.root / POINTER).read_text().strip()
        except OSError:
            return None
        return folder if folder.parent == self.root and folder.is_dir() else None

    def file_bytes(self) -> int:
        """Return the size of the file in use, in bytes."""
        return (self._entered / DATA_FILE).stat().st_size if self._entered else 0

    def _usable(self, folder: Path) -> bool:
        try:
            if (folder / GENERATION).read_text() != self._generation:
                return False
        except OSError:
            return False
        return self._crashes(folder) <= CRASHES_ALLOWED

    def _crashes(self, folder: Path) -> int:
        """Count processes that opened it within the last minute and died with it open."""
        found = 0
        for marker in folder.glob("opened-*-*"):
            pid = int(marker.name.split("-")[1])
            if pid != os.getpid() and alive(pid):
                continue
            if time.time() - marker.stat().st_mtime < CRASH_WINDOW_S:
                found += 1
            else:
                marker.unlink(missing_ok=True)
        return found

    def _begin(self) -> Path:
        """Make an empty folder, point to it, and remove the others: who has one open keeps it."""
        folder = self.root / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        (folder / GENERATION).write_text(self._generation)
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, LOCK_FILE_BYTES)
        finally:
            os.close(descriptor)
        fresh = self.root / f"{POINTER}.{folder.name}"
        fresh.write_text(folder.name)
        fresh.replace(self.root / POINTER)
        for other in self.root.iterdir():
            if other.is_dir() and other != folder:
                shutil.rmtree(other, ignore_errors=True)
        return folder

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.root / "lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
