"""QCodes and concept addresses: which vocabulary a code is from."""

import re

MEDIA_TOPIC_URI = "http://cv.iptc.org/newscodes/mediatopic/"
PUB_STATUS_URI = "http://cv.iptc.org/newscodes/pubstatusg2/"


def qcode_of(*, code: str | None, uri: str | None = None, scheme: str | None = None) -> str | None:
    """Return the code with its prefix as sent; IPTC Media Topics always as `medtop:<number>`.

    `uri` is the concept's full address, `scheme` that of the vocabulary `code` is from (ninjs 1.x).
    A bare number without a vocabulary stays bare: 8 digits may be a Media Topic or a retired
    subject code, and nobody can tell which.
    """
    for address in (uri, f"{scheme}{code}" if scheme and code else None):
        found = re.fullmatch(
            r"https?://cv\.iptc\.org/newscodes/mediatopic/([0-9]{8})", address or ""
        )
        if found:
            return f"medtop:{found.group(1)}"
    if code and scheme and re.search(r"/mediatopic/?$", scheme):
        return f"medtop:{code.removeprefix('medtop:')}"
    return code or uri or None


def code_in(qcode: str) -> str:
    """Return the code without its prefix: `ninat:text` is `text`."""
    return qcode.partition(":")[2] or qcode


def status_word(*, qcode: str | None, uri: str | None) -> str:
    """Return the status a pubStatus names; the QCode as it is when its prefix is not IPTC's.

    IPTC's prefix is `stat` by the standard catalogs. Another one may be another vocabulary, so it
    is left whole and counts as unknown.
    """
    if uri and uri.startswith(PUB_STATUS_URI):
        return uri.removeprefix(PUB_STATUS_URI)
    prefix, _, code = (qcode or "").strip().partition(":")
    return code if prefix == "stat" else (qcode or uri or "").strip()
