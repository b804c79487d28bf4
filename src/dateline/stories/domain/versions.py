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
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uff00-\uffef"
_WORDS = re.compile(rf"[{_CJK}]\s*|[^\s{_CJK}]+\s*|\s+")
_IN_CJK = re.compile(f"[{_CJK}]")
NOTHING = (False, "", "")
LEFT_ALONE = 4  # letters; a shorter word between two changes is read as part of them


def segments(text: str) -> list[str]:
    """The words of a text with the space after each; in Japanese, its characters."""
    return _WORDS.findall(text)


def word_diff(old: str, new: str) -> list[Piece]:
    """Compare two texts word by word (character by character in Japanese).

    Joining the same and added pieces gives `new`; joining same and removed gives `old`. A short
    word that two changes share is shown as changed with them: a reader sees one change, not two.
    """
    before, after = segments(old), segments(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    spans = [
        (tag == "equal", "".join(before[a:b]), "".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    pieces: list[Piece] = []
    for is_same, went, came in _without_crumbs(spans):
        if is_same:
            pieces.append(Piece("same", came))
            continue
        pieces += [Piece("removed", went)] if went else []
        pieces += [Piece("added", came)] if came else []
    return pieces


def _without_crumbs(spans: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    """The spans of a comparison; what is too short to stand alone is taken into its neighbours."""
    kept: list[tuple[bool, str, str]] = []
    for place, (was_same, went, came) in enumerate(spans):
        is_same = was_same and not (0 < place < len(spans) - 1 and _is_crumb(came))
        _, all_went, all_came = kept.pop() if kept and not (is_same or kept[-1][0]) else NOTHING
        kept.append((is_same, all_went + went, all_came + came))
    return kept


def _is_crumb(text: str) -> bool:
    return len(text.strip()) < (2 if _IN_CJK.search(text) else LEFT_ALONE)
