"""As much of a change as a text-only page has room for."""

from collections.abc import Sequence
from typing import NamedTuple

from dateline.stories.domain.versions import Piece
from dateline.web.domain.changes import VersionChange

ROOM = 600  # characters of one version, its marks counted: three such fit in 10 kB in any language
MARK = 8  # what one piece costs beside its text


class ShortField(NamedTuple):
    """The first part of one field that differs; `more` where something of it was left out."""

    field: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    more: bool


def in_short(change: VersionChange, *, room: int = ROOM) -> list[ShortField]:
    """The fields of a change with their paragraphs cut where `room` characters are used up.

    Fields and paragraphs keep their order; a field without any room left is named and empty.
    """
    told, left = [], room
    for one in change.fields:
        shown, left = _cut(one.paragraphs, left)
        told.append(ShortField(one.field, shown, shown != one.paragraphs))
    return told


def _cut(
    paragraphs: Sequence[tuple[Piece, ...]], room: int
) -> tuple[tuple[tuple[Piece, ...], ...], int]:
    """As many of these as there is room for, and the room that is left."""
    kept = []
    for paragraph in paragraphs:
        pieces = []
        for piece in paragraph:
            if room <= MARK:
                break
            text = piece.text[: room - MARK]
            pieces.append(Piece(piece.state, text))
            room -= len(text) + MARK
        if pieces:
            kept.append(tuple(pieces))
    return tuple(kept), room
