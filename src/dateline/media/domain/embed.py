"""Write credit and rights into a rendition, and take everything else out.

The library that makes renditions drops IIM and XMP and keeps EXIF with its GPS
position. So rights vanish and a photographer's place leaks. Here both are put
right: IIM 4.2 (JPEG only), XMP (ISO 16684-1) and a three-field EXIF go in;
every other metadata block goes out, and pixels are copied untouched.
"""

import hashlib
import struct
from dataclasses import dataclass
from html import escape

from dateline.media.domain import exif, iim, jpeg, webp
from dateline.media.domain.metadata import read_container
from dateline.media.domain.plain_text import clean
from dateline.media.domain.xmp import NAMESPACES, RDF

_MAX_SEGMENT = 65_533  # a JPEG segment's length counts itself and is two bytes
_CUTS = (4_000, 400)  # characters of one value; the second always fits a segment
UPRIGHT = 1  # EXIF orientation
_KEPT = (jpeg.APP0, jpeg.APP14)  # JFIF and Adobe's colour transform
_ICC_PREFIX = b"ICC_PROFILE\x00"
_APPLICATION_SEGMENTS = (*range(0xE0, 0xF0), 0xFE)  # APPn and comments
_PIXEL_CHUNKS = frozenset({b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF", b"ICCP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """What readers' copies of a picture say about it. None is left out."""

    headline: str | None = None
    caption: str | None = None
    alt_text: str | None = None
    byline: str | None = None
    credit: str | None = None
    source: str | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    web_statement: str | None = None
    digital_source_type: str | None = None
    data_mining: str | None = None
    guid: str | None = None


def said_in(words: Credits) -> tuple[bytes, bytes]:
    """EXIF (a TIFF structure) and XMP of an upright copy that says `words`; empty where nothing is.

    For a format that its encoder writes them into, as AVIF (HEIF, ISO 23008-12, annex A).
    """
    said = _said(words)
    tiff = exif.write(
        artist=said["byline"], copyright_notice=said["copyright_notice"], orientation=UPRIGHT
    )
    return tiff, _packet(said, room=_MAX_SEGMENT)


def embed_metadata(data: bytes, words: Credits, *, source: str) -> bytes:
    """Return a copy of a JPEG or WebP file that says `words` and nothing else.

    GPS, camera, software, comments, previews and foreign metadata are taken
    out. The colour profile and a turned EXIF orientation stay, since without
    them the picture looks wrong. Same input, same bytes.

    Raises:
        PictureRefused: `data` is not a whole JPEG or WebP picture.

    """
    container = read_container(data, source=source)
    said = _said(words)
    tiff = exif.write(
        artist=said["byline"],
        copyright_notice=said["copyright_notice"],
        orientation=exif.read(container.exif).orientation,
    )
    if container.kind == "jpeg":
        return _jpeg(jpeg.lay_out(data, source=source), said, tiff)
    return _webp(webp.chunks(data, source=source), said, tiff, source)


def _said(words: Credits) -> dict[str, str | None]:
    return {name: clean(getattr(words, name) or "") for name in Credits.__dataclass_fields__}


def _jpeg(layout: jpeg.Layout, said: dict[str, str | None], tiff: bytes) -> bytes:
    out = [jpeg.START, *(_segment(s) for s in layout.segments if s.marker in _KEPT)]
    if tiff:
        out.append(_segment(jpeg.Segment(jpeg.APP1, jpeg.EXIF_PREFIX + tiff)))
    packet = _packet(said, room=_MAX_SEGMENT - len(jpeg.XMP_PREFIX))
    if packet:
        out.append(_segment(jpeg.Segment(jpeg.APP1, jpeg.XMP_PREFIX + packet)))
        block = _photoshop(said)
        out.append(_segment(jpeg.Segment(jpeg.APP13, jpeg.PHOTOSHOP_PREFIX + block)))
    for segment in layout.segments:
        is_profile = segment.marker == jpeg.APP2 and segment.body.startswith(_ICC_PREFIX)
        if is_profile or segment.marker not in _APPLICATION_SEGMENTS:
            out.append(_segment(segment))
    return b"".join([*out, layout.pixels])


def _segment(segment: jpeg.Segment) -> bytes:
    return struct.pack(">BBH", 0xFF, segment.marker, len(segment.body) + 2) + segment.body


def _photoshop(said: dict[str, str | None]) -> bytes:
    """Write the IIM record and its digest, so that readers know that XMP is as new."""
    values = {
        iim.HEADLINE: said["headline"],
        iim.CAPTION: said["caption"],
        iim.BYLINE: said["byline"],
        iim.CREDIT: said["credit"],
        iim.SOURCE: said["source"],
        iim.COPYRIGHT: said["copyright_notice"],
    }
    record = iim.write({key: text for key, text in values.items() if text})
    digest = hashlib.md5(record, usedforsecurity=False).digest()
    return _resource(jpeg.IIM_RESOURCE, record) + _resource(jpeg.IIM_DIGEST_RESOURCE, digest)


def _resource(number: int, value: bytes) -> bytes:
    head = b"8BIM" + struct.pack(">HHI", number, 0, len(value))
    return head + value + b"\x00" * (len(value) % 2)


def _webp(
    found: tuple[webp.Chunk, ...], said: dict[str, str | None], tiff: bytes, source: str
) -> bytes:
    kept = [chunk for chunk in found if chunk.name in _PIXEL_CHUNKS]
    packet = _packet(said, room=_MAX_SEGMENT)
    extra = [(b"EXIF", tiff, webp.HAS_EXIF), (b"XMP ", packet, webp.HAS_XMP)]
    flags = sum(flag for _, body, flag in extra if body) | _flags(found)
    width, height = webp.size_of(found, source=source)
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    head = webp.Chunk(webp.EXTENDED, bytes((flags, 0, 0, 0)) + size)
    tail = [webp.Chunk(name, body) for name, body, _ in extra if body]
    body = b"WEBP" + b"".join(_chunk(chunk) for chunk in [head, *kept, *tail])
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _flags(found: tuple[webp.Chunk, ...]) -> int:
    """Keep the profile, alpha and animation flags; a simple file may still have alpha."""
    first = found[0]
    if first.name == webp.EXTENDED:
        return first.body[0] & ~(webp.HAS_EXIF | webp.HAS_XMP)
    has_alpha = first.name == webp.LOSSLESS and bool(first.body[4] & 0x10)
    return webp.HAS_ALPHA if has_alpha else 0


def _chunk(chunk: webp.Chunk) -> bytes:
    head = chunk.name + struct.pack("<I", len(chunk.body))
    return head + chunk.body + b"\x00" * (len(chunk.body) % 2)


def _packet(said: dict[str, str | None], *, room: int) -> bytes:
    """Write an XMP packet of at most `room` bytes; long values are cut, no values give none."""
    if not any(said.values()):
        return b""
    packets = (_packet_cut(said, cut) for cut in _CUTS)
    return next(packet for packet in packets if len(packet) <= room)


def _packet_cut(said: dict[str, str | None], cut: int) -> bytes:
    written = "".join(
        _PROPERTIES[name].format(escape(text[:cut])) for name, text in said.items() if text
    )
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f'<rdf:Description rdf:about=""{names}>{written}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _plain(name: str) -> str:
    return f"<{name}>{{}}</{name}>"


def _by_language(name: str) -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{{}}</rdf:li></rdf:Alt></{name}>'


_PROPERTIES = {
    "headline": _plain("photoshop:Headline"),
    "caption": _by_language("dc:description"),
    "alt_text": _by_language("Iptc4xmpCore:AltTextAccessibility"),
    "byline": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "credit": _plain("photoshop:Credit"),
    "source": _plain("photoshop:Source"),
    "copyright_notice": _by_language("dc:rights"),
    "usage_terms": _by_language("xmpRights:UsageTerms"),
    "web_statement": _plain("xmpRights:WebStatement"),
    "digital_source_type": _plain("Iptc4xmpExt:DigitalSourceType"),
    "data_mining": _plain("plus:DataMining"),
    "guid": _plain("Iptc4xmpExt:DigImageGUID"),
}
