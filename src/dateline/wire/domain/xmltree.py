"""XML from strangers: parsed without DTDs, entities or network, within bounds."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.wording import line

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's public name for a node is this one

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_DEPTH = 100  # levels; the deepest real item we know has 27
MAX_ELEMENTS = 100_000  # the largest real item we know has 900
_PROLOG = re.compile(rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?([\w.-]+)")
# A DOCTYPE that only names DTDs (Kyodo, ATS). One that declares an entity's text or an attribute
# does not match. No part of it can match in two ways, so it is searched in linear time.
_QUOTED = rb"""(?:"[^"<>]*"|'[^'<>]*')"""
_ELSEWHERE = rb"(?:SYSTEM\s+" + _QUOTED + rb"|PUBLIC\s+" + _QUOTED + rb"\s+" + _QUOTED + rb")"
_HARMLESS_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+[\w.:-]+(?:\s+" + _ELSEWHERE + rb")?\s*"
    rb"(?:\[(?:\s|<!--(?:(?!-->).)*-->|%[\w.-]+;|"
    rb"<!ENTITY\s+%\s+[\w.-]+\s+" + _ELSEWHERE + rb"\s*>)*\]\s*)?>",
    re.DOTALL,
)
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_ONE_BYTE = frozenset(
    {"iso-8859-1", "iso-8859-15", "latin1", "latin-1", "windows-1252", "us-ascii"}
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def prolog_and_root(data: bytes) -> tuple[bool, str | None]:
    """Return whether the first 64 KiB have a DOCTYPE, and the first element's local name.

    The element after a DOCTYPE is told only where `without_doctype` could take that out.
    """
    head = data[:65_536]
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "replace").encode()
            break
    rest = _after_prolog(head)
    has_doctype = rest[:9].upper() == b"<!DOCTYPE"
    harmless = _HARMLESS_DOCTYPE.match(rest) if has_doctype else None
    root = _ROOT.match(_after_prolog(rest[harmless.end() :]) if harmless else rest)
    return has_doctype, root.group(1).decode("utf-8", "replace") if root else None


def _after_prolog(head: bytes) -> bytes:
    start = _PROLOG.match(head)
    return head[start.end() if start else 0 :]


def _is_mislabelled(data: bytes) -> bool:
    """Whether a document declares a single-byte encoding, but is UTF-8.

    Such text reads without an error and comes out as `dÃ©cÃ¨s`. Real Latin text with accents is
    hardly ever valid UTF-8.
    """
    declared = _DECLARED.match(data)
    if declared is None or declared.group(1).decode().lower() not in _ONE_BYTE or data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def encoding_warnings(data: bytes) -> tuple[str, ...]:
    """What an editor should know about the encoding of a document that `parse` has read."""
    return (_MISLABELLED,) if _is_mislabelled(data) else ()


_MISLABELLED = "It declares an encoding of single bytes, but its bytes are UTF-8; read as UTF-8."


def without_doctype(data: bytes) -> bytes:
    """Return the document without a DOCTYPE that only names DTDs; lines keep their number.

    Agencies name the DTD of their standard, often by a path that exists only at home. It is never
    fetched. A DOCTYPE that declares anything itself stays, so that `parse` refuses it.
    """
    start = _PROLOG.match(data, 3 if data.startswith(_BOMS[0][0]) else 0)
    found = _HARMLESS_DOCTYPE.match(data, start.end()) if start else None
    if found is None:
        return data
    lines = b"\n" * found.group().count(b"\n")
    return data[: found.start()] + lines + data[found.end() :]


def parse(data: bytes, *, source: str, named_dtd: bool = False) -> Element:
    """Return the root of an XML document.

    No DTD, no entity but the five of XML 1.0, no network, at most MAX_DEPTH levels. With
    `named_dtd` a DOCTYPE that only names DTDs is passed over. The encoding is what the document
    declares, unless that is a single-byte one and the bytes are UTF-8 (AFP). `source`
    is used in messages only.

    Raises:
        WireFormatError: not well-formed, cut off, wrongly encoded, with a DTD, or too deep.

    """
    data = without_doctype(data) if named_dtd else data
    has_doctype, _ = prolog_and_root(data)
    if has_doctype:
        raise WireFormatError(source, "(document)", HAS_DTD)
    parser = etree.XMLParser(
        encoding="utf-8" if _is_mislabelled(data) else None,
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, remove_comments=True, remove_pis=True,
        recover=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WireFormatError(source, "(document)", _what_is_wrong(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise WireFormatError(source, "(document)", HAS_DTD)
    check_bounds(root, source=source)
    return root


HAS_DTD = (
    "it declares a DTD or entities (<!DOCTYPE>), which can make a small file unfold into a huge "
    "one. Ask the agency for the item without a DTD."
)


def _what_is_wrong(error: Exception) -> str:
    text = line(str(error)) or "no reason given"
    if "Premature end of data" in text or "Document is empty" in text or "EndTag" in text:
        return f"it ends before its last tag, so it was cut off. Ask for it again ({text})."
    if "not proper UTF-8" in text or "encoding" in text.lower() or "PCDATA invalid Char" in text:
        return f"it has bytes that its encoding does not allow. Ask for it again ({text})."
    return f"it is not well-formed XML ({text})."


def check_bounds(root: Element, *, source: str) -> None:
    """Refuse a tree nested more than MAX_DEPTH levels, or with more than MAX_ELEMENTS.

    Raises:
        WireFormatError: it is deeper or larger.

    """
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise WireFormatError(
                source, "(document)", f"its tags are nested more than {MAX_DEPTH} levels deep."
            )
        if count > MAX_ELEMENTS:
            raise WireFormatError(source, "(document)", f"it has more than {MAX_ELEMENTS:,} tags.")


def name_of(element: Element) -> str:
    """Return the local name in lower case; '' for comments, instructions and entities."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the child elements with one of these local names, in any namespace and letter case."""
    wanted = {name.lower() for name in names}
    for child in () if element is None else element:
        if name_of(child) in wanted:
            yield child


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element at a path of local names below `element`, or None."""
    for name in path:
        element = next(children(element, name), None)
    return element


def descendants(element: Element | None, *names: str) -> Iterator[Element]:
    """Yield the elements below with one of these local names, in document order."""
    wanted = {name.lower() for name in names}
    for found in () if element is None else element.iterdescendants():
        if name_of(found) in wanted:
            yield found


def texts(element: Element) -> Iterator[str]:
    """Yield every piece of text inside `element`, in document order."""
    return (piece for piece in element.itertext() if isinstance(piece, str))


def words(element: Element | None) -> str | None:
    """Return all text inside `element` on one line, pieces apart by a space; None for nothing."""
    if element is None:
        return None
    pieces = (piece.strip() for piece in texts(element))
    joined = line(" ".join(piece for piece in pieces if piece))
    return re.sub(r" ([,.;:])", r"\1", joined) if joined else None
