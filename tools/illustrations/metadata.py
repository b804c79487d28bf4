"""Writes IPTC metadata into a JPEG: IIM in APP13 and XMP in APP1, from one plain record.

Standards: IPTC Photo Metadata Standard 2024.1, IIM 4.2, XMP Specification Part 3 (JPEG).
"""

from __future__ import annotations

import struct
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
USAGE = "For use in the Dateline demo network only. Fictional places, people and agencies."
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
}


def source_of(record: dict) -> str:
    """The last link of the credit chain: who supplied the picture."""
    return record["credit"].rsplit("/", 1)[-1].strip()


def guid_of(record: dict) -> str:
    """The picture's global id, the same for every version (a tag URI, RFC 4151)."""
    return f"tag:tamagawa-press.example,2026:picture:{record['file'].removesuffix('.jpg')}"


def iim(record: dict) -> bytes:
    """The record as IIM datasets (record 2), UTF-8 declared in 1:90."""
    taken = datetime.fromisoformat(record["taken_at"])
    fields: list[tuple[int, str]] = [
        (5, record["headline"]),
        *((25, tag) for tag in record["tags"]),
        (55, taken.strftime("%Y%m%d")),
        (60, taken.strftime("%H%M%S%z")),
        (80, record["byline"]),
        (85, "Illustrator"),
        (90, record["place"]["city"]),
        (101, record["place"]["country"]),
        (105, record["headline"]),
        (110, record["credit"]),
        (115, source_of(record)),
        (116, record["copyright"]),
        (120, record["caption"]),
    ]
    out = b"\x1c\x01\x5a" + struct.pack(">H", 3) + b"\x1b%G" + b"\x1c\x02\x00\x00\x02\x00\x04"
    for number, text in fields:
        data = text.encode()
        out += struct.pack(">BBBH", 0x1C, 2, number, len(data)) + data
    return out


def xmp(record: dict) -> bytes:
    """The record as an XMP packet."""

    def lang(name: str, text: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>'

    def bag(name: str, kind: str, items: list[str]) -> str:
        rows = "".join(f"<rdf:li>{escape(item)}</rdf:li>" for item in items)
        return f"<{name}><rdf:{kind}>{rows}</rdf:{kind}></{name}>"

    simple = {
        "photoshop:Headline": record["headline"],
        "photoshop:Credit": record["credit"],
        "photoshop:Source": source_of(record),
        "photoshop:City": record["place"]["city"],
        "photoshop:Country": record["place"]["country"],
        "photoshop:DateCreated": record["taken_at"],
        "photoshop:AuthorsPosition": "Illustrator",
        "xmp:CreatorTool": "Dateline tools/illustrations",
        "xmpRights:Marked": "True",
        "Iptc4xmpExt:DigitalSourceType": SOURCE_TYPE,
        "Iptc4xmpExt:DigImageGUID": guid_of(record),
    }
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in NAMESPACES.items())
    body = "".join(
        [
            *(f"<{name}>{escape(text)}</{name}>" for name, text in simple.items()),
            lang("dc:title", record["headline"]),
            lang("dc:description", record["caption"]),
            lang("dc:rights", record["copyright"]),
            lang("xmpRights:UsageTerms", USAGE),
            lang("Iptc4xmpCore:AltTextAccessibility", record["alt"]),
            bag("dc:creator", "Seq", [record["byline"]]),
            bag("dc:subject", "Bag", record["tags"]),
        ]
    )
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {spaces}>'
        f'<rdf:Description rdf:about="">{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    )
    return packet.encode()


def _segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def bare(jpeg: bytes) -> bytes:
    """The JPEG without its XMP and IIM segments."""
    out, at = jpeg[:2], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        if jpeg[at + 1] not in {0xE1, 0xED}:
            out += jpeg[at:end]
        at = end
    return out + jpeg[at:]


def embed(jpeg: bytes, record: dict) -> bytes:
    """The JPEG with IIM and XMP placed after its JFIF header; what it said before is replaced."""
    jpeg = bare(jpeg)
    data = iim(record)
    block = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(data)) + data + b"\0" * (len(data) % 2)
    app13 = _segment(0xED, b"Photoshop 3.0\0" + block)
    app1 = _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(record))
    at = 2
    if jpeg[2:4] == b"\xff\xe0":
        at = 4 + struct.unpack(">H", jpeg[4:6])[0]
    return jpeg[:at] + app1 + app13 + jpeg[at:]
