"""Synthetic news pictures: every byte of metadata is written here, none comes from an agency."""

import struct
from io import BytesIO

from PIL import Image

XMP = b"http://ns.adobe.com/xap/1.0/\x00"
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
GPS = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)}


def picture(kind="JPEG", size=(60, 40), **save):
    """A small drawn picture: a gradient, so that a crop can be told from another."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    out = BytesIO()
    image.save(out, kind, **save)
    return out.getvalue()


def jpeg(*, iim=None, xmp=None, exif=None, size=(60, 40), extra=()):
    """A JPEG with an IIM record, an XMP packet, an EXIF block and further segments."""
    segments = list(extra)
    if iim is not None:
        segments.append((0xED, photoshop(iim)))
    if xmp is not None:
        segments.append((0xE1, XMP + xmp))
    data = picture(size=size, **({"exif": exif} if exif else {}))
    return with_segments(data, segments)


def with_segments(data, segments):
    head = b"".join(
        struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in segments
    )
    return data[:2] + head + data[2:]


def photoshop(iim, digest=None):
    block = b"Photoshop 3.0\x00" + resource(0x0404, iim)
    return block + resource(0x0425, digest) if digest else block


def resource(number, value, name=b"\x00\x00"):
    size = struct.pack(">I", len(value))
    return b"8BIM" + struct.pack(">H", number) + name + size + value + b"\x00" * (len(value) % 2)


def iim(*data_sets, utf8=False):
    """An IIM record from `(number, bytes)` of record 2."""
    head = data_set(1, 90, b"\x1b%G") if utf8 else b""
    return head + b"".join(data_set(2, number, value) for number, value in data_sets)


def data_set(record, number, value):
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def xmp(inside="", attributes=""):
    """An XMP packet around the given properties, as text."""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return (
        "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {names}>'
        f'<rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def alternative(name, text, language="x-default"):
    li = f'<rdf:li xml:lang="{language}">{text}</rdf:li>'
    return f"<{name}><rdf:Alt>{li}</rdf:Alt></{name}>"


def exif(*, main=None, camera=None, gps=None):
    """An EXIF block as Pillow writes it."""
    block = Image.Exif()
    block.update(main or {})
    if camera:
        block.get_ifd(0x8769).update(camera)
    if gps:
        block.get_ifd(0x8825).update(gps)
    return block


def opened(data):
    """The picture, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def bytes_of(copy):
    """The file of a rendition, closed again."""
    with copy.file.open("rb") as file:
        return file.read()
