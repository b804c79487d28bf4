"""The test database: laid once, kept under .cache/, copied for each session.

A real SQLite file with the product's own settings (WAL, IMMEDIATE), so that threads and locks
behave as they do in production. It is laid as that of a new installation is, from `tables.sql`; one
test holds this file against every migration, which takes half a minute.
"""

import fcntl
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from dateline import tables
from tests.uncounted import not_counted

ROOT = Path(__file__).resolve().parent.parent
KEPT = 3  # older templates of a kind are dropped


def lay_out(directory: Path, *, cache: Path) -> Path:
    """Point the default connection at a laid file in `directory`; return an untouched one.

    It is a copy, so that another run, of newer code, may drop the old template meanwhile.
    """
    untouched, used = directory / "migrated.sqlite3", directory / "test.sqlite3"
    shutil.copyfile(laid_template(cache), untouched)
    shutil.copyfile(untouched, used)
    # No test cuts the power, so none need wait for the disk. What runs for readers is FULL.
    connection.settings_dict["OPTIONS"]["init_command"] += ";PRAGMA synchronous=OFF"
    use(used)
    return untouched


def put_back(migrated: Path) -> None:
    """Make the database what it was after the migrations, whatever a test committed."""
    connections.close_all()
    source = connection.Database.connect(str(migrated))
    try:
        connection.ensure_connection()
        source.backup(connection.connection)
    finally:
        source.close()


def laid_template(cache: Path) -> Path:
    """The file as a new installation begins, made now if the code has changed since the last one."""
    return _template(cache, "laid", tables.bring_up_to_date)


def migrated_template(cache: Path) -> Path:
    """The file with every migration run one by one."""
    return _template(cache, "migrated", _migrate)


def _template(cache: Path, kind: str, make: Callable[[], None]) -> Path:
    cache.mkdir(parents=True, exist_ok=True)
    template = cache / f"{kind}-{fingerprint()}.sqlite3"
    with (cache / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for leftover in cache.glob(f"{kind}-*.unfinished*"):
                leftover.unlink()
            unfinished = template.with_suffix(".unfinished")
            _fill(unfinished, make)
            unfinished.rename(template)
            for old in sorted(cache.glob(f"{kind}-*.sqlite3"), key=_age)[KEPT:]:
                old.unlink()
    return template


def _fill(path: Path, make: Callable[[], None]) -> None:
    """Make the tables in a file of their own; the default connection is afterwards where it was."""
    before = Path(connection.settings_dict["NAME"])
    use(path)
    options = connection.settings_dict["OPTIONS"]
    careful = options["init_command"]
    # Hundreds of migrations need not wait for the disk; a template that is lost is made again.
    options["init_command"] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"
    try:
        make()
    finally:
        options["init_command"] = careful
        use(before)


def _migrate() -> None:
    with not_counted():
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)


def use(path: Path) -> None:
    connections.close_all()
    connections.settings["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)


def fingerprint() -> str:
    """Changes with everything that decides what migrations leave behind."""
    digest = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    patterns = ("*/migrations/*.py", "*/models.py", "*/models/*.py", "*/apps.py")
    sources = {path for pattern in patterns for path in (ROOT / "src/dateline").glob(pattern)}
    for path in [*sorted(sources), tables.FIRST, ROOT / "uv.lock"]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _age(path: Path) -> float:
    return -path.stat().st_mtime
