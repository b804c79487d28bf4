"""Answers made from stored pages: fields, three forms of a body, what outer caches hear."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from http import HTTPStatus

from dateline.edge import keys
from dateline.edge.domain.outer import standing
from dateline.edge.domain.page import StoredPage
from dateline.project.front.encodings import TOKENS, Encoding, plain
from dateline.project.front.heads import Header

# RFC 9110, section 15.4.5: what a 304 repeats. The rest stands in the copy the reader has.
# Caches in front hear on what the page depends by now: under the same body the tags may be others.
IN_NOT_MODIFIED = frozenset(
    {
        b"cache-control", b"cache-groups", b"cache-tag", b"content-location", b"expires",
        b"surrogate-control", b"surrogate-key", b"vary", b"x-dateline-standing", b"xkey",
    }
)  # fmt: skip
# Fields that the front computes anew; what a renderer said of them is not believed.
COMPUTED = frozenset(
    {
        b"age",
        b"cache-groups",
        b"cache-status",
        b"cache-tag",
        b"content-encoding",
        b"content-length",
        b"etag",
        b"surrogate-control",
        b"surrogate-key",
        b"vary",
        b"x-dateline-edge",
        b"x-dateline-standing",
        b"xkey",
    }
)
STALE_IF_ERROR_S = 86_400
STALE_WHILE_REVALIDATE_S = 60

# RFC 9211. Each value is listed in docs/reference/front.md.
HIT = b"dateline; hit"
SOFT = b"dateline; hit; detail=refreshing"
STALE_IF_ERROR = b"dateline; hit; detail=stale-if-error"
MISS = b"dateline; fwd=uri-miss; stored"
STALE = b"dateline; fwd=stale; stored"
BYPASS = b"dateline; fwd=bypass"
METHOD = b"dateline; fwd=method"
REQUEST = b"dateline; fwd=request"
COLLAPSED = b"; collapsed"
# A page that is shown although a newer one is wanted. A cache in front would keep it for a day.
OUT_OF_DATE = frozenset({SOFT, STALE_IF_ERROR})


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: its coding, and its ETag in quotes (strong, another for each form)."""

    encoding: Encoding
    etag: bytes


def form_of(page: StoredPage, wanted: Encoding) -> Form:
    """Return the form to send to a reader who wants `wanted`: a picture has only one."""
    token = TOKENS.get(wanted, b"").decode()
    if token not in page.bodies:
        return Form(Encoding.IDENTITY, f'"{page.etag}"'.encode())
    return Form(wanted, f'"{page.etag}-{token}"'.encode())


def body_of(page: StoredPage, encoding: Encoding) -> bytes:
    """Return the body in this form. Identity is unpacked when somebody asks for it."""
    if encoding is not Encoding.IDENTITY:
        return page.bodies[TOKENS[encoding].decode()]
    whole = page.bodies.get("identity")
    return plain(page.bodies["gzip"]) if whole is None else whole


def fields_of(page: StoredPage, form: Form, *, outer: bool) -> list[Header]:
    """Fields that do not change while the page is kept, without length, date, age and status.

    `outer` adds the page's tags for a declared proxy, which may be a cache: Surrogate-Key (Fastly),
    Cache-Tag (Cloudflare), xkey (Varnish) and Cache-Groups (RFC 9875).
    """
    fields = [*page.headers, (b"etag", form.etag)]
    if form.encoding is not Encoding.IDENTITY:
        fields.append((b"content-encoding", TOKENS[form.encoding]))
    if "gzip" in page.bodies:
        fields.append((b"vary", b"Accept-Encoding"))
    if outer:
        tags = keys.wire_tags((*page.note.hard, *page.note.soft))
        spaced = " ".join(tags).encode()
        fields += [
            (b"surrogate-key", spaced),
            (b"cache-tag", ",".join(tags).encode()),
            (b"xkey", spaced),
            (b"cache-groups", ", ".join(f'"{tag}"' for tag in tags).encode()),
        ]
    return fields


def outer_life(page: StoredPage, now: float) -> Header:
    """Return how long a cache whose purge we confirm may keep the page: never beyond a moment.

    `now` is seconds since 1970 UTC. Surrogate-Control is for caches alone; a browser never sees it
    where the cache takes it off, and does not read it where it does not.
    """
    ends = [moment for moment in (page.note.opens, page.note.closes) if moment is not None]
    if page.note.ttl is not None:
        ends.append(page.stored_at + page.note.ttl)
    life = max(0, int(min(ends, default=now + STALE_IF_ERROR_S) - now))
    life = min(life, STALE_IF_ERROR_S)
    stale = "" if ends else (
        f", stale-while-revalidate={STALE_WHILE_REVALIDATE_S}, stale-if-error={STALE_IF_ERROR_S}"
    )  # fmt: skip
    return b"surrogate-control", f"max-age={life}{stale}".encode()


def for_outer(page: StoredPage, now: float, at: int) -> list[Header]:
    """What a cache whose purge we confirm is told of a page that was good at the sequence `at`.

    Its life, and the standing of the counters then: the cache does not keep an answer that is older
    than a purge it has heard of meanwhile. Where `at` is negative the page was not good, and is not
    kept there at all.
    """
    if at < 0:
        return []
    told = standing(at).encode()
    return [outer_life(page, now), (b"x-dateline-standing", told)]


def is_same(if_none_match: bytes, etag: bytes) -> bool:
    """Whether If-None-Match names this ETag (RFC 9110, section 13.1.2: weak comparison)."""
    if if_none_match == etag:
        return True
    tags = {tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")}
    return etag in tags or b"*" in tags


def without_body(fields: list[Header]) -> list[Header]:
    """The fields of a 304 for a page with these fields."""
    kept = [(name, value) for name, value in fields if name in IN_NOT_MODIFIED]
    tags = [(name, value) for name, value in fields if name == b"etag"]
    return kept + tags


def kept_headers(headers: list[Header]) -> tuple[Header, ...]:
    """Fields of a renderer's answer that are stored with the page.

    Browsers ask again for every HTML page (the 304 costs nothing), so a correction reaches the
    next click; anything else keeps what its view said.
    """
    kept = [(name, value) for name, value in headers if name not in COMPUTED]
    content_type = next((value for name, value in kept if name == b"content-type"), b"")
    own = any(name == b"cache-control" for name, _ in kept)
    if content_type.startswith(b"text/html") or not own:
        kept = [(name, value) for name, value in kept if name != b"cache-control"]
        kept.append((b"cache-control", b"no-cache"))
    return tuple(kept)


def etag_of(digest: bytes) -> str:
    """Return an ETag without quotes for the hash of a body."""
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def packed(fields: list[Header]) -> bytes:
    """Fields as they stand in a head, each with its line's end."""
    return b"".join(b"%b: %b\r\n" % field for field in fields)


def status_line(status: int) -> bytes:
    """The first line of an answer."""
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
