"""What changed from one version of a text to the next, paragraph by paragraph."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that stayed, was added or was removed."""

    kind: Literal["same", "added", "removed"]
    text: str


def changes(before: str, after: str) -> list[Change]:
    """Every paragraph of both texts in reading order; what was removed before what replaced it.

    Paragraphs are lines that hold more than white space; space at their ends does not count.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    found: list[Change] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Change("same", text) for text in new[k:m]]
            continue
        found += [Change("removed", text) for text in old[i:j]]
        found += [Change("added", text) for text in new[k:m]]
    return found


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
