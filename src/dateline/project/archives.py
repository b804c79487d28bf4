"""The file that a backup is: a tar of the database and every file, with a manifest of hashes."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
IN_MEMORY = 16 * 1024 * 1024
BLOCK = 1024 * 1024


class ArchiveError(Exception):
    """A backup that cannot be trusted; the text says which file of it, and what was found."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a backup: path below the data folder, size in bytes, SHA-256 in hex."""

    path: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a backup holds. `made_at` is ISO 8601 in UTC; `rows` counts the rows of each table."""

    version: str
    made_at: str
    engine: str
    database: Member
    rows: dict[str, int]
    files: list[Member] = field(default_factory=list)
    format: int = FORMAT

    def to_json(self) -> bytes:
        """Return the manifest as it is stored."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Read a stored manifest.

        Raises:
            ArchiveError: not JSON, not ours, or of a later format.

        """
        try:
            data: dict[str, Any] = json.loads(text)
            data["database"] = Member(**data["database"])
            data["files"] = [Member(**one) for one in data["files"]]
            manifest = cls(**data)
        except (ValueError, TypeError, KeyError) as error:
            raise ArchiveError(f"{MANIFEST} cannot be read: {error}.") from error
        if manifest.format != FORMAT:
            raise ArchiveError(
                f"this backup has format {manifest.format}; this version reads {FORMAT}. "
                "Restore it with the version that made it."
            )
        return manifest


def add(archive: tarfile.TarFile, name: str, source: Path) -> Member | None:
    """Add one file under `name`, as it is at this moment; None when it is gone meanwhile.

    It is read once into a copy, so that hash, size and content belong together even if somebody
    goes on writing to it.
    """
    digest = hashlib.sha256()
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        try:
            with source.open("rb") as file:
                modified = os.fstat(file.fileno()).st_mtime
                while block := file.read(BLOCK):
                    digest.update(block)
                    copy.write(block)
        except FileNotFoundError:
            return None
        size = copy.tell()
        copy.seek(0)
        _add(archive, name, size, modified, copy)
    return Member(name.removeprefix(FILES), size, digest.hexdigest())


def add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    """Add the manifest, as the last member: by then every hash is known."""
    text = manifest.to_json()
    _add(archive, MANIFEST, len(text), 0.0, io.BytesIO(text))


def _add(archive: tarfile.TarFile, name: str, size: int, modified: float, file: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, int(modified), 0o600
    archive.addfile(info, file)


def verify(path: Path, into: Path | None = None) -> Manifest:
    """Read a whole backup and compare every hash; with `into`, unpack it there meanwhile.

    Nothing is written outside `into`, whatever names the archive claims.

    Raises:
        ArchiveError: a member is missing, too much, changed, or has a dangerous name; or the file
            is no backup, or cut short.

    """
    found: dict[str, Member] = {}
    manifest = None
    try:
        for name, file in _members(path):
            if name == MANIFEST:
                manifest = Manifest.from_json(file.read())
            else:
                found[name] = _read(name, file, into)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise ArchiveError(f"{path} cannot be read: {error}.") from error
    if manifest is None:
        raise ArchiveError(f"{path} has no {MANIFEST}: it is no backup, or was cut short.")
    _compare(manifest, found)
    return manifest


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r:*") as archive:
        for info in archive:
            # Links and devices have no content of their own, and would lead outside.
            file = archive.extractfile(info) if info.isfile() else None
            if file is None or not _is_plain(info.name):
                raise ArchiveError(f"{info.name}: no backup of ours has such a member.")
            yield info.name, file


def _is_plain(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _read(name: str, file: IO[bytes], into: Path | None) -> Member:
    digest, size = hashlib.sha256(), 0
    target = into / name if into else Path(os.devnull)
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(target, "wb", opener=_private) as copy:
        while block := file.read(BLOCK):
            digest.update(block)
            copy.write(block)
            size += len(block)
    return Member(name.removeprefix(FILES), size, digest.hexdigest())


def _private(path: str, flags: int) -> int:
    """Open for the owner only: the signing key is among what is unpacked."""
    return os.open(path, flags, 0o600)


def _compare(manifest: Manifest, found: dict[str, Member]) -> None:
    wanted = {manifest.database.path: manifest.database}
    wanted |= {FILES + member.path: member for member in manifest.files}
    if missing := sorted(wanted.keys() - found.keys()):
        raise ArchiveError(f"{missing[0]} is missing ({len(missing)} in all).")
    if surplus := sorted(found.keys() - wanted.keys()):
        raise ArchiveError(f"{surplus[0]} is not in the manifest ({len(surplus)} in all).")
    for name, member in wanted.items():
        if found[name] != member:
            raise ArchiveError(f"{name} has changed since the backup was made.")
