"""The three rules that the edge stands on, and each of them cut out, to see that it is missed.

snapshot   the counters are read before a page is rendered
counters   a page in memory is compared with the counters at each hit
purge      what the newsroom does raises the counters
"""

import importlib
import importlib.abc
import importlib.util
import sys
import threading
import time

# What a process of the network runs at its start; then `cut(name)`.
AT_START = "from tests.campaigns.cuts import cut"
WAITS_S = 0.25
SERVICES = "dateline.edge.services"  # loaded when it is needed: a cut comes before all else


def without_snapshot(collector, put=setattr):
    """Read the counters when the page is done."""
    really = collector.Collector.note

    def note(self, *args, **kwargs):
        self.start = importlib.import_module(SERVICES).sequence()
        return really(self, *args, **kwargs)

    put(collector.Collector, "note", note)


def without_counters(hits, put=setattr):
    """Show whatever is in memory."""
    put(hits, "judge", lambda *_, **__: hits.Verdict.HIT)


def without_purge(services, put=setattr):
    """Raise no counter."""
    put(services, "purge", lambda *_, **__: 0)


CUTS = {
    "snapshot": ("dateline.edge.domain.collector", without_snapshot),
    "counters": ("dateline.project.front.hits", without_counters),
    "purge": (SERVICES, without_purge),
}


def cut(name):
    """Cut one rule out of this process as soon as its module is there; draw late."""
    module, change = CUTS[name]
    sys.meta_path.insert(0, Changed({module: change, "dateline.web.rendering": late}))


def late(rendering):
    """Draw what was read when something was purged since, or a moment in which nothing was."""
    really = rendering.draw

    def draw(*args, **kwargs):
        services = importlib.import_module(SERVICES)
        read_at, over = services.sequence(), time.monotonic() + WAITS_S
        while services.sequence() == read_at and time.monotonic() < over:
            threading.Event().wait(0.005)
        return really(*args, **kwargs)

    rendering.draw = draw


class Changed(importlib.abc.MetaPathFinder):
    """Runs a function on each of some modules, once it is loaded."""

    def __init__(self, changes):
        self.changes = changes

    def find_spec(self, name, path, target=None):
        change = self.changes.pop(name, None)
        if change is None:
            return None
        spec = importlib.util.find_spec(name)
        really = spec.loader.exec_module

        def exec_module(module):
            really(module)
            change(module)

        spec.loader.exec_module = exec_module
        return spec
