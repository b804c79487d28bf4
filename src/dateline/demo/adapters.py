"""Files of the demo: its content and pictures as they are packed, its marker in the data folder."""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings

from dateline.demo.domain import content

MARKER = "demo.json"
_HERE = resources.files("dateline.demo")


def table(name: str) -> dict[str, Any]:
    """One TOML file of the content: mastheads, people, topics, logins."""
    return tomllib.loads((_HERE / "content" / f"{name}.toml").read_text("utf-8"))


@cache
def stories() -> tuple[content.DemoStory, ...]:
    """Every story as written, oldest first.

    Raises:
        ContentError: a story that cannot be read; says which.

    """
    files = sorted((_HERE / "content").iterdir(), key=lambda file: file.name)
    found = [
        story
        for file in files
        if file.name.endswith(".md") and not file.name.startswith("wire")
        for story in content.read_stories(file.read_text("utf-8"), source=file.name)
    ]
    return tuple(sorted(found, key=lambda story: (-story.ago, story.slug)))


def text_of(name: str) -> str:
    """One text file of the content."""
    return (_HERE / "content" / name).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class DrawnPicture:
    """One drawing: the name stories use, its file's bytes when asked for, and what is known."""

    name: str
    facts: dict[str, Any]

    def data(self) -> bytes:
        """The JPEG file."""
        return (_HERE / "pictures" / str(self.facts["file"])).read_bytes()


@cache
def pictures() -> dict[str, DrawnPicture]:
    """Every drawing by name (the file name without its ending)."""
    index = json.loads((_HERE / "pictures" / "index.json").read_text("utf-8"))
    return {(name := Path(one["file"]).stem): DrawnPicture(name, one) for one in index}


def wordmark(slug: str) -> bytes | None:
    """A masthead's drawn wordmark (SVG), or None."""
    file = _HERE / "wordmarks" / f"{slug}.svg"
    return file.read_bytes() if file.is_file() else None


def marker() -> Path:
    """The file that says that this data folder holds the demo; also where the wire has got to."""
    return Path(settings.DATELINE_DATA_DIR) / MARKER


def read_marker() -> dict[str, Any] | None:
    """What the marker says, or None where this is no demo."""
    try:
        found = json.loads(marker().read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_marker(values: dict[str, Any]) -> None:
    """Replace the marker in one step, so that a crash leaves the old one or the new one."""
    path = marker()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(json.dumps(values, indent=1), "utf-8")
    unfinished.replace(path)
