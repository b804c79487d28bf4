"""The demo network for benchmarks of pages, and the addresses of each kind of page on a title."""

import contextlib
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.edge import stage

TITLES = {
    "musashi": "daily",
    "musashi-ja": "daily, in Japanese",
    "kinako": "magazine",
    "slowrails": "guide",
    "tatami": "weekly",
}
STORY = re.compile(r'href="(/[a-z-]+/[^"/]*-\d+)"')
SECTION = re.compile(r'<nav[^>]*>.*?href="(/[a-z-]+/)"', re.DOTALL)
READY_S = 240.0


@dataclass(frozen=True)
class Kind:
    """One kind of page on one title."""

    title: str
    kind: str
    path: str
    port: int

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{self.title}.localhost:{self.port}{self.path}"


@contextlib.contextmanager
def network() -> Iterator[int]:
    """The demo as `make demo` starts it, in a folder of its own; yields its port."""
    port = stage.free_port()
    with tempfile.TemporaryDirectory() as scratch:
        told = os.environ | {"DATELINE_DATA_DIR": scratch, "DATELINE_PORT": str(port)}
        command = (sys.executable, "-m", "dateline", "demo")
        with stage.running(*command, core="0,1", env=told, stdout=sys.stderr):
            stage.until(lambda: _answers(port), "the demo network", READY_S)
            yield port


def _answers(port: int) -> bool:
    """Whether the last title that is filled shows stories."""
    asked = (stage.get(port, "/", Host=f"{title}.localhost") for title in TITLES)
    return all(status == stage.OK and STORY.search(body.decode()) for status, body, _ in asked)


def kinds(port: int, title: str, wanted: dict[str, str]) -> list[Kind]:
    """Pages of a title by kind; `wanted` has a path for each, in which {section} and {story} stand.

    A path of the title that answers anything but 200 is left out, and named on standard error.
    """
    _, front, _ = stage.get(port, "/", Host=f"{title}.localhost")
    story, section = STORY.search(front.decode()), SECTION.search(front.decode())
    if not story or not section:
        raise RuntimeError(f"The front of {title} leads to no story or to no section.")
    found = []
    for kind, path in wanted.items():
        asked = path.format(section=section[1], story=story[1])
        status, _, _ = stage.get(port, asked, Host=f"{title}.localhost")
        if status == stage.OK:
            found.append(Kind(title, kind, asked, port))
        else:
            sys.stderr.write(f"{title}{asked} answers {status} and is left out.\n")
    return found
