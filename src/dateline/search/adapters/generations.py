"""Where an index on this machine lies: one generation after the other, the newest by name."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.search.domain.index import EngineAway

POINTER = "current"
LOOK_AGAIN_S = 0.01


class Generations:
    """A folder that holds an index, and beside it the next one while that is built.

    The file `current` names the one that answers. It is replaced in one step, so every process sees
    either the old index or the new one, and never half of one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The index that answers, or None while there is none."""
        try:
            name = (self.folder / POINTER).read_text().strip()
        except FileNotFoundError:
            return None
        return self.folder / name

    def fresh(self) -> Path:
        """A place for the next index; what an earlier try left behind is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        current = self.current()
        for left in self.folder.glob("index-*"):
            if current is None or not left.name.startswith(current.name):
                _remove(left)
        number = int(current.stem.rpartition("-")[2]) + 1 if current else 1
        return self.folder / f"index-{number}"

    def install(self, path: Path) -> None:
        """Let `path` answer from now on. Who still reads the old one may finish."""
        pointer = self.folder / f"{POINTER}.new"
        with pointer.open("w") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / POINTER)

    @contextmanager
    def alone(self, what: str, *, wait_s: float) -> Iterator[None]:
        """Hold the lock of this name, which one process of the machine has at a time.

        Raises:
            EngineAway: another has held it for `wait_s` seconds.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + wait_s
        with (self.folder / f"{what}.lock").open("w") as file:
            while not _locked(file.fileno()):
                if time.monotonic() >= until:
                    raise EngineAway(f"{self.folder}: another process is at it ({what}).")
                time.sleep(LOOK_AGAIN_S)
            yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
