"""The formats Dateline reads, in one table. A new one is a reader file and a line here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from dateline.media.domain.metadata import MAX_BYTES as MAX_PICTURE_BYTES
from dateline.wire.domain import (
    anpa,
    ap_media,
    digitalwires,
    feeds,
    fingerpost,
    iptc7901,
    jpeg,
    jsonfeed,
    jsontree,
    mail,
    newsml_1,
    newsml_g2,
    ninjs,
    nitf_document,
    xmltree,
)  # fmt: skip
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import IncomingItem
from dateline.wire.domain.profile import ProviderProfile

MAX_DOCUMENT_BYTES = 64_000_000
MAX_BYTES = MAX_PICTURE_BYTES


class Reader(Protocol):
    """Bytes in, items out; nothing else is touched."""

    def __call__(
        self, data: bytes, *, source: str, profile: ProviderProfile | None
    ) -> tuple[IncomingItem, ...]: ...


class Look:
    """A first look at a document: enough to tell formats apart, each part found when asked for."""

    def __init__(self, data: bytes, source: str) -> None:
        self.data = data
        self.source = source

    @cached_property
    def start(self) -> str:
        """The first character that is not white space, '' when there is none or it is no text."""
        head = self.data[:4096]
        for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
            head = head.removeprefix(mark)
        return head.replace(b"\x00", b"").lstrip()[:1].decode("ascii", "replace")

    @cached_property
    def root(self) -> str:
        """The local name of the first XML element in lower case; '' for no XML, or with a DTD."""
        has_doctype, _ = self._prolog
        return "" if has_doctype else self.root_past_dtd

    @cached_property
    def root_past_dtd(self) -> str:
        """As `root`, also behind a DOCTYPE that only names DTDs, for readers that pass it over."""
        return (self._prolog[1] or "").lower()

    @cached_property
    def _prolog(self) -> tuple[bool, str | None]:
        return xmltree.prolog_and_root(self.data) if self.start == "<" else (False, None)

    @cached_property
    def json(self) -> Any:
        """The JSON value, None when it is no JSON object or list."""
        return jsontree.parse(self.data, source=self.source) if self.start in ("{", "[") else None


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, how to tell it, and who reads it."""

    name: str
    is_it: Callable[[Look], bool]
    read: Reader


def _read_mail(
    data: bytes, *, source: str, profile: ProviderProfile | None
) -> tuple[IncomingItem, ...]:
    return mail.read(data, source=source, profile=profile, reader_of=_reader_of)


def _reader_of(data: bytes, source: str) -> Reader | None:
    """The reader of a file inside a document: of any format that holds no others."""
    look = Look(data, source)
    return next((one.read for one in FORMATS if one.name != mail.FORMAT and one.is_it(look)), None)


# In this order: the first that says yes reads the document.
FORMATS = (
    Format(jpeg.FORMAT, lambda look: look.data.startswith(jpeg.MAGIC), jpeg.read),
    Format(newsml_g2.FORMAT, lambda look: look.root in newsml_g2.ROOTS, newsml_g2.read),
    Format(newsml_1.FORMAT, lambda look: look.root_past_dtd in newsml_1.ROOTS, newsml_1.read),
    Format(
        nitf_document.FORMAT,
        lambda look: look.root_past_dtd in nitf_document.ROOTS,
        nitf_document.read,
    ),
    Format(fingerpost.FORMAT, lambda look: fingerpost.looks_like(look.json), fingerpost.read),
    Format(ap_media.FORMAT, lambda look: ap_media.looks_like(look.json), ap_media.read),
    Format(digitalwires.FORMAT, lambda look: digitalwires.looks_like(look.json), digitalwires.read),
    Format(jsonfeed.FORMAT, lambda look: jsonfeed.looks_like(look.json), jsonfeed.read),
    Format(feeds.FORMAT, lambda look: look.root in feeds.ROOTS, feeds.read),
    Format(ninjs.FORMAT, lambda look: ninjs.looks_like(look.json), ninjs.read),
    Format(iptc7901.FORMAT, lambda look: iptc7901.looks_like(look.data), iptc7901.read),
    Format(anpa.FORMAT, lambda look: anpa.looks_like(look.data), anpa.read),
    Format(mail.FORMAT, lambda look: mail.looks_like(look.data), _read_mail),
)

_KNOWN_STRANGERS = (
    (b"%PDF", "a PDF document"), (b"PK\x03\x04", "a ZIP archive"), (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"), (b"\x1f\x8b", "a gzip archive"), (b"RIFF", "a WebP or AVI file"),
    (b"BM", "a BMP picture"), (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"),
)  # fmt: skip


def recognise(data: bytes, name: str) -> str:
    """Return the name of the format of a document, told by its content, never by its file name.

    Raises:
        WireFormatError: empty, too large, or no format we read; it says what it seems to be.

    """
    return _format_of(data, name).name


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn a document of any format in FORMATS into its items, in document order, at least one.

    `source` (a file name or an address) is used in messages only. `profile` holds the provider's
    rules; intake always passes it, since it is also the namespace of ids that are no addresses.
    Without one, the rules of the agency the document names apply, and failing that the defaults.

    Raises:
        WireFormatError: naming the document, the field and what was found.

    """
    return _format_of(data, source).read(data, source=source, profile=profile)


def too_large(size: int, limit: int, *, source: str) -> WireFormatError:
    """Return the refusal of a document of `size` bytes where `limit` are taken."""
    problem = (
        f"it has {size / 1_000_000:,.1f} MB; the limit is {limit // 1_000_000} MB. "
        "Ask the agency for a smaller one."
    )
    return WireFormatError(source, "(document)", problem)


def _format_of(data: bytes, source: str) -> Format:
    limit = MAX_PICTURE_BYTES if data.startswith(jpeg.MAGIC) else MAX_DOCUMENT_BYTES
    if len(data) > limit:
        raise too_large(len(data), limit, source=source)
    look = Look(data, source)
    found = next((one for one in FORMATS if one.is_it(look)), None)
    if found is None:
        raise WireFormatError(source, "(document)", _what_it_seems(look))
    return found


def _what_it_seems(look: Look) -> str:
    if not look.data.strip():
        return "it is empty."
    for magic, what in _KNOWN_STRANGERS:
        if look.data.startswith(magic):
            return f"it is {what}, which the wire does not take. {_TAKEN}"
    if look.start == "<":
        has_doctype, root = xmltree.prolog_and_root(look.data)
        if has_doctype:
            return xmltree.HAS_DTD
        seems = (
            f"its first element is {root[:60]!r}"
            if root
            else "it begins like XML but has no element"
        )
        return f"{seems}, which is no format the wire knows. {_TAKEN}"
    if look.json is not None:
        names = ", ".join(list(look.json)[:5]) if isinstance(look.json, dict) else "a list"
        return f"its JSON ({names[:80] or 'empty'}) is no format the wire knows. {_TAKEN}"
    return f"it is no format the wire knows. {_TAKEN}"


_TAKEN = (
    "Dateline reads NewsML-G2, NewsML 1, NITF 3, ninjs 1 to 3, AP's, dpa's and Fingerpost's JSON, "
    "RSS, Atom, JSON Feed, IPTC 7901, ANPA 1312, mail and JPEG."
)
