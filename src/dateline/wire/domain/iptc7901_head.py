"""What stands above the story in IPTC 7901: keywords, the desk's lines, headline, byline."""

import re
from dataclasses import dataclass, field

from dateline.wire.domain import leads
from dateline.wire.domain.embargo_words import embargoes
from dateline.wire.domain.item import Relation
from dateline.wire.domain.wording import line

_BY = re.compile(r"(?:By|BY|Von|Par|Por|Da|Di|Door|Av|Af)\s+\S")
_ATTENTION = re.compile(r"\(?\s*(?:achtung|attention|atenci[óo]n)\b", re.IGNORECASE)
_WRAPPED = 50  # characters; agencies wrap at 60 to 70, so a shorter line ends by itself
_LONGEST_HEAD = 14  # lines


@dataclass(slots=True)
class Head:
    """The parts of a head. `lines` are all of them as sent, `rest` is the text below the head."""

    rest: str = ""
    lines: list[str] = field(default_factory=list)
    slugline: str | None = None
    byline: str | None = None
    notes: list[str] = field(default_factory=list)
    holds: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    keywords: tuple[str, ...] = ()

    @property
    def headline(self) -> str | None:
        """The first title."""
        return self.titles[0] if self.titles else None

    @property
    def subheadline(self) -> str | None:
        """All titles below the first."""
        return " ".join(self.titles[1:]) or None


def read(before: str, text: str) -> Head:
    """Read the head: `before` stands between the header and STX, `text` behind it.

    The head ends with the line that ends in `=`, else with the first empty line. Desk lines go to
    notes, and those that tell of an earlier item to relations too. Raises nothing.
    """
    head = Head()
    slug = [one.strip() for one in before.split("\n") if one.strip()]
    above, head.rest = _parted(text)
    if not slug and above and above[0].rstrip().endswith("/"):
        slug.append(above.pop(0).strip())
    if not above:
        above, head.rest = _parted(head.rest)
    head.slugline = " ".join(slug) or None
    head.keywords = tuple(word for word in re.split(r"\s*/\s*", head.slugline or "") if word)
    head.lines = [*slug, *(line(one) or "" for one in above)]
    for one in _whole_notes(above):
        _take(one, head)
    _first_word_is_a_label(head)
    return head


def _parted(text: str) -> tuple[list[str], str]:
    """Part a text into the lines of its head, and what is below."""
    lines = text.strip("\n").split("\n")
    size = next((n for n, one in enumerate(lines) if not one.strip()), len(lines))
    marked = next(
        (
            n
            for n, one in enumerate(lines[: min(size, _LONGEST_HEAD)])
            if one.rstrip().endswith("=")
        ),
        None,
    )
    if marked is not None:
        size = marked + 1
    elif size > _LONGEST_HEAD or size == len(lines):
        size = 1
    return lines[:size], "\n".join(lines[size:])


def _whole_notes(lines: list[str]) -> list[str]:
    """Join the lines of a note in brackets, and of a title that goes on, to one each."""
    found: list[list[str]] = []
    for one in lines:
        bare = line(one.rstrip().removesuffix("=")) or ""
        if found and bare and _goes_on(found[-1], bare):
            found[-1].append(bare)
        elif bare:
            found.append([bare])
    return [" ".join(pieces) for pieces in found]


def _goes_on(above: list[str], bare: str) -> bool:
    """Say whether a line belongs to the one above it: an open bracket, a full line, a colon."""
    whole, last = " ".join(above), above[-1]
    if whole.startswith("("):
        return whole.count("(") > whole.count(")")
    if bare.startswith("(") or _BY.match(bare) or _is_note(last) or _is_note(bare):
        return False
    return len(last) >= _WRAPPED or last.endswith((":", ",", ";", "-"))


def _is_note(one: str) -> bool:
    return leads.is_label(one) or bool(embargoes([one]))


def _take(one: str, head: Head) -> None:
    """Sort one line of a head into its place."""
    if _ATTENTION.match(one):
        head.holds.append(f"It warns editors: {one[:200]!r}. Ask the agency before using it.")
    if one.startswith("(") or _is_note(one):
        head.notes.append(one)
        said = leads.relation(one, slug=head.slugline)
        head.relations += [said] if said else []
    elif head.titles and head.byline is None and _BY.match(one):
        head.byline = one
    else:
        head.titles.append(one)


def _first_word_is_a_label(head: Head) -> None:
    """A single word above the title (`Situation`) names a rubric."""
    if len(head.titles) > 1 and re.fullmatch(r"[^\W\d_]{3,20}", head.titles[0]):
        head.keywords = (*head.keywords, head.titles.pop(0))
