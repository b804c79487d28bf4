"""What changed between the versions of a story, for readers: newest first, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.stories.domain.body import paragraphs_of
from dateline.stories.domain.pages import ShownVersion
from dateline.stories.domain.versions import Piece, segments, word_diff

FIELDS = ("headline", "standfirst", "dateline", "byline")
ALIKE = 0.3  # the share of words two paragraphs have in common when one became the other
MOST_PAIRS = 2500  # of changed paragraphs; beyond it each is compared with the one in its place


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs. `paragraphs` are its changed paragraphs, each as pieces."""

    field: str
    paragraphs: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One version, and how it differs from the one before; `fields` is empty for the first."""

    version: ShownVersion
    first: bool
    fields: tuple[FieldChange, ...]

    @property
    def added(self) -> int:
        """How many words came (in Japanese, characters)."""
        return self._count("added")

    @property
    def removed(self) -> int:
        """How many words went (in Japanese, characters)."""
        return self._count("removed")

    def _count(self, state: str) -> int:
        pieces = (p for f in self.fields for paragraph in f.paragraphs for p in paragraph)
        return sum(len(segments(piece.text)) for piece in pieces if piece.state == state)


def changes(versions: Sequence[ShownVersion]) -> list[VersionChange]:
    """Compare each of `versions` (newest first) with the one that came before it."""
    older: list[ShownVersion | None] = [*versions[1:], None]
    return [
        VersionChange(new, old is None, tuple(_fields(old, new)) if old else ())
        for new, old in zip(versions, older, strict=False)
    ]


def _fields(old: ShownVersion, new: ShownVersion) -> Iterable[FieldChange]:
    for name in FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield FieldChange(name, (tuple(word_diff(before, after)),))
    body = tuple(_paragraphs(paragraphs_of(old.body), paragraphs_of(new.body)))
    if body:
        yield FieldChange("body", body)


def _paragraphs(old: list[str], new: list[str]) -> Iterable[tuple[Piece, ...]]:
    """Changed paragraphs only, each compared with the one that it was before."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            for before, after in _paired(old[a:b], new[c:d]):
                yield tuple(word_diff(before, after))


def _paired(old: list[str], new: list[str]) -> Iterable[tuple[str, str]]:
    """(before, after) of changed paragraphs in reading order; empty where one came or went.

    A paragraph written in above others leaves these compared with themselves.
    """
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        for place in range(max(len(old), len(new))):
            yield "".join(old[place : place + 1]), "".join(new[place : place + 1])
        return
    alike = [[_likeness(before, after) for after in new] for before in old]
    best = _best_sums(alike)
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and _is_best(best, alike, i, j):
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and best[i][j] == best[i + 1][j]:
            yield old[i], ""
            i += 1
        else:
            yield "", new[j]
            j += 1


def _is_best(best: list[list[float]], alike: list[list[float]], i: int, j: int) -> bool:
    return alike[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + alike[i][j]


def _best_sums(alike: list[list[float]]) -> list[list[float]]:
    """For each pair of places, how alike the paragraphs from there on can be paired at best."""
    rows, columns = len(alike), len(alike[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in reversed(range(rows)):
        for j in reversed(range(columns)):
            paired = best[i + 1][j + 1] + alike[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best


def _likeness(before: str, after: str) -> float:
    """The share of words that both have, 0 where that is too few to call one the other."""
    old, new = set(segments(before)), set(segments(after))
    share = len(old & new) / max(len(old), len(new))
    return share if share >= ALIKE else 0.0
