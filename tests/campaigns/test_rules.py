"""Without any one of the three rules that the edge stands on, a reader is given an old page.

A real front on real counters, before a renderer that notes what it reads as ours do. The newsroom
publishes between two reads, and in the middle of a render: all that the campaign does by chance.
"""

import importlib

import pytest

from dateline.edge import services
from tests.campaigns import cuts
from tests.project.front.conftest import Edge, ask, front_at, leaving, page, renderer

__all__ = ["front_at", "leaving", "renderer"]

TAG = "s:1"


def test_with_all_rules_nobody_is_given_less_than_was_acknowledged(newsroom):
    assert newsroom.stale_reads() == []


@pytest.mark.parametrize("rule", cuts.CUTS)
def test_without_a_rule_somebody_is(newsroom, rule, monkeypatch):
    module, change = cuts.CUTS[rule]
    change(importlib.import_module(module), put=monkeypatch.setattr)

    assert newsroom.stale_reads()


class Newsroom:
    """One story, whose text is a number that rises; `port` is that of its front."""

    def __init__(self, renderer):
        self.number, self.during = 0, []
        renderer.answers = [self.render]

    def render(self, connection):
        """Read, draw, and tell the front what was read."""
        with services.collecting() as collector:
            services.depend(TAG)
            read = self.number
            if self.during:
                self.during.pop()()
            note = collector.note().to_json()
        page(str(read), headers=f"X-Dateline-Edge: {note}\r\n")(connection)

    def publish(self):
        self.number += 1
        services.purge([TAG], cause="a test")

    def stale_reads(self):
        """(shown, acknowledged before it was asked for) of each read that was given less."""
        found = []
        for middle in ([], [], [self.publish], [], [self.publish, self.publish], []):
            self.publish()
            self.during = list(middle)
            for _ in range(3):
                acknowledged = self.number
                shown = int(ask(self.port, "/")[1])
                if shown < acknowledged:
                    found.append((shown, acknowledged))
        return found


@pytest.fixture
def newsroom(front_at, renderer, tmp_path, settings):
    settings.DATELINE_EDGE_DIR = tmp_path / "edge"
    newsroom = Newsroom(renderer)
    with front_at(edge=Edge(tmp_path / "edge")) as newsroom.port:
        yield newsroom
