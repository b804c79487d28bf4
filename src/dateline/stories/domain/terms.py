"""What the desk allows for a story: which of two decisions lets readers see more."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The desk's own limits, named as the fields of Story. Moments are aware UTC.

    `licensed_mastheads` and `licensed_uses` name what the licence covers; empty means everything.
    """

    embargo_until: datetime | None
    rights_until: datetime | None
    licensed_mastheads: tuple[str, ...]
    licensed_uses: tuple[str, ...]
    advisory: bool


def looser(wanted: Terms, standing: Terms) -> tuple[str, ...]:
    """Names of the limits of which `wanted` lets readers see more than `standing` does."""
    embargo, end = standing.embargo_until, standing.rights_until
    found = {
        "embargo_until": embargo and (not wanted.embargo_until or wanted.embargo_until < embargo),
        "rights_until": end and (not wanted.rights_until or wanted.rights_until > end),
        "licensed_mastheads": _wider(wanted.licensed_mastheads, standing.licensed_mastheads),
        "licensed_uses": _wider(wanted.licensed_uses, standing.licensed_uses),
        "advisory": standing.advisory and not wanted.advisory,
    }
    return tuple(name for name, lets_more in found.items() if lets_more)


def stricter(wanted: Terms, standing: Terms) -> Terms:
    """`wanted`, but with what `standing` says wherever that lets readers see less."""
    kept = looser(wanted, standing)
    return Terms(
        **{f.name: getattr(standing if f.name in kept else wanted, f.name) for f in fields(Terms)}
    )


def differing(seen: str, standing: Terms) -> frozenset[str]:
    """Names of the limits that are not what `seen`, made by `as_text`, says; all if it is no such.

    What an old page or another program sends without it has seen nothing.
    """
    try:
        said = dict(json.loads(seen))
    except (TypeError, ValueError):
        said = {}
    now = json.loads(as_text(standing))
    return frozenset(name for name, value in now.items() if said.get(name, "?") != value)


def as_text(terms: Terms) -> str:
    """Terms as one line, to travel with a form and be compared when it comes back."""
    return json.dumps(asdict(terms), default=_plain)


def _plain(moment: Any) -> str:
    return str(moment.isoformat())


def _wider(wanted: tuple[str, ...], standing: tuple[str, ...]) -> bool:
    return bool(standing) and (not wanted or not set(wanted) <= set(standing))
