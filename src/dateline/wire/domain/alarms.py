"""What agencies say in words only: kills, holds, corrections."""

import re
from collections.abc import Iterable

from dateline.wire.domain.item import Relation
from dateline.wire.domain.kill_words import HOLD, KILL, NAMED
from dateline.wire.domain.wording import line

_MOST_LABELS = 5
_DASH = r"\s*[-:\u2013\u2014]\s*"
_LABELS = (
    (
        "corrects",
        re.compile(r"CORRECT(?:ED|ION)(?:[ -]?\([A-Z ,]{1,40}\))?[ A-ZÀ-Þ]{0,30}" + _DASH),
    ),
    ("corrects", re.compile("REFILE" + _DASH)),
    ("update-of", re.compile("UPDATE ?[0-9]{0,2}" + _DASH)),
    ("update-of", re.compile(f"[0-9]{{1,2}}(?:ST|ND|RD|TH) (?:LEAD|NET)\\b(?:{_DASH})?\\s*")),
    ("repeats", re.compile("(?:RPT|REPEAT)(?: ?[0-9]{1,2})?" + _DASH)),
)


def prose_kill(texts: Iterable[str | None]) -> tuple[Relation, ...]:
    """Find a kill or a hold that is said in words only (dpa, AP, AFP, Kyodo), and what it names.

    Returns relations of type kills or holds without a family and never certain: they name a
    sequence number or a slug, so a person confirms which story is meant.
    """
    said = [text for text in texts if text]
    named = next((name for name in map(_named, said) if name), None)
    return tuple(
        Relation(type=kind, note=named, certain=False)
        for kind, pattern in (("kills", KILL), ("holds", HOLD))
        if any(pattern.search(text) for text in said)
    )


def _named(text: str) -> str | None:
    named = NAMED.search(text)
    return line(named.group(1)) if named else None


def labels(headline: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Take the desk's labels off a headline: what is left for readers, and what they said.

    CORRECTED-, UPDATE 2-, REFILE-, RPT- (Reuters), CORRECTION ET MISE À JOUR - (GlobeNewswire), 2ND
    LEAD (dpa). Returns relation types. A headline that is nothing but a label stays.
    """
    rest = headline or ""
    types: list[str] = []
    for _ in range(_MOST_LABELS):
        found = _label_at(rest)
        if found is None or found[1] == len(rest):
            break
        types.append(found[0])
        rest = rest[found[1] :]
    return rest or headline, tuple(dict.fromkeys(types))


def _label_at(headline: str) -> tuple[str, int] | None:
    """The label a headline begins with: its kind and its length."""
    hits = ((kind, label.match(headline)) for kind, label in _LABELS)
    return next(((kind, hit.end()) for kind, hit in hits if hit), None)
