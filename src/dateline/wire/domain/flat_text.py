"""What flat wire formats have in common: the text of a story and, apart from it, the desk's."""

import hashlib
import re
from dataclasses import dataclass

from dateline.wire.domain import stamps
from dateline.wire.domain.datelines import agency_of
from dateline.wire.domain.wording import line

_NOT_PUBLIC = re.compile(
    r"\bnot (?:intended )?(?:for|to be) (?:publication|published)\b(?!\s+(?:before|until))|"
    r"\bnicht zur? ver(?:ö|oe?)ffentlichung|\bnicht ver(?:ö|oe)ffentlichen|"
    r"\bne (?:sont |doivent )?pas (?:destin[ée]e?s? |[êe]tre )?(?:[àa] la publication|publi)|"
    r"\bno (?:son |est[áa]n? )?(?:destinad[ao]s? )?(?:para|a) (?:la |su )?publicaci[óo]n|"
    r"\bnot for publication\b",
    re.IGNORECASE,
)
_BEFORE_NOTES = re.compile(r"[\s*_=#-]*")
_NOTEBOOK = re.compile(
    r"#{1,2} *(?:[a-z]{2,5} +)?(?:notebook|notizblock|notepad|bloc[- ]notes|cuaderno|libreta)\s*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"([a-z]{2,6})(?: [a-z0-9]{1,6}){1,8}|\(([A-Za-z]{2,8})[\\/]+[a-z/]{1,9}\)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A text for readers, and the notes that trail it, which are for editors only."""

    body: str
    notes: str


def parts_of(text: str) -> Parts:
    """Part a text from the notebook, the lines not for publication and the initials at its end.

    Where such a block begins, all that follows is for editors: a telephone number on a page cannot
    be taken back.
    """
    lines = text.split("\n")
    cut = next((n for n, one in enumerate(lines) if _begins_notes(lines, n, one)), len(lines))
    while cut and cut < len(lines) and _BEFORE_NOTES.fullmatch(lines[cut - 1]):
        cut -= 1
    if cut == len(lines):
        cut = _before_signature(lines)
    return Parts("\n".join(lines[:cut]), "\n".join(lines[cut:]).strip())


def _begins_notes(lines: list[str], number: int, one: str) -> bool:
    bare = one.strip()
    if _NOTEBOOK.fullmatch(bare) or _NOT_PUBLIC.search(bare):
        return True
    if not bare.startswith("# "):
        return False
    below = next((text for text in lines[number + 1 : number + 4] if text.strip()), "")
    return below.lstrip().startswith(("## ", "* * *"))


def _before_signature(lines: list[str]) -> int:
    """Where the last line is initials (`dpa wsz jln`, `(SDA/sj)`), its number, else the end."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), None)
    signed = _SIGNED.fullmatch(lines[last].strip()) if last else None
    if last and signed and agency_of(signed[1] or signed[2]):
        return last
    return len(lines)


def identifier(mark: str | None, moment: str | None, text: str) -> tuple[str, tuple[str, ...]]:
    """Return an id that a resend shares and no other item has, and a warning where it is weak.

    `mark` is the agency's number (`dpa 157`), which begins anew every day, so the day of `moment`
    (ISO 8601, as sent) belongs to it. Without either the id is made of the text: the same document
    has it again, a changed one does not.
    """
    day = stamps.day_of(moment)
    if mark and day:
        return f"{mark}-{day}", ()
    digest = hashlib.sha256((line(text) or "").encode("utf-8", "replace")).hexdigest()[:16]
    missing = "day" if mark else "number"
    warning = (
        f"It has no {missing} of its own, so an update or a kill of it cannot be matched by itself."
    )
    return f"{mark or 'text'}-{digest}", (warning,)
