"""Everything that happens by itself: what, how often, and by which function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dateline.demo.services import ticking
from dateline.discussion.services import upkeep
from dateline.edge import services as edge
from dateline.outbox import services as outbox
from dateline.project import reaper, ticker
from dateline.stories.services import publishing
from dateline.wire.services import intake as wire


@dataclass(frozen=True, slots=True)
class Loop:
    """Runs again `every_s` seconds after it ended; at once while `run` says it found work."""

    name: str
    every_s: float
    run: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Job:
    """Runs once for each slot of `cron` (five fields, UTC), on one worker only."""

    name: str
    cron: str
    run: Callable[[], Any]


LOOPS = (
    Loop("outbox", 0.2, outbox.deliver_due),
    Loop("edge", 0.5, edge.tick),
    Loop("intake", 0.5, wire.scan_intake),
    Loop("publish-due", 15.0, publishing.publish_due),
    Loop("demo-wire", 1.0, ticking.tick),  # does nothing where there is no demo
)

JOBS = (
    Job("tasks-reap", "* * * * *", reaper.reap),
    Job("tasks-prune", "17 3 * * *", reaper.prune),
    Job("ranks-prune", "29 3 * * *", upkeep.prune_moves),
    Job("slots-prune", "23 3 * * *", ticker.prune),
)
