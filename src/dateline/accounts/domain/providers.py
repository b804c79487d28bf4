"""Providers that vouch for readers: what we know of each, and what we ask and keep of a person."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

FACEBOOK, GOOGLE, APPLE, OIDC = "facebook", "google", "apple", "oidc"
GRAPH_VERSION = "v24.0"
ALGORITHMS = ("RS256", "ES256")  # what a provider may sign with; never one with a shared secret
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginProvider:
    """One provider as this installation uses it.

    `issuer` is where OpenID Connect's discovery begins and who signs; Facebook, which is none, has
    `authorize_url` and `graph_url` instead. `browsed` are the origins that browsers are sent to,
    `fetched` the host[:port]s that we ask ourselves: no other is.
    """

    key: str
    label: str
    client_id: str
    secret: str = field(repr=False, default="")
    issuer: str = ""
    authorize_url: str = ""
    graph_url: str = ""
    keys_url: str = ""  # Apple's: what its notices are signed with
    browsed: tuple[str, ...] = ()
    fetched: frozenset[str] = frozenset()
    team: str = ""  # Apple's: who the key belongs to, and the key itself
    key_id: str = ""
    private_key: str = field(repr=False, default="")


def facebook(app_id: str, secret: str, *, at: str = "") -> LoginProvider:
    """Facebook, or what stands `at` another origin for it."""
    site = at and f"{at}/facebook"
    authorize = f"{site or 'https://www.facebook.com'}/{GRAPH_VERSION}/dialog/oauth"
    graph = f"{site or 'https://graph.facebook.com'}/{GRAPH_VERSION}"
    return LoginProvider(
        key=FACEBOOK,
        label="Facebook",
        client_id=app_id,
        secret=secret,
        authorize_url=authorize,
        graph_url=graph,
        browsed=(at,) if at else ("https://www.facebook.com", "https://m.facebook.com"),
        fetched=frozenset({urlsplit(graph).netloc}),
    )


def google(client_id: str, secret: str, *, at: str = "") -> LoginProvider:
    """Google, or what stands `at` another origin for it."""
    issuer = f"{at}/google" if at else "https://accounts.google.com"
    hosts = {"oauth2.googleapis.com", "www.googleapis.com", "openidconnect.googleapis.com"}
    return LoginProvider(
        key=GOOGLE,
        label="Google",
        client_id=client_id,
        secret=secret,
        issuer=issuer,
        browsed=(origin_of(issuer),),
        fetched=frozenset({urlsplit(issuer).netloc} | (set() if at else hosts)),
    )


def apple(
    client_id: str, *, team: str, key_id: str, private_key: str, at: str = ""
) -> LoginProvider:
    """Apple, or what stands `at` another origin for it; `private_key` is Apple's PEM."""
    issuer = f"{at}/apple" if at else "https://appleid.apple.com"
    return LoginProvider(
        key=APPLE,
        label="Apple",
        client_id=client_id,
        team=team,
        key_id=key_id,
        private_key=private_key,
        issuer=issuer,
        keys_url=f"{issuer}/auth/keys",
        browsed=(origin_of(issuer),),
        fetched=frozenset({urlsplit(issuer).netloc}),
    )


def openid(
    label: str, client_id: str, secret: str, *, issuer: str, hosts: tuple[str, ...] = ()
) -> LoginProvider:
    """Any provider of OpenID Connect; `hosts` are those besides the issuer's that it answers on."""
    scheme = urlsplit(issuer).scheme
    return LoginProvider(
        key=OIDC,
        label=label,
        client_id=client_id,
        secret=secret,
        issuer=issuer,
        browsed=(origin_of(issuer), *(f"{scheme}://{host}" for host in hosts)),
        fetched=frozenset({urlsplit(issuer).netloc, *hosts}),
    )


def origin_of(url: str) -> str:
    """`scheme://host[:port]` of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What binds one way to a provider and back together (RFC 7636, OpenID Connect Core 3.1.2.1).

    The verifier stays in the session; the challenge and the nonce, made from it, go with the
    browser. A code that was begun in another session has another challenge, and its identity
    another nonce.
    """

    verifier: str

    @classmethod
    def begin(cls) -> "Attempt":
        """A new one, of 256 random bits."""
        return cls(secrets.token_urlsafe(32))

    @property
    def challenge(self) -> str:
        """SHA-256 of the verifier, as PKCE's S256 wants it."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def nonce(self) -> str:
        """What the identity has to carry; tells nothing of the verifier."""
        return hashlib.sha256(f"nonce:{self.verifier}".encode()).hexdigest()


def is_true(value: object) -> bool:
    """A claim's yes: `true`, and the text "true" that Apple sends; anything else is no."""
    return value is True or value == "true"


def kept_of(told: Mapping[str, Any]) -> dict[str, str]:
    """What is kept of all that a provider tells: an address and a name, to show to the person."""
    kept = {"email": text_of(told, "email"), "name": text_of(told, "name")[:LONGEST_NAME]}
    return {key: value for key, value in kept.items() if value}


def text_of(told: Mapping[str, Any], key: str) -> str:
    """A text among what was told; empty where there is none or something else."""
    value = told.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""
