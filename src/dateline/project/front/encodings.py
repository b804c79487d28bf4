"""Text compressed once for everyone: which form a reader takes, and making each form."""

import zlib
from enum import IntEnum

import brotli

TEXT = (
    b"text/",
    b"application/json",
    b"application/feed+json",
    b"application/ld+json",
    b"application/manifest+json",
    b"application/rss+xml",
    b"application/atom+xml",
    b"application/xml",
    b"application/javascript",
    b"image/svg+xml",
)
WORTH_IT_BYTES = 256
# A page is made in about 3 ms of a thread beside the event loop. Brotli at 5 is smaller than the
# best gzip; at 11 it would take a tenth of a second a page.
BROTLI_QUALITY = 5
# What lasts as long as its address is made once for as long as the store holds it.
BEST_QUALITY, BEST_UP_TO = 11, 64 * 1024
GZIP_LEVEL = 6
GZIP_WINDOW = 31  # zlib's way of saying: with gzip's head and tail
REMEMBER_AT_MOST = 512


class Encoding(IntEnum):
    """The forms of one page, in the order of a reader's preference where it has none."""

    IDENTITY = 0
    GZIP = 1
    BROTLI = 2


TOKENS = {Encoding.GZIP: b"gzip", Encoding.BROTLI: b"br"}
NAMES = {b"br": Encoding.BROTLI, b"gzip": Encoding.GZIP, b"x-gzip": Encoding.GZIP}

# What was chosen for a field, for who asks many thousand times a second: see `choose`.
CHOSEN: dict[bytes | None, Encoding] = {None: Encoding.IDENTITY}


def choose(accept: bytes | None) -> Encoding:
    """Return the form for an Accept-Encoding field (RFC 9110, section 12.5.3).

    The largest weight wins, then the smaller form. A reader who forbids `identity` and takes
    nothing we have gets it all the same: a page that can be read beats a 415.
    """
    encoding = CHOSEN.get(accept)
    if encoding is None:
        if len(CHOSEN) >= REMEMBER_AT_MOST:
            CHOSEN.clear()
            CHOSEN[None] = Encoding.IDENTITY
        encoding = CHOSEN[accept] = _weigh(accept or b"")
    return encoding


def _weigh(accept: bytes) -> Encoding:
    weights: dict[bytes, float] = {}
    for part in accept.lower().split(b","):
        name, _, parameter = part.partition(b";")
        weights.setdefault(name.strip(), _weight(parameter))
    anything = weights.get(b"*", 0.0)
    best, most = Encoding.IDENTITY, 0.0
    for token, encoding in ((b"br", Encoding.BROTLI), (b"gzip", Encoding.GZIP)):
        weight = weights.get(token, anything)
        if weight > most:
            best, most = encoding, weight
    return Encoding.IDENTITY if weights.get(b"identity", 0.0) > most else best


def _weight(parameter: bytes) -> float:
    name, _, value = parameter.partition(b"=")
    if name.strip() != b"q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0


def is_worth_it(content_type: bytes, size: int) -> bool:
    """Whether compressing `size` bytes of this type makes them fewer."""
    return size >= WORTH_IT_BYTES and content_type.lower().startswith(TEXT)


def compress(body: bytes, *, lasts: bool = False) -> tuple[bytes, bytes]:
    """Return `body` as gzip and as Brotli. Both let other threads run meanwhile.

    One that `lasts` is made as small as it goes, where it is no larger than BEST_UP_TO.
    """
    maker = zlib.compressobj(GZIP_LEVEL, wbits=GZIP_WINDOW)
    zipped = maker.compress(body) + maker.flush()
    quality = BEST_QUALITY if lasts and len(body) <= BEST_UP_TO else BROTLI_QUALITY
    return zipped, brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality)


def plain(zipped: bytes) -> bytes:
    """Return what `compress` made into gzip."""
    return zlib.decompress(zipped, wbits=GZIP_WINDOW)
