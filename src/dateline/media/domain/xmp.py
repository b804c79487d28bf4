"""Read the XMP packet of a picture (ISO 16684-1) and the IPTC properties in it."""

from dataclasses import dataclass, field

from lxml import etree

from dateline.media.domain.plain_text import clean
from dateline.media.domain.refusal import PictureRefused

MAX_BYTES = 4_000_000
"""A larger packet holds previews and histories, not a caption; it is left unread."""

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_LISTS = frozenset({f"{{{RDF}}}Alt", f"{{{RDF}}}Bag", f"{{{RDF}}}Seq"})
_RESOURCE = f"{{{RDF}}}resource"
_DESCRIPTION = f"{{{RDF}}}Description"


@dataclass(frozen=True, slots=True)
class Xmp:
    """The properties of one packet. Names are written `prefix:Name` with the prefixes above."""

    elements: dict[str, etree._Element] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """Return a simple value, or the x-default (else first) language of an alternative."""
        qualified = _qualified(name)
        if qualified in self.attributes:
            return clean(self.attributes[qualified])
        element = self.elements.get(qualified)
        if element is None:
            return None
        found = _items(element)
        found.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")  # stable: else in order
        return _text(found[0]) if found else _text(element)

    def every(self, name: str) -> tuple[str, ...]:
        """Return the values of a list, in order; a single value is a list of one."""
        element = self.elements.get(_qualified(name))
        if element is None or not _items(element):
            single = self.text(name)
            return (single,) if single else ()
        texts = (_text(item) for item in _items(element))
        return tuple(text for text in texts if text)

    def inside(self, name: str, part: str) -> str | None:
        """Return field `part` of the first structure in `name`, such as a licensor's name."""
        element = self.elements.get(_qualified(name))
        if element is None:
            return None
        wanted = _qualified(part)
        for node in element.iter(etree.Element):
            if wanted in node.attrib:
                return clean(str(node.attrib[wanted]))
            if node.tag == wanted:
                return _text(node)
        return None


def read(packet: bytes, *, source: str) -> Xmp:
    """Read an XMP packet in UTF-8, as JPEG and WebP require (XMP part 3, 1.1.3).

    A packet that is not well-formed is reported in `warnings` and otherwise
    empty: the picture and its IIM are still good.

    Raises:
        PictureRefused: the packet declares a document type, which XMP forbids
            and which is how entity bombs arrive.

    """
    try:
        text = packet.decode("utf-8")
    except UnicodeDecodeError:
        return Xmp(warnings=("The XMP block is not UTF-8 and was not read.",))
    if "<!DOCTYPE" in text:
        raise PictureRefused(
            f"{source} has a document type in its XMP block, which is not allowed there. "
            "Have the picture saved again without metadata, and type the caption in."
        )
    if len(packet) > MAX_BYTES:
        return Xmp(warnings=("The XMP block is too large and was not read.",))
    root = _parse(text.strip("\x00 \t\r\n\ufeff").encode())
    if root is None:
        return Xmp(warnings=("The XMP block is not well-formed and was not read.",))
    return _collect(root)


def _parse(packet: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(packet, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _collect(root: etree._Element) -> Xmp:
    elements: dict[str, etree._Element] = {}
    attributes: dict[str, str] = {}
    for rdf in root.iter(f"{{{RDF}}}RDF"):
        for description in rdf.iterchildren(_DESCRIPTION):
            for name, value in description.attrib.items():
                attributes.setdefault(str(name), str(value))
            for child in description.iterchildren(etree.Element):
                elements.setdefault(str(child.tag), child)
    return Xmp(elements, attributes)


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _items(element: etree._Element) -> list[etree._Element]:
    for child in element:
        if child.tag in _LISTS:
            return list(child.iterchildren(f"{{{RDF}}}li"))
    return []


def _text(element: etree._Element) -> str | None:
    return clean(str(element.get(_RESOURCE) or element.text or ""))
