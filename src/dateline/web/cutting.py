"""Long things on pages that are text only: the beginning of each, and as many of them as fit."""

from dataclasses import replace

from django.utils.html import linebreaks
from django.utils.text import Truncator

from dateline import markup
from dateline.stories.domain.live import Entry, LivePart
from dateline.web.domain.text_pages import filled

WHOLE = 2_400  # bytes of HTML that stand as they are
LETTERS = 700  # characters of what is longer
NOTE = 300  # characters
AROUND_ONE = 260  # bytes of what stands around the words of an entry


def cut(html: str) -> tuple[str, bool]:
    """The beginning of safe HTML, and whether that is all of it; what is cut is left no links."""
    if len(html.encode()) <= WHOLE:
        return html, True
    return linebreaks(Truncator(markup.text_of(html)).chars(LETTERS), autoescape=True), False


def fitting(part: LivePart, room: int) -> tuple[LivePart, set[int]]:
    """A page of a live blog with the first of its entries, as many as `room` bytes hold.

    `older` is the first that did not fit. With it come the ids of those that were too long to
    stand here whole.
    """
    pinned = _cut(part.pinned) if part.pinned else None
    entries = [_cut(entry) for entry in part.entries]
    left = max(room - (_weight(pinned) if pinned else 0), 0)
    shown = filled([_weight(entry) for entry in entries], left)[0]
    rest = entries[shown.stop :]
    told = ((part.pinned, pinned), *zip(part.entries, entries, strict=True))
    page = replace(
        part, pinned=pinned, entries=tuple(entries[: shown.stop]),
        older=rest[0].id if rest else part.older,
    )  # fmt: skip
    return page, {before.id for before, after in told if before and before != after}


def _cut(entry: Entry) -> Entry:
    return replace(entry, text=cut(entry.text)[0], note=Truncator(entry.note).chars(NOTE))


def _weight(entry: Entry) -> int:
    words = f"{entry.headline}{entry.text}{entry.note}{entry.by}{entry.withdrawn_reason}"
    return AROUND_ONE + len(words.encode())
