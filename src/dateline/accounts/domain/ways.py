"""Where a reader may be sent after signing in: a place of the network, and a path on it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

DESK, ACCOUNT = ":desk", ":account"  # places that are no masthead; a slug holds no colon
CODE_LIVES = timedelta(seconds=30)
DOOR_OPEN_S = 3600  # how long somebody may take to sign in before the way back is forgotten
LOGIN_LIVES = timedelta(days=30)
LONGEST_PATH = 2000
# How somebody who is not signed in may begin, and where on the account host that is.
BEGINNINGS = {"signup": "/signup/", "forgot": "/password/reset/"}


class HandOverRefused(Exception):
    """A code that opens nothing: unknown, used, too old, of another host or another browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where somebody came from and goes back to.

    `to` is a masthead's slug or DESK; `path` is on that host; `nonce` is the fingerprint of the
    cookie that their browser holds there.
    """

    to: str
    path: str
    nonce: str


def safe_path(path: str) -> str:
    """`path` if it can only lead to a page of the same host, else `/`.

    Browsers take `//host` for another host, and a backslash for a slash; they drop control
    characters before they look (WHATWG URL, 4.4).
    """
    wrong = (
        not path.startswith("/")
        or path[1:2] in {"/", "\\"}
        or "\\" in path
        or len(path) > LONGEST_PATH
        or any(ord(c) <= ord(" ") or c == "\x7f" for c in path)
    )
    return "/" if wrong else path


def fingerprint(secret: str) -> str:
    """What is stored or sent of a secret: SHA-256 in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
