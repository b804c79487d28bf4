"""Static files collected for serving: hashed, compressed, and only when something changed."""

import hashlib
from pathlib import Path

import structlog
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

log = structlog.get_logger("dateline.serve")

STAMP = ".collected"


def collect_if_changed() -> bool:
    """Collect static files into STATIC_ROOT unless what is there is already right; say which."""
    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root / STAMP, fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    log.info("collecting static files", into=str(root))
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)
    return True


def fingerprint() -> str:
    """A hash over the name, size and time of every static file that the apps bring."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
