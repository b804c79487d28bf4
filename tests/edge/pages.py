"""Makes stored pages for tests."""

from dateline.edge import keys
from dateline.edge.domain.note import PageNote
from dateline.edge.domain.page import StoredPage

NOW = 1_795_000_000.0  # seconds since 1970; some moment in November 2026


def a_page(text="A ferry.", *, start=1, tags=("s:1",), **changes):
    """A page on host `a.test`, at /1/ unless told otherwise, whose identity body is `text`."""
    fields = {
        "host": b"a.test",
        "path": b"/1/",
        "query": b"",
        "status": 200,
        "headers": ((b"content-type", b"text/html; charset=utf-8"),),
        "bodies": {"identity": text.encode()},
        "etag": "e1",
        "stored_at": NOW,
        "made_ms": 12.0,
        "note": PageNote(start=start, hard=tuple(tags)),
    }
    return StoredPage(**fields | changes)


def key_of(path=b"/1/"):
    return keys.page_key(b"a.test", path, b"")
