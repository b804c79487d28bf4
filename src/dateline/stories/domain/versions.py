"""What readers were shown, as plain text, so that versions can be kept and compared."""

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

# A version begins then while nothing but a person's decision can show it to readers.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)


class Change(StrEnum):
    """Why readers got another text. The names are shown to readers."""

    PUBLISHED = "published"
    UPDATE = "update"
    CORRECTION = "correction"
    CLARIFICATION = "clarification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The words of one version. `body` has an empty line between blocks."""

    headline: str
    standfirst: str
    dateline: str
    byline: str
    body: str

    def digest(self) -> str:
        """A hash that differs when any word differs, and not when only white space does."""
        parts = (self.headline, self.standfirst, self.dateline, self.byline, self.body)
        return sha256("\x1f".join(" ".join(p.split()) for p in parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in a comparison. `state` is `same`, `added` or `removed`."""

    state: str
    text: str


# A word with the space after it; Japanese has no spaces, so each of its characters is a word.
_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]\s*|[^\s\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+\s*|\s+"
)


def word_diff(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word (character by character in Japanese).

    Joining the same and added pieces gives `new`; joining same and removed gives `old`.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[c:d])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(after[c:d])))
    return pieces
