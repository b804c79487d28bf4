"""What changed between the versions of a story, for readers: newest first, word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dateline.stories.domain.body import paragraphs_of
from dateline.stories.domain.pages import ShownVersion
from dateline.stories.domain.versions import Piece, word_diff

FIELDS = ("headline", "standfirst", "dateline", "byline")


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
    """Changed paragraphs only, each new one compared with the old one in its place."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(b - a, d - c)):
            before = old[a + place] if a + place < b else ""
            after = new[c + place] if c + place < d else ""
            yield tuple(word_diff(before, after))
