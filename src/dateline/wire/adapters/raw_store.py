"""Keep what agencies send, byte for byte, on disk under the hash of its content."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHUNK = 1024 * 1024  # bytes read at once, so that a file of any size costs the same memory
UNFINISHED = "unfinished"  # folder of copies that are being written


@dataclass(frozen=True, slots=True)
class Kept:
    """What is safe on disk. `sha256` is in lower-case hexadecimal, `size` in bytes."""

    sha256: str
    size: int


class RawDamaged(Exception):
    """Stored bytes are missing, or are no longer what they were. The message says which."""


def keep(source: BinaryIO, *, root: Path) -> Kept:
    """Copy all of `source` below `root` and return what was kept.

    When this returns, the bytes and their name survive a power loss: the copy is written under
    another name, synced, renamed to `<first two of hash>/<hash>`, and the folder synced. A file
    that is there already is never overwritten. Memory used does not grow with the file.

    Raises:
        OSError: the disk is full or not writable; nothing is left behind.

    """
    waiting = _folder(root / UNFINISHED)
    descriptor, name = tempfile.mkstemp(dir=waiting)
    copy = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            kept = _copy(source, target)
            os.fchmod(target.fileno(), 0o440)
            target.flush()
            os.fsync(target.fileno())
        place = path_of(kept.sha256, root=root)
        if not place.exists():
            folder = _folder(place.parent)
            copy.rename(place)
            _sync_folder(folder)
    finally:
        copy.unlink(missing_ok=True)
    return kept


def _copy(source: BinaryIO, target: BinaryIO) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
        size += len(chunk)
    return Kept(digest.hexdigest(), size)


def path_of(sha256: str, *, root: Path) -> Path:
    """Where the bytes with this hash lie, whether they are there or not."""
    return root / sha256[:2] / sha256


def read(sha256: str, *, root: Path) -> bytes:
    """Return the stored bytes, checked against their hash.

    Raises:
        RawDamaged: there are none, they cannot be read, or they are not the bytes that were kept.

    """
    with open_checked(sha256, root=root) as file:
        return file.read()


def open_checked(sha256: str, *, root: Path) -> BinaryIO:
    """Open the stored bytes for reading, checked against their hash without holding them all.

    Raises:
        RawDamaged: there are none, they cannot be read, or they are not the bytes that were kept.

    """
    place = path_of(sha256, root=root)
    try:
        file = place.open("rb")
    except OSError as error:
        raise RawDamaged(_missing(sha256, place, error)) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise RawDamaged(_changed(sha256, place))
    file.seek(0)
    return file


def _missing(sha256: str, place: Path, error: OSError) -> str:
    return (
        f"The stored bytes {sha256[:12]} cannot be read ({error.strerror}). "
        f"Restore {place} from a backup."
    )


def _changed(sha256: str, place: Path) -> str:
    return (
        f"The stored bytes {sha256[:12]} are no longer what was received. "
        f"Restore {place} from a backup."
    )


def clear_unfinished(*, root: Path, before: float) -> int:
    """Remove copies that a dead process left half-written; return how many.

    `before` is in seconds since 1970: a copy last written after it may still be in the making.
    Nothing is lost: a delivery stays where it came from until its copy is finished.
    """
    removed = 0
    for copy in _listed(root / UNFINISHED):
        if copy.stat().st_mtime < before:
            copy.unlink()
            removed += 1
    return removed


def _listed(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _folder(path: Path) -> Path:
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True, mode=0o750)
        _sync_folder(path.parent)
    return path


def _sync_folder(path: Path) -> None:
    with _opened(path) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
