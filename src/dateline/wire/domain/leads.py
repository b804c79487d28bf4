"""The lines of a desk above a headline: leads, refiles, corrections, repeats."""

import re

from dateline.wire.domain.item import Relation

_ORDINAL = r"[0-9]{1,2}(?:st|nd|rd|th|er|e|\.)"
_KINDS = (
    (
        "corrects",
        (
            r"refile\b|correct(?:s|ed|ion|ions|ive|ing)?\b|corr(?:ects)?\b|berichtigung|berichtigt|"
            r"korrektur|korrigiert|rectificati(?:f|on)|correctif|correcci[oó]n|corrige\b|rettifica"
        ),
    ),
    ("repeats", r"rpt\b|repeat(?:s|ing|ed)?\b|wiederholung|r[ée]p[ée]tition|repetici[oó]n"),
    ("part-of", rf"{_ORDINAL} add\b|add [0-9]{{1,2}}\b|take [0-9]{{1,2}}\b"),
    (
        "update-of",
        (
            rf"{_ORDINAL} (?:lead|ld|net|sub|insert|update|writethru|writethrough)\b|"
            rf"(?:{_ORDINAL} )?ld[- ]writethru|writethr[uo]|lead\b|net\b|"
            r"update(?: ?[0-9]{1,2})?\b|"
            r"neu\b|aktualisiert|zusammenfassung|actualis[ée]|actualizaci[oó]n|aggiornamento|"
            r"ampliaci[oó]n|(?:[0-9]|zweite|dritte)\.? ?(?:zusammenfassung|neufassung)"
        ),
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)
_FLAGS = re.compile(
    r"(?:news ?)?(?:flash|urgent|bulletin|eil(?:meldung)?|alert[ae]?|breaking|blitz)", re.IGNORECASE
)
_IN_CAPITALS = re.compile(r"[0-9]{0,2}[^a-z]{3,}")
_MANY = 60  # characters; a longer line is a headline that begins like a label


def lead_of(text: str) -> str | None:
    """Return what a label (`2ND LEAD`, `1st Ld-Writethru`, `Berichtigung: ...`) says of an item.

    A relation type (update-of, corrects, repeats, part-of), or None when it is no such label.
    """
    return next((kind for kind, pattern in _PATTERNS if pattern.match(text)), None)


def is_label(text: str) -> bool:
    """Say whether a line of a head is the desk's: a lead or a flag in capitals, and no headline."""
    bare = re.sub(r"\s*[=\x07]+\s*", " ", text).strip()
    if len(bare) > _MANY or not bare:
        return False
    if _FLAGS.fullmatch(bare) and bare.isupper():
        return True
    first = re.split(r"\s*[(:,\u2013\u2014-]\s*|\s+(?=[a-z])", bare)[0]
    return bool(_IN_CAPITALS.fullmatch(first)) and lead_of(bare) is not None


def relation(label: str, *, slug: str | None) -> Relation | None:
    """Return what a label says the item is to one before it, which it names only by its slug."""
    kind = lead_of(label.strip(" ("))
    note = f"{label} ({slug})" if slug else label
    return Relation(type=kind, note=note, certain=False) if kind else None
