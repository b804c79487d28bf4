"""A real network for the edge's benchmarks: stories in a database, and `dateline serve`."""

import contextlib
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.edge import stage
from benchmarks.edge.stage import Server

MOST_WAITING = 64
HOST = "musashi.localhost"
SECTIONS = ("world", "politics", "business", "culture", "sport", "opinion")


@contextlib.contextmanager
def installation(stories: int) -> Iterator[list[str]]:
    """A database with so many published stories; yields their addresses, newest first."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ |= {
            "DATELINE_DATA_DIR": scratch,
            "DATELINE_PORT": str(stage.free_port()),
            "DATELINE_RENDER_PROCESSES": "1",
            "DATELINE_ADDRESS_CONNECTIONS": "5000",
            "DATELINE_SECRET_KEY": secrets.token_urlsafe(48),
            "DATELINE_ACCESS_LOG": str(Path(scratch) / "access.log"),
            "DJANGO_SETTINGS_MODULE": "dateline.project.settings",
        }
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        addresses = _fill(stories)
        yield addresses
        connections.close_all()


@contextlib.contextmanager
def serving() -> Iterator[Server]:
    """`dateline serve`, all of it on the server's core."""
    port = int(os.environ["DATELINE_PORT"])
    command = (sys.executable, "-m", "dateline", "serve")
    with stage.running(*command, stdout=sys.stderr) as process:
        stage.until(
            lambda: stage.get(port, f"/{SECTIONS[0]}/", Host=HOST)[0] == stage.OK, "the network"
        )
        yield Server("serve", port, [process.pid, *stage.children(process.pid)], HOST)


class Asking(threading.Thread):
    """Asks for one address after another at an even rate, whether or not answers have come."""

    def __init__(self, port: int, addresses: list[str], per_s: float) -> None:
        super().__init__(daemon=True)
        self.port, self.addresses, self.per_s = port, addresses, per_s
        self.pending: list[Future[int]] = []
        self.enough = threading.Event()

    def run(self) -> None:
        """Begin each request at its time; each address once."""
        start = time.monotonic()
        with ThreadPoolExecutor(MOST_WAITING) as pool:
            for number, address in enumerate(self.addresses):
                if self.enough.wait(max(0.0, start + number / self.per_s - time.monotonic())):
                    return
                self.pending.append(pool.submit(self._ask, address))

    def stop(self) -> list[int]:
        """Begin no more requests, and return the statuses of all."""
        self.enough.set()
        self.join()
        return [one.result() for one in self.pending]

    def _ask(self, address: str) -> int:
        return stage.get(self.port, address, Host=HOST)[0]


class Repeating(threading.Thread):
    """Does something each second until it is stopped."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.work, self.times, self.enough = work, 0, threading.Event()

    def run(self) -> None:
        """Once a second, the first time at once."""
        while not self.enough.wait(1 if self.times else 0):
            self.work()
            self.times += 1

    def stop(self) -> int:
        """End, and return how often it was done."""
        self.enough.set()
        self.join()
        return self.times


def change(addresses: list[str]) -> None:
    """Give each of these stories a new text, through the newsroom's own verb."""
    from dateline.stories.services.publishing import update_story

    for address in addresses:
        text = f"<p>As of {datetime.now(UTC).isoformat()} the ferry is late again.</p>"
        story = int(address.rpartition("-")[2])
        update_story(story, changes={"body": [("text", text)]}, by="benchmark")


def _fill(count: int) -> list[str]:
    from dateline.mastheads.models import Masthead
    from dateline.stories.models import Placement, Story, StoryVersion
    from tests.factories.newsroom import a_masthead

    a_masthead("musashi", sections=SECTIONS)
    masthead = Masthead.objects.get()
    sections = list(masthead.sections.order_by("place"))
    stories = Story.objects.bulk_create(_story(number, count) for number in range(count))
    Placement.objects.bulk_create(
        Placement(
            story=story, masthead=masthead, section=sections[number % len(sections)],
            slug=f"story-{number}", canonical=True, published_at=story.first_published_at,
        )
        for number, story in enumerate(stories)
    )  # fmt: skip
    StoryVersion.objects.bulk_create(
        StoryVersion(
            story=story, number=1, change="published", source="desk", by="b",
            shown_from=story.first_published_at, headline=story.headline,
        )
        for story in stories
    )  # fmt: skip
    return [
        f"/{sections[number % len(sections)].slug}/story-{number}-{story.pk}"
        for number, story in reversed(list(enumerate(stories)))
    ]


def _story(number: int, count: int) -> object:
    from dateline.stories.models import Story

    moment = datetime.now(UTC) - timedelta(minutes=count - number + 10)
    paragraphs = "".join(
        f"<p>Paragraph {i} of story {number}. {'Words and words. ' * 20}</p>" for i in range(9)
    )
    return Story(
        headline=f"Council votes on the harbour plan, part {number}",
        standfirst="A short sentence that says what the story is about and why it matters now.",
        body=[("text", paragraphs)],
        dateline="Amaru",
        byline="By A Reporter",
        copyright_line="© 2026 KNA",
        live=True,
        first_published_at=moment,
        last_published_at=moment,
        updated_at=moment,
    )
