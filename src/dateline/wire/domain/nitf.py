"""What a NITF document says about itself (IPTC NITF 3.x): docdata and body.head."""

from dataclasses import dataclass

from dateline.wire.domain.item import Relation
from dateline.wire.domain.xmltree import Element, child, children, words


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


NOTHING = Facts()


def facts(root: Element) -> Facts:
    """Read the management facts of a <nitf> element.

    management-status canceled, withheld or embargoed is its own status. A document that carries
    `management-doc-idref` with `management-idref-status="canceled"` kills another one (NITF 3.6,
    docdata); it is a notice and must not be published. Raises nothing.
    """
    docdata = child(root, "head", "docdata")
    head = child(root, "body", "body.head")
    status = ("" if docdata is None else docdata.get("management-status") or "").strip().lower()
    release = _norms(docdata, "date.release")
    relations = _killed(docdata)
    holds = (
        ("It withdraws another item. Kill that story; do not publish this notice.",)
        if relations
        else ()
    )
    titles = (
        child(head, "hedline", "hl1"),
        child(head, "headline", "hl1"),
        child(root, "head", "title"),
    )
    return Facts(
        headline=next((text for text in map(words, titles) if text), None),
        byline="; ".join(text for text in map(words, children(head, "byline")) if text) or None,
        dateline=words(child(head, "dateline")),
        statuses=(status,) if status and status != "embargoed" else (),
        embargoes=release or (("",) if status == "embargoed" else ()),
        expiries=_norms(docdata, "date.expire"),
        relations=relations,
        holds=holds,
    )


def _norms(docdata: Element | None, name: str) -> tuple[str, ...]:
    return tuple(norm for one in children(docdata, name) if (norm := one.get("norm")))


def _killed(docdata: Element | None) -> tuple[Relation, ...]:
    if docdata is None:
        return ()
    other = (docdata.get("management-doc-idref") or "").strip()
    status = (docdata.get("management-idref-status") or "").strip().lower()
    if other and status in ("canceled", "cancelled", "withheld"):
        return (Relation(type="kills" if status != "withheld" else "holds", family=other),)
    return ()
