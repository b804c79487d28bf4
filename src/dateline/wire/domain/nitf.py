"""What a NITF document says about itself (IPTC NITF 3.x): docdata and body.head."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.wire.domain.item import Relation
from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import Element, child, children, name_of, words

_PLACEHOLDER = re.compile(r"YYYY-?MM-?DD.*", re.IGNORECASE)
_DPA_ID = re.compile(r"(urn-newsml-dpa-com-[\w.-]+):([0-9]{1,18})")  # the milliseconds it was made
_ENDED = frozenset({"canceled", "cancelled", "withheld"})
_HARMLESS = frozenset({"", "usable"})


@dataclass(frozen=True, slots=True)
class Facts:
    """Texts as sent. `relations` holds the kill of another document by its id."""

    headline: str | None = None
    byline: str | None = None
    dateline: str | None = None
    statuses: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()
    expiries: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    holds: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


NOTHING = Facts()


def facts(root: Element) -> Facts:
    """Read the management facts of a <nitf> element, wherever they stand outside its body.

    management-status canceled, withheld or embargoed is its own status. A document that carries
    `management-doc-idref` with `management-idref-status="canceled"` kills another one (NITF 3.6,
    docdata); it is a notice and must not be published. A date.release that is empty, or a
    placeholder of letters, is an embargo without a time. Raises nothing.
    """
    managed = [one for one in outside_body(root) if name_of(one) == "docdata"]
    said = [(one.get("management-status") or "").strip().lower() for one in managed]
    release = _norms(root, "date.release")
    relations, holds = _about_another(managed)
    head = child(root, "body", "body.head")
    titles = (
        child(head, "hedline", "hl1"),
        child(head, "headline", "hl1"),
        child(root, "head", "title"),
    )
    return Facts(
        headline=next((text for text in map(words, titles) if text), None),
        byline="; ".join(text for text in map(words, children(head, "byline")) if text) or None,
        dateline=_place(child(head, "dateline")),
        statuses=tuple(status for status in said if status and status != "embargoed"),
        embargoes=tuple("" if _PLACEHOLDER.fullmatch(norm) else norm for norm in release)
        or (("",) if "embargoed" in said else ()),
        expiries=tuple(filter(None, _norms(root, "date.expire"))),
        relations=relations,
        holds=holds,
        warnings=tuple(
            f"The date.release {norm[:40]!r} is a placeholder, not a time."
            for norm in release
            if _PLACEHOLDER.fullmatch(norm)
        ),
    )


def identity_of(doc_id: str | None) -> tuple[str | None, str | None]:
    """Part a doc-id into the id that stays and its version: dpa puts both into it, others none."""
    dpa = _DPA_ID.fullmatch(doc_id or "")
    return (dpa.group(1), dpa.group(2)) if dpa else (doc_id, None)


def outside_body(root: Element) -> Iterator[Element]:
    """Yield every element of a <nitf> that is not in its body, in document order."""
    for part in root:
        if name_of(part) != "body":
            yield from part.iter()


def _norms(root: Element, name: str) -> list[str]:
    """The time of each element of this name: its norm, else its text, '' for neither."""
    found = (one for one in outside_body(root) if name_of(one) == name)
    return [line(one.get("norm")) or words(one) or "" for one in found]


def _about_another(managed: list[Element]) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    relations: list[Relation] = []
    holds: list[str] = []
    for docdata in managed:
        other = (docdata.get("management-doc-idref") or "").strip()
        status = (docdata.get("management-idref-status") or "").strip().lower()
        if not other or status in _HARMLESS:
            continue
        kind = "kills" if status in ("canceled", "cancelled") else "holds"
        certain = status in _ENDED
        relations.append(Relation(type=kind, family=identity_of(other)[0], certain=certain))
        holds.append(_WITHDRAWS if certain else _UNKNOWN.format(other=other, status=status))
    return tuple(relations), tuple(holds)


_WITHDRAWS = "It withdraws another item. Kill that story; do not publish this notice."
_UNKNOWN = (
    "It says that another item, {other!r}, is {status!r}, which is no status of NITF. Ask the "
    "agency whether that story must come down."
)


def _place(dateline: Element | None) -> str | None:
    """The place a story was filed from, without story.date, whose text may be wrong (EFE)."""
    if dateline is None:
        return None
    pieces = [line(dateline.text)]
    for part in dateline:
        if name_of(part) != "story.date":
            pieces.append(_parts_of(part))
        pieces.append(line(part.tail))
    whole = line(" ".join(piece for piece in pieces if piece))
    return re.sub(r" ([,.;:])", r"\1", whole) if whole else None


def _parts_of(location: Element) -> str | None:
    """City, state and country; with commas between them where the document has only tags."""
    own_text = any(line(text) for text in (location.text, *(one.tail for one in location)))
    if own_text or len(location) == 0:
        return words(location)
    return ", ".join(text for text in map(words, location) if text) or None
