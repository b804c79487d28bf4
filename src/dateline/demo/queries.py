"""What the demo's own screens ask: whether this is a demo, and which mail has left it."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from dateline.demo import adapters
from dateline.demo.domain.letters import Letter, read_letters

NEWEST = 100  # letters in the list


@dataclass(frozen=True, slots=True)
class Kept:
    """One letter and where it lies: the file's name and its place in the file, from 0."""

    file: str
    place: int
    letter: Letter


def is_demo() -> bool:
    """Whether this installation is the demo, as its data folder says."""
    return adapters.read_marker() is not None


def mailbox() -> list[Kept]:
    """The newest letters that left the demo, newest first, at most a hundred."""
    files = sorted(_folder().glob("*.log"), key=_written, reverse=True)
    found: list[Kept] = []
    for file in files:
        letters = list(enumerate(read_letters(file.read_bytes())))
        found += [Kept(file.name, place, letter) for place, letter in reversed(letters)]
        if len(found) >= NEWEST:
            break
    return found[:NEWEST]


def letter(file: str, place: int) -> Letter | None:
    """One letter, or None where there is none; `file` is a bare name, never a path."""
    names = {found.name: found for found in _folder().glob("*.log")}
    if file not in names:
        return None
    letters = read_letters(names[file].read_bytes())
    return letters[place] if place < len(letters) else None


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns  # Django names its files by the second only


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", None) or settings.DATELINE_DATA_DIR / "mail")
