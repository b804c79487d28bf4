"""Pages as a front keeps them: filled, judged by the counters and the clock, compared with a new one.

No front runs here. What it would do is done by the same parts: the renderer's note, the counters,
the one judge.
"""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.test import Client

from dateline import clock
from dateline.edge.adapters.counters import Counters, Watch
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Held, Verdict, judge
from dateline.mastheads import queries as mastheads
from dateline.stories import rows
from dateline.web.templatetags import cards, chrome, talking

FILL = {"x-dateline-fill": "1"}


def forget_what_was_made():
    """Make this process as it was when it began: nothing drawn, nothing made of a row."""
    boxes = (chrome._header, chrome._footer, chrome._join, chrome._box, chrome._headlines)
    lists = (rows.pinned._made, rows.not_pinned._made, rows.newest._made)
    for memory in (cards._drawn, talking._drawn, mastheads._network, *boxes, *lists):
        memory.cache_clear()


@dataclass(frozen=True)
class Page:
    """One answer as it is kept."""

    status: int
    head: tuple[tuple[str, str], ...]
    body: bytes
    note: PageNote
    at: float

    def same_as(self, other):
        return other is not None and (self.status, self.head, self.body) == (
            other.status,
            other.head,
            other.body,
        )


@dataclass
class Kept:
    """Everything a front keeps, by (host, path)."""

    pages: dict = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def fill(self, host, path, client=None):
        """A page as the renderer gives it now; None where it may not be kept."""
        at = clock.now().timestamp()
        answer = (client or self.client).get(path, headers={"host": host, **FILL})
        told = answer["X-Dateline-Edge"]
        del answer["X-Dateline-Edge"]
        if told in {"pass", "refuse"}:
            return None
        head = tuple(sorted(answer.headers.items()))
        return Page(answer.status_code, head, b"".join(answer), PageNote.from_json(told), at)

    def keep(self, host, path):
        page = self.fill(host, path)
        if page:
            self.pages[host, path] = page
        return page

    def verdict(self, page):
        """What the front may do with a kept page now."""
        counters = Counters.open(Path(settings.DATELINE_EDGE_DIR))
        moved = counters.look(Watch(page.note.hard, page.note.soft))
        held = Held(
            start=page.note.start, stored_at=page.at, opens=page.note.opens,
            closes=page.note.closes, ttl=page.note.ttl,
        )  # fmt: skip
        return judge(held, moved, now=clock.now().timestamp())

    def judged(self):
        """((host, path), page, verdict) of everything that is kept."""
        return [(place, page, self.verdict(page)) for place, page in self.pages.items()]

    def showing(self, *verdicts):
        """Places of the pages that are judged so."""
        return {place for place, _, verdict in self.judged() if verdict in verdicts}

    def stale(self):
        """Places whose kept page would be shown as good though a new process makes another."""
        anew = Client()  # it remembers nothing
        forget_what_was_made()
        good = [(place, page) for place, page, verdict in self.judged() if verdict is Verdict.HIT]
        return [place for place, page in good if not page.same_as(self.fill(*place, anew))]

    def renew(self):
        """Fill what is not good any more, as the next readers would make it."""
        for place, _, verdict in self.judged():
            if verdict is not Verdict.HIT:
                del self.pages[place]
                self.keep(*place)
