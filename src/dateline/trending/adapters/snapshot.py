"""The counters in one file, with how far the journal was read: what a killed worker comes back to.

A file is written whole beside the old one and renamed over it. Numbers are as this machine writes
them: a snapshot is not moved between machines; without one the journal is read again.
"""

import json
import os
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.trending.domain.heat import WIDTHS, Heat, SiteHeat

FORMAT = "dateline-heat-2"


@dataclass(frozen=True, slots=True)
class Saved:
    """Counters, and the position in the journal up to which they hold everything."""

    heat: Heat
    position: dict[str, int]


def save(path: Path, heat: Heat, position: Mapping[str, int]) -> None:
    """Write the counters and the position as one file, in place of the one before.

    It is on the disk when this returns, or the old one still is.

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
    }
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
            heat.remembered = _read(file, "I", len(heat.remembered))
            for number, count in head["sites"].items():
                heat.sites[int(number)] = _site(file, int(count))
                heat.sites[int(number)].young = dict(head["young"][number])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, EOFError):
        return None
    heat.trials = {(host, story): [views, clicks] for host, story, views, clicks in head["trials"]}
    return Saved(heat, {str(name): int(at) for name, at in head["position"].items()})


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
