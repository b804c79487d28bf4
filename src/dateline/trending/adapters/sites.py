"""Which host is which masthead, in a small file: fronts have no database to ask."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FILE = "sites.json"


def write(directory: Path, sites: Mapping[str, int]) -> bool:
    """Keep host (lower case, no port) → masthead's id, in one step; say whether it had changed.

    Raises:
        OSError: the folder cannot be written.

    """
    text = json.dumps(dict(sorted(sites.items())))
    path = directory / FILE
    if path.exists() and path.read_text() == text:
        return False
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f".{FILE}-{os.getpid()}")
    fresh.write_text(text)
    fresh.replace(path)
    return True


@dataclass(slots=True)
class Sites:
    """The file as it was when `look` last found it changed."""

    directory: Path
    ids: dict[bytes, int] = field(default_factory=dict)
    _seen: tuple[int, int] = (0, 0)

    def look(self) -> None:
        """Read the file again if it is another one. Never raises: then what was known stays."""
        path = self.directory / FILE
        try:
            found = path.stat()
            if (found.st_ino, found.st_mtime_ns) == self._seen:
                return
            self.ids = {
                host.encode(): int(id_) for host, id_ in json.loads(path.read_text()).items()
            }
        except (OSError, ValueError, AttributeError):
            return
        self._seen = (found.st_ino, found.st_mtime_ns)

    def of(self, host: bytes) -> int | None:
        """The masthead of a field Host, with port or without, in any case of letters."""
        found = self.ids.get(host)
        if found is None:
            found = self.ids.get(host.partition(b":")[0].lower().rstrip(b"."))
        return found
