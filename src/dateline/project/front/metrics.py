"""What the fronts of one installation have answered, counted, for `/metrics` and for the desk.

Each front writes its own counts to a small file once a second. Whoever wants the whole adds up the
files: a scrape reaches one front of several, and must not see one part of the truth.
"""

import json
import os
import time
from bisect import bisect_left
from dataclasses import asdict, dataclass, field, fields
from itertools import accumulate
from pathlib import Path

from dateline.project.processes import alive

FOLDER = "fronts"
# Upper edges of the classes of answering time, in seconds; the last class has no edge.
EDGES = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
CONTENT_TYPE = b"text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Counts:
    """Answers since the front started, by what the page cache did. Bytes are of hits' bodies."""

    hit: int = 0  # from the cache and fresh
    soft: int = 0  # from the cache while a new one is made
    stale_if_error: int = 0  # from the cache because no renderer answered
    miss: int = 0  # rendered for this reader
    collapsed: int = 0  # rendered for another reader who asked at the same time
    bypass: int = 0  # not for the cache: handed on
    refused: int = 0  # 4xx and 5xx that the front itself gave
    not_modified: int = 0  # of the hits: answered 304
    bytes: int = 0
    renders: int = 0  # canonical requests sent to renderers
    stored: int = 0
    too_late: int = 0  # rendered, but purged meanwhile and rendered again
    connections_refused: int = 0
    purges: int = 0  # since the counters were laid out, by whomever
    connections: int = 0
    pages: int = 0  # pages held in memory by this front, and their bytes
    page_bytes: int = 0
    beacons: int = 0  # counted, of readers' pages
    dropped: dict[str, int] = field(default_factory=dict)  # beacons that were not, by reason
    oldest_seconds: int = 0  # greatest age of a page shown in the last minute or two
    times: list[int] = field(default_factory=lambda: [0] * (len(EDGES) + 1))

    def took(self, seconds: float) -> None:
        """Note how long an answer took."""
        self.times[bisect_left(EDGES, seconds)] += 1


# Where the machine stands, not how much there was: the largest is the truth, not the sum.
HIGHEST = frozenset({"oldest_seconds", "purges"})
GAUGES = frozenset({"connections", "oldest_seconds", "pages", "page_bytes"})
ABOUT = {
    "hit": "Answers from the cache, fresh.",
    "soft": "Answers from the cache while a new page was made.",
    "stale_if_error": "Old pages shown because no renderer answered.",
    "miss": "Pages rendered for the reader who asked.",
    "collapsed": "Pages rendered for somebody else who asked at the same time.",
    "bypass": "Requests handed on because they are not for the cache.",
    "refused": "Requests that the front refused, or could not answer.",
    "not_modified": "Answers without a body (304), among the hits.",
    "bytes": "Bytes of bodies sent from the cache.",
    "renders": "Canonical requests sent to the renderers.",
    "stored": "Pages stored.",
    "too_late": "Pages rendered again because they were purged meanwhile.",
    "connections_refused": "Connections above the limit of one address.",
    "beacons": "Beacons of readers' pages that were counted.",
    "purges": "Purges of any tags since the cache was laid out.",
    "connections": "Connections that are open.",
    "pages": "Pages that the fronts hold in memory.",
    "page_bytes": "Bytes of these pages.",
    "oldest_seconds": "Greatest age of a page shown in the last minute or two, in seconds.",
}


def write(counts: Counts, directory: Path) -> None:
    """Put `counts` where the other fronts and the desk find them, in one step. Never raises."""
    folder = directory / FOLDER
    fresh = folder / f".{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps({"at": time.time(), **asdict(counts)}))
        fresh.replace(folder / f"{os.getpid()}.json")
    except OSError:
        return  # a full disk costs the figures, not the pages


def read(directory: Path) -> Counts:
    """Add up what the running fronts wrote; files of fronts that ended are removed."""
    total = Counts()
    for path in sorted((directory / FOLDER).glob("[0-9]*.json")):
        if not alive(int(path.stem)):
            path.unlink(missing_ok=True)
            continue
        try:
            found = json.loads(path.read_text())
        except (OSError, ValueError):
            continue
        _add(total, found)
    return total


def _add(total: Counts, found: dict[str, object]) -> None:
    for name in (one.name for one in fields(Counts) if one.name not in {"times", "dropped"}):
        mine, theirs = getattr(total, name), found.get(name, 0)
        if isinstance(theirs, int):
            setattr(total, name, max(mine, theirs) if name in HIGHEST else mine + theirs)
    dropped = found.get("dropped")
    for reason, count in dropped.items() if isinstance(dropped, dict) else ():
        total.dropped[str(reason)] = total.dropped.get(str(reason), 0) + int(count)
    times = found.get("times")
    if isinstance(times, list) and len(times) == len(total.times):
        total.times = [a + int(b) for a, b in zip(total.times, times, strict=True)]


def p99_s(counts: Counts) -> float:
    """Seconds below which 99 of 100 answers stayed: the upper edge of the class, `inf` above all.

    A hit that is answered in the moment its head is read counts in the first class.
    """
    wanted, reached = 0.99 * sum(counts.times), accumulate(counts.times)
    return next(
        edge
        for so_far, edge in zip(reached, (*EDGES, float("inf")), strict=True)
        if so_far >= wanted
    )


def text(counts: Counts) -> bytes:
    """The counts in Prometheus' text format, version 0.0.4."""
    lines = []
    for name, about in ABOUT.items():
        full = f"dateline_front_{name}" + ("" if name in GAUGES else "_total")
        kind = "gauge" if name in GAUGES else "counter"
        lines += [f"# HELP {full} {about}", f"# TYPE {full} {kind}"]
        lines.append(f"{full} {getattr(counts, name)}")
    name = "dateline_front_beacons_dropped_total"
    lines += [f"# HELP {name} Beacons that were not counted.", f"# TYPE {name} counter"]
    lines += [f'{name}{{reason="{why}"}} {count}' for why, count in counts.dropped.items()]
    name, so_far = "dateline_front_seconds", 0
    lines += [f"# HELP {name} Time to answer, by class.", f"# TYPE {name} histogram"]
    for count, edge in zip(counts.times, (*EDGES, "+Inf"), strict=True):
        so_far += count
        lines.append(f'{name}_bucket{{le="{edge}"}} {so_far}')
    lines.append(f"{name}_count {so_far}")
    p99 = "dateline_front_p99_seconds"
    lines += [f"# HELP {p99} 99 of 100 answers were faster.", f"# TYPE {p99} gauge"]
    lines.append(f"{p99} {p99_s(counts)}")
    return ("\n".join(lines) + "\n").encode()
