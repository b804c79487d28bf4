"""Who sent an item, and the id that stays the same over its versions."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.wording import line

MAX_LENGTH = 255
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:")
_KNOWN = (
    ("reuters", re.compile(r"\breuters\b|reuters\.com|thomson ?reuters")),
    ("aap", re.compile(r"\baap\b|australian associated press")),
    ("ap", re.compile(r"\bap\.org|associated press|^ap$|^approviderid:")),
    ("afp", re.compile(r"\bafp\b|afp\.com|agence france-presse|^أ ف ب$")),
    ("dpa", re.compile(r"\bdpa\b|dpa\.com|deutsche presse-agentur")),
    ("ansa", re.compile(r"\bansa\b|ansa\.it")),
    ("stt", re.compile(r"\bstt\b|stt\.fi|stt-lehtikuva")),
    ("tt", re.compile(r"^tt$|\btt\.se")),
    ("pa", re.compile(r"^pa$|\bpa_api\b|pa media|pamedia|press association")),
    ("bbc", re.compile(r"\bbbc\b")),
    ("kyodo", re.compile(r"\bkyodo(?:news)?\b")),
    ("efe", re.compile(r"\befe\b|efe\.com")),
    ("globenewswire", re.compile(r"globenewswire|marketwired?\b")),
    ("cp", re.compile(r"^cp$|canadian press|thecanadianpress")),
    ("businesswire", re.compile(r"business ?wire")),
    ("belga", re.compile(r"\bbelga\b")),
    ("ats", re.compile(r"^ats$|\bsda[-.]ats\b|keystone-sda")),
    ("anp", re.compile(r"^anp$|\banp\.nl|algemeen nederlands persbureau")),
    ("tass", re.compile(r"\btass\b|itar-tass")),
    ("getty", re.compile(r"getty ?images")),
    ("sipa", re.compile(r"\bsipa\b")),
)
# AP's address of an item ends in the etag of one revision (api.ap.org, Managing revisions).
_CHANGING_QUERY = re.compile(r"https?://api\.ap\.org/", re.IGNORECASE)
_SLUG = re.compile(r"[^a-z0-9]+")


def guess_provider(*, names: Iterable[str | None], identifier: str | None) -> str | None:
    """Return a slug for who sent an item: an agency we know, else what the document calls itself.

    `names` are what the document says of its provider, best first: a name, a QCode or an address.
    The agency that issued the id comes before a name we do not know. None when nothing says it.
    """
    said = [name for name in (line(name) for name in names) if name]
    for text in [*said, _authority(identifier)]:
        for slug, pattern in _KNOWN:
            if text and pattern.search(_code(text).lower()):
                return slug
    slugs = (_SLUG.sub("-", _own_name(name).lower()).strip("-")[:40] for name in said)
    return next((slug for slug in slugs if slug), None)


def _code(text: str) -> str:
    """`nprov:AFP` is the code AFP of a vocabulary; AP's own vocabulary says who it is by itself."""
    prefix, colon, code = text.partition(":")
    if colon and code and not code.startswith("//") and prefix.lower() != "approviderid":
        return code
    return text


def _own_name(name: str) -> str:
    host = urlsplit(name).hostname if name.lower().startswith(("http://", "https://")) else None
    return host.removeprefix("www.").split(".")[0] if host else _code(name)


def _authority(identifier: str | None) -> str | None:
    """The part of a urn:, tag: or http: id that names who issued it (RFC 3085, 4151, 3986)."""
    found = re.match(
        r"(?:urn:newsml:([^:]+):|tag[:_]([^,_:]+)|https?://([^/?#]+))",
        identifier or "",
        re.IGNORECASE,
    )
    return next((group for group in found.groups() if group), None) if found else None


def family_of(identifier: str, *, profile: ProviderProfile) -> str:
    """Return the family: an address as it is, any other id with the provider's slug before it."""
    whole = line(identifier) or ""
    if _CHANGING_QUERY.match(whole):
        whole = whole.partition("?")[0]
    if _SCHEME.match(whole):
        return whole
    return f"{profile.slug}:{whole}"
