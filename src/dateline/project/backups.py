"""Backup of a running installation, restore onto a stopped one, upgrade with a way back."""

import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from dateline import clock, tables
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.project import archives, dumps, installation, restored
from dateline.project.archives import FILES, ArchiveError, Manifest, Member
from dateline.project.config import Config
from dateline.project.serve import LOCK_FILE, RUN_DIR_FILE, only_one

BACKUPS = "backups"
KEPT = "before-restore-"
WORKING = ".restoring-"
EDGE = "edge"
# Made again from what the backup holds, or of this run only.
LEFT_OUT = frozenset({BACKUPS, LOCK_FILE, RUN_DIR_FILE, EDGE, "static", ".writable", restored.MARK})


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that has been written and read back."""

    path: Path
    manifest: Manifest

    def __str__(self) -> str:
        rows, files = sum(self.manifest.rows.values()), len(self.manifest.files)
        return f"{self.path}: {rows:,} rows and {files:,} files, every hash read back."


class BackupError(Exception):
    """The backup or restore did not happen; the text says why and what to do."""


def back_up(config: Config, target: Path | None = None) -> Made:
    """Write one backup while everything goes on running, read it back, and return it.

    `target` is a file, or a folder to name it in; by default `backups` of the data folder. The
    database is copied first: a file that its rows name was there before the row was.

    Raises:
        BackupError: the file exists, the disk is full, or what was written does not read back.

    """
    path = _name(config, target)
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".dump-") as folder:
            manifest = _write(config, part, Path(folder))
        if archives.verify(part) != manifest:
            raise BackupError(f"{part} does not hold what was written to it. Check the disk.")
    except (OSError, dumps.DumpError, ArchiveError) as error:
        part.unlink(missing_ok=True)
        raise BackupError(f"no backup was made: {error}") from error
    part.replace(path)
    return Made(path, manifest)


def _name(config: Config, target: Path | None) -> Path:
    target = target or config.data_dir / BACKUPS
    if target.is_dir() or target.name == BACKUPS:
        target = target / f"dateline-{clock.now():%Y%m%dT%H%M%SZ}.tar"
    if target.exists():
        raise BackupError(f"{target} exists already. Name another file.")
    return target


def _write(config: Config, part: Path, folder: Path) -> Manifest:
    copy = folder / dumps.member()
    rows = dumps.dump(copy)
    with tarfile.open(part, "x") as archive:
        part.chmod(0o600)  # it holds the key and every address
        database = _must(archives.add(archive, copy.name, copy))
        manifest = Manifest(
            version=version("dateline"),
            made_at=clock.now().isoformat(),
            engine=connection.vendor,
            database=database,
            rows=rows,
        )
        for file in _files(config):
            name = FILES + file.relative_to(config.data_dir).as_posix()
            if member := archives.add(archive, name, file):
                manifest.files.append(member)
        archives.add_manifest(archive, manifest)
    return manifest


def _must(member: Member | None) -> Member:
    if member is None:
        raise BackupError("the copy of the database vanished while it was read.")
    return member


def _files(config: Config) -> Iterator[Path]:
    """Every file of the data folder that a restored installation needs, in a fixed order."""
    for top in _entries(config):
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (file for file in found if file.is_file() and not file.is_symlink())


def _entries(config: Config) -> list[Path]:
    """What lies in the data folder and belongs in a backup, without the database."""
    if not config.data_dir.is_dir():
        return []
    database = Path(connection.settings_dict["NAME"]).name
    return sorted(
        entry
        for entry in config.data_dir.iterdir()
        if entry.name not in LEFT_OUT
        and not entry.name.startswith((KEPT, WORKING))
        and not (connection.vendor == "sqlite" and entry.name.startswith(database))
    )


def restore(config: Config, source: Path, *, force: bool = False) -> Manifest:
    """Put the rows and files of a backup in place; return its manifest.

    Every hash is compared before anything is replaced. With `force` what was there is moved to
    `before-restore-<time>` in the data folder, never deleted (PostgreSQL's old rows are).

    Raises:
        CannotServe: `dateline serve` runs on this data folder.
        BackupError: there is something already, or the backup cannot be trusted or used here.

    """
    with only_one(config):
        occupied = [*_entries(config), *_database_files()]
        if occupied and not force:
            raise BackupError(
                f"{config.data_dir} is not empty ({occupied[0].name}). Restore into an empty "
                "folder, or add --force: what is there is then kept beside it."
            )
        working = config.data_dir / f"{WORKING}{clock.now():%Y%m%dT%H%M%SZ}"
        kept = config.data_dir / f"{KEPT}{clock.now():%Y%m%dT%H%M%SZ}"
        try:
            manifest = _unpacked(source, working)
            _switch(config, working, kept)
        except (ArchiveError, dumps.DumpError, OSError) as error:
            raise BackupError(f"nothing was restored: {error}") from error
        finally:
            shutil.rmtree(working, ignore_errors=True)
        _forget_pages(config)
        restored.mark(config.data_dir)
    return manifest


def _forget_pages(config: Config) -> None:
    """Pages of the rows that were replaced must not be served, here or in front of this machine."""
    shutil.rmtree(config.edge_dir, ignore_errors=True)
    edge.purge([keys.release()], mode=Mode.GONE, cause="a backup was restored")


def _database_files() -> list[Path]:
    if connection.vendor != "sqlite":
        return []
    return [path for path in [Path(connection.settings_dict["NAME"])] if path.exists()]


def _unpacked(source: Path, working: Path) -> Manifest:
    working.mkdir()
    manifest = archives.verify(source, into=working)
    if manifest.engine != connection.vendor:
        raise ArchiveError(
            f"the backup is of {manifest.engine}, this installation uses {connection.vendor}. "
            "Set DATELINE_DATABASE_URL to a database of the same kind."
        )
    return manifest


def _switch(config: Config, working: Path, kept: Path) -> None:
    """Move the old aside and the new into place, the database last."""
    for entry in _entries(config):
        kept.mkdir(exist_ok=True)
        entry.rename(kept / entry.name)
    for entry in sorted((working / "files").glob("*")):
        entry.rename(config.data_dir / entry.name)
    dumps.restore(working / dumps.member(), keep_in=kept)


def upgrade(config: Config, say: Callable[[str], None]) -> None:
    """Bring the database to this version: a verified backup first, then the migrations.

    Raises:
        BackupError: the backup failed; nothing was changed.

    """
    config.data_dir.mkdir(parents=True, exist_ok=True)
    pending = installation.pending_migrations()
    if not pending:
        say("The database is up to date.")
        return
    if connection.introspection.table_names():
        made = back_up(config, config.data_dir / BACKUPS)
        say(f"Backup: {made}")
        say(f"If the upgrade fails: dateline restore --force {made.path}")
    say(f"Running {len(pending)} migrations, the first is {pending[0]}.")
    tables.bring_up_to_date()
    say("The database is up to date.")
