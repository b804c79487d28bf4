"""Which code renders: a name that changes whenever a page could come out differently."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from dateline.project import statics

HOME = Path(__file__).parents[1]
RENDERS = frozenset({".py", ".html", ".txt", ".xml", ".json", ".mo", ".svg"})


def fingerprint(home: Path = HOME) -> str:
    """Return a hash over version, code and templates below `home`, and every static file.

    Pages made by another release are not shown. Sizes and times of files are enough: an upgrade
    writes them anew, and a page too many that is rendered again harms nobody.
    """
    digest = hashlib.sha256(f"{version('dateline')} {statics.fingerprint()}\n".encode())
    for path in sorted(home.rglob("*")):
        if path.suffix in RENDERS:
            found = path.stat()
            name = path.relative_to(home)
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
