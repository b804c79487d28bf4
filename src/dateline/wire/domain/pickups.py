"""Where a provider's files are fetched from: what an address may be, and when to look again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, BinaryIO
from urllib.parse import SplitResult, unquote, urlsplit

LARGEST = 128 * 1024 * 1024  # bytes; above this a file is named and left where it is
LONGEST_WAIT = timedelta(hours=1)
LONGEST_NAME = 255  # characters of a file's name that are kept
KEY = "-----BEGIN"  # of a private key
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
SHORTEST = 15  # seconds between two visits; more often is rude


class Kind(StrEnum):
    """How a place is spoken to."""

    FEED = "feed"  # one document at an address, asked again with its ETag
    PAGES = "pages"  # an answer that names the next one
    SFTP = "sftp"
    S3 = "s3"
    IMAP = "imap"


SCHEMES = {
    Kind.FEED: ("https", "http"),
    Kind.PAGES: ("https", "http"),
    Kind.SFTP: ("sftp",),
    Kind.S3: ("s3",),
    Kind.IMAP: ("imaps",),
}
EXAMPLES = {
    Kind.FEED: "https://agency.example/news.rss",
    Kind.PAGES: "https://api.agency.example/feed?page_size=100",
    Kind.SFTP: "sftp://agency.example/outgoing/english",
    Kind.S3: "s3://bucket/folder/",
    Kind.IMAP: "imaps://mail.example/INBOX",
}
PORTS = {"http": 80, "https": 443, "sftp": 22, "imaps": 993}
OPTIONS = {
    Kind.FEED: frozenset[str](),
    Kind.PAGES: frozenset({"next", "items", "header"}),
    Kind.SFTP: frozenset({"host_key", "remove"}),
    Kind.S3: frozenset({"endpoint", "region", "remove"}),
    Kind.IMAP: frozenset({"senders", "checked_by"}),
}
NEEDS = {
    Kind.FEED: (),
    Kind.PAGES: (),
    Kind.SFTP: ("user", "host_key"),
    Kind.S3: (),
    Kind.IMAP: ("user", "senders", "checked_by"),
}


class PlaceRefused(ValueError):
    """An address that cannot be fetched from; the message says why, and what to write."""


class Away(Exception):
    """A place gave nothing this time. The message is a sentence for an editor.

    `wait` is how long it asked to be left alone, or None.
    """

    def __init__(self, problem: str, *, wait: timedelta | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


class Stuck(Exception):
    """One thing of a place cannot be had, or not be removed; the others can. A sentence, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as its owner described it. `secret` is a password, a key or a token; in the clear."""

    kind: Kind
    parts: SplitResult
    user: str = ""
    secret: str = field(default="", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    private_allowed: bool = False

    @property
    def host(self) -> str:
        """The host that is spoken to, in lower case."""
        return self.parts.hostname or ""

    @property
    def port(self) -> int:
        """The port that is spoken to."""
        return self.parts.port or PORTS[self.parts.scheme]

    @property
    def path(self) -> str:
        """The folder, mailbox or prefix, without escapes and the first slash."""
        return unquote(self.parts.path).lstrip("/")


@dataclass(frozen=True, slots=True)
class Came:
    """One delivery, and the `cursor` from which to go on once its bytes are safe.

    `refusal` is why it must not be read, or empty. `data` is None where only the cursor moved, or
    where even the bytes were refused.
    """

    name: str
    data: bytes | BinaryIO | None
    cursor: Mapping[str, Any]
    refusal: str = ""


def parts_of(kind: Kind, address: str) -> SplitResult:
    """Split an address of this kind.

    Raises:
        PlaceRefused: it is none; says why, with an example.

    """
    example = f"Write it like {EXAMPLES[kind]}."
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise PlaceRefused(f"{address!r} is no address: {error}. {example}") from None
    if parts.scheme not in SCHEMES[kind]:
        raise PlaceRefused(f"{address!r} does not begin with {SCHEMES[kind][0]}://. {example}")
    if not host:
        raise PlaceRefused(f"{address!r} names no host. {example}")
    if parts.username or parts.password:
        raise PlaceRefused("Write the name and the password into their own fields.")
    if not is_one_line(unquote(parts.path)):
        raise PlaceRefused(f"{address!r} has a sign that no path has. {example}")
    if parts.fragment:
        raise PlaceRefused(f"{address!r} has a #, which no server is told. {example}")
    return parts


def problem_of(kind: Kind, options: Mapping[str, Any]) -> str:
    """What is wrong with what is said of a place besides its address; empty for nothing."""
    strange = sorted(set(options) - OPTIONS[kind])
    if strange:
        known = ", ".join(sorted(OPTIONS[kind])) or "nothing"
        return f"{strange[0]!r} is not known here. Known: {known}."
    return ""


def secret_of(typed: str) -> str:
    """Return a secret without what was pasted with it: blanks and line ends around it.

    Raises:
        PlaceRefused: it has signs inside that only a private key may have. The message is silent
            about what it is.

    """
    secret = typed.strip()
    if not secret.startswith(KEY) and not is_one_line(secret):
        raise PlaceRefused(
            "A password or token is one line without tabs and such signs. "
            f"A private key begins with {KEY}."
        )
    return secret


def known_to(kind: str, address: str, user: str, options: Mapping[str, Any]) -> tuple[Any, ...]:
    """Whom a secret is told: while this stays the same, the stored one may be used.

    Raises:
        PlaceRefused: the address is none.

    """
    parts = parts_of(Kind(kind), address)
    port = parts.port or PORTS.get(parts.scheme)
    who = parts.scheme, parts.hostname, port, user
    return kind, *who, options.get("host_key", ""), options.get("endpoint", "")


def is_one_line(text: str) -> bool:
    """Whether a text has no line ends, NULs and such signs, with which a server is led astray."""
    return not _CONTROL.search(text)


def is_storable(text: str) -> bool:
    """Whether a database takes a text: no NUL, and no half of a pair of surrogates."""
    return text == storable_text(text)


def storable_text(text: str) -> str:
    """Return a text with `?` for what no database takes."""
    return text.replace("\0", "?").encode("utf-8", "replace").decode()


def storable(value: Any) -> Any:
    """Return what is made of texts, lists and mappings with `?` for what no database takes."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, Mapping):
        return {storable_text(name): storable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [storable(one) for one in value]
    return value


def kept_name(name: str) -> str:
    """Return a file's name as it is kept: its end, where it is too long."""
    return storable_text(name)[-LONGEST_NAME:]


def too_large(name: str, size: int) -> str:
    """Say that something of `size` bytes was left where it is."""
    return (
        f"{name} has {size // 2**20} MB; the largest that is taken has {LARGEST // 2**20} MB. "
        "It was left where it is."
    )


def next_visit(*, every_s: int, failures: int, wait: timedelta | None, at: datetime) -> datetime:
    """When to look again: after `every_s` seconds, later with each failure in a row, never never.

    What the place itself asked for counts, up to an hour, where it is longer. `at` is aware UTC.
    """
    usual = timedelta(seconds=max(every_s, SHORTEST))
    doubled = usual * (1 << min(failures, 12))
    asked = min(wait or timedelta(), LONGEST_WAIT)
    return at + max(min(doubled, max(LONGEST_WAIT, usual)), asked)
