"""The counters in one file, with how far the journal was read: what a killed worker comes back to.

A file is written whole beside the old one and renamed over it. Numbers are as this machine writes
them: a snapshot is not moved between machines; without one the journal is read again.
"""

import json
import os
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.trending.domain.headlines import Tally
from dateline.trending.domain.heat import WIDTHS, Heat, SiteHeat
from dateline.trending.domain.live import Live

FORMAT = "dateline-heat-2"


@dataclass(frozen=True, slots=True)
class Saved:
    """Counters, and the position in the journal up to which they hold everything."""

    heat: Heat
    position: dict[str, int]
    live: Live = field(default_factory=Live)
    tally: Tally = field(default_factory=Tally)


def save(
    path: Path,
    heat: Heat,
    position: Mapping[str, int],
    live: Live | None = None,
    tally: Tally | None = None,
) -> None:
    """Write the counters and the position as one file, in place of the one before.

    Without `live` there are no figures for the desk in it, without `tally` none of headlines. It is
    on the disk when this returns, or the old one still is.

    Raises:
        OSError: the folder cannot be written, or the disk is full.

    """
    blocks: list[bytes] = [heat.remembered.tobytes()]
    sites = {}
    for number, site in heat.sites.items():
        sites[str(number)] = len(site.places)
        blocks.append(array("Q", site.places).tobytes())  # in the order of their places
        blocks += [getattr(site, name).tobytes() for name in WIDTHS]
    head = {
        "format": FORMAT,
        "landmark": heat.landmark,
        "position": dict(position),
        "trials": [[*key, *value] for key, value in heat.trials.items()],
        "sites": sites,
        "young": {number: list(site.young.items()) for number, site in heat.sites.items()},
        "live": _head_of(live) if live else None,
        "headlines": list(tally.counts.items()) if tally else None,
    }
    blocks += _blocks_of(live) if live else []
    blocks += [tally.remembered.tobytes()] if tally else []
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(f".{os.getpid()}")
    with beside.open("wb") as file:
        file.write(json.dumps(head).encode() + b"\n")
        file.writelines(blocks)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def load(path: Path) -> Saved | None:
    """Read what `save` wrote; None where there is no file, or one that is not whole or not ours."""
    try:
        with path.open("rb") as file:
            head = json.loads(file.readline())
            if head.get("format") != FORMAT:
                return None
            heat = Heat(landmark=float(head["landmark"]))
            heat.remembered = _read(file, heat.remembered.typecode, len(heat.remembered))
            for number, count in head["sites"].items():
                heat.sites[int(number)] = _site(file, int(count))
                heat.sites[int(number)].young = dict(head["young"][number])
            live = _live(file, head["live"]) if head.get("live") else Live()
            tally = _tally(file, head.get("headlines"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, EOFError):
        return None
    heat.trials = {(host, story): [views, clicks] for host, story, views, clicks in head["trials"]}
    return Saved(heat, {str(name): int(at) for name, at in head["position"].items()}, live, tally)


def _head_of(live: Live) -> dict[str, Any]:
    return {
        "hour": live.hour, "left_out": live.left_out, "days": live.days,
        "stories": len(live.places), "readers": live.readers,
    }  # fmt: skip


def _blocks_of(live: Live) -> list[bytes]:
    keys = array("Q", [number for key in live.places for number in key])
    readers, seen = array("Q"), array("d")
    for key, some in live.here.items():
        for who, at in some.items():
            readers.extend((*key, who))
            seen.append(at)
    whole = [getattr(live, name) for name in Live.WIDTHS]
    return [one.tobytes() for one in (keys, *whole, readers, seen)]


def _live(file: Any, head: Mapping[str, Any]) -> Live:
    live = Live(hour=int(head["hour"]), left_out=int(head["left_out"]))
    live.days = {int(site): float(began) for site, began in head["days"].items()}
    keys = _read(file, "Q", 2 * int(head["stories"]))
    live.places = {pair: n for n, pair in enumerate(zip(keys[::2], keys[1::2], strict=True))}
    for name, width in Live.WIDTHS.items():
        setattr(live, name, _read(file, "Q", width * len(live.places)))
    live.readers = int(head["readers"])
    readers, seen = _read(file, "Q", 3 * live.readers), _read(file, "d", live.readers)
    for n, at in enumerate(seen):
        site, story, who = readers[3 * n : 3 * n + 3]
        live.here.setdefault((site, story), {})[who] = at
    return live


def _tally(file: Any, counts: Any) -> Tally:
    """The counts of headlines; none in a snapshot of an older version."""
    tally = Tally()
    if counts is not None:
        tally.counts = {int(number): [list(map(int, n)) for n in some] for number, some in counts}
        tally.remembered = _read(file, "Q", len(tally.remembered))
    return tally


def _site(file: Any, count: int) -> SiteHeat:
    site = SiteHeat()
    site.places = {story: place for place, story in enumerate(_read(file, "Q", count))}
    for name, width in WIDTHS.items():
        setattr(site, name, _read(file, getattr(site, name).typecode, count * width))
    return site


def _read(file: Any, typecode: str, count: int) -> Any:
    found = array(typecode)
    found.fromfile(file, count)  # EOFError where the file ends before
    return found
