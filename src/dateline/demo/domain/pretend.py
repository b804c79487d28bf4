"""A pretend provider: who is who, which code is for whom, and what is signed, without a socket.

It is as strict as a real one: an address to come back to that is not registered, a code used
twice, a verifier or a secret that does not fit, are refused. Two sorts of providers are played:
`facebook` (Graph), and OpenID Connect (of which `apple` posts back, and its client
secret is a JWT).
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

APP, SECRET = "dateline-demo", "pretend-only"
KINDS = ("facebook", "google", "apple", "oidc")
CODE_LIVES, TOKEN_LIVES = timedelta(seconds=60), timedelta(minutes=10)


class Refused(Exception):
    """What a real provider would refuse, in the words of OAuth (`invalid_grant`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person who has an account at the pretend provider. `email` may be empty."""

    uid: str
    name: str
    email: str = ""
    email_verified: bool = True


PEOPLE = (
    Somebody(uid="1001", name="Hana Kitagawa", email="hana@example.test"),
    Somebody(uid="1002", name="Tom Asahi", email="reader@example.test"),
    Somebody(uid="1003", name="Mio Without-Mail"),
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for."""

    kind: str
    person: Somebody
    redirect_uri: str
    challenge: str
    nonce: str
    until: datetime


@dataclass(slots=True)
class Pretend:
    """The provider. `base` is its address, `home` the account host that it sends people back to.

    `claims` and `told` are laid over what it says of a person, and `keys` are what it signs with:
    tests make it lie with them, and nothing works while it is `broken`.
    """

    base: str
    home: str
    client_id: str = APP
    secret: str = SECRET
    people: tuple[Somebody, ...] = PEOPLE
    apple_public_key: Any = None
    alg: str = "RS256"
    broken: bool = False
    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.keys = dict(_keys())

    def issuer(self, kind: str) -> str:
        """Who signs."""
        return f"{self.base}/{kind}"

    def asked(self, kind: str, query: Mapping[str, str]) -> None:
        """Look at what an app asks for before a person is asked.

        Raises:
            Refused: another app, another way back, no PKCE; for OpenID Connect no nonce.

        """
        if query.get("client_id") != self.client_id or query.get("response_type") != "code":
            raise Refused("unauthorized_client")
        if query.get("redirect_uri") != f"{self.home}/with/{kind}/back/":
            raise Refused("redirect_uri is not registered")
        if query.get("code_challenge_method") != "S256" or not query.get("state"):
            raise Refused("invalid_request")
        if kind != "facebook" and not query.get("nonce"):
            raise Refused("invalid_request")
        if kind == "apple" and query.get("response_mode") != "form_post":
            raise Refused("response_mode must be form_post")

    def agree(self, kind: str, query: Mapping[str, str], uid: str, *, at: datetime) -> str:
        """A code for the app that asked, for the person who agreed; good for a minute, once.

        Raises:
            Refused: as `asked`; or there is no such person.

        """
        self.asked(kind, query)
        person = next((one for one in self.people if one.uid == uid), None)
        if person is None:
            raise Refused("access_denied")
        code = secrets.token_urlsafe(24)
        self.grants[code] = Grant(
            kind=kind,
            person=person,
            redirect_uri=query["redirect_uri"],
            challenge=query.get("code_challenge", ""),
            nonce=query.get("nonce", ""),
            until=at + CODE_LIVES,
        )
        return code

    def swap(self, kind: str, form: Mapping[str, str], *, at: datetime) -> dict[str, Any]:
        """Tokens for a code.

        Raises:
            Refused: `invalid_client` or `invalid_grant`.

        """
        self._know(kind, form)
        with self.lock:
            grant = self.grants.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        fits = (
            grant is not None
            and grant.kind == kind
            and grant.until > at
            and form.get("redirect_uri") == grant.redirect_uri
            and hmac.compare_digest(_text(verifier), grant.challenge)
        )
        if grant is None or not fits:
            raise Refused("invalid_grant")
        token = secrets.token_urlsafe(24)
        self.tokens[token] = grant
        found = {"access_token": token, "token_type": "bearer", "expires_in": 600}
        if kind != "facebook":
            found["id_token"] = self.identity(grant, at=at)
        return found | self.told.get("token", {})

    def _know(self, kind: str, form: Mapping[str, str]) -> None:
        given = form.get("client_secret", "")
        if form.get("client_id") != self.client_id:
            raise Refused("invalid_client")
        if kind != "apple":
            if not hmac.compare_digest(given, self.secret):
                raise Refused("invalid_client")
            return
        try:
            jwt.decode(
                given,
                self.apple_public_key,
                algorithms=["ES256"],
                audience=self.issuer(kind),
                options={"require": ["iss", "sub", "exp", "iat"]},
            )
        except (jwt.PyJWTError, TypeError) as error:
            raise Refused("invalid_client") from error

    def identity(self, grant: Grant, *, at: datetime) -> str:
        """The signed statement of who somebody is."""
        claims: dict[str, Any] = {"sub": grant.person.uid, "nonce": grant.nonce}
        if grant.person.email:
            claims["email"] = grant.person.email
            known = grant.person.email_verified
            claims["email_verified"] = str(known).lower() if grant.kind == "apple" else known
        if grant.kind != "apple":
            claims["name"] = grant.person.name
        return self.signed(grant.kind, claims | self.claims, at=at)

    def signed(self, kind: str, claims: Mapping[str, Any], *, at: datetime) -> str:
        """A JWT of this provider; a claim that is None is left out."""
        whole = {
            "iss": self.issuer(kind),
            "aud": self.client_id,
            "iat": at,
            "exp": at + TOKEN_LIVES,
        } | dict(claims)
        kept = {name: value for name, value in whole.items() if value is not None}
        return jwt.encode(
            kept, self.keys[self.alg], self.alg, headers={"kid": f"pretend-{self.alg}"}
        )

    def key_set(self) -> dict[str, Any]:
        """What signatures are checked with.

        Raises:
            Refused: while it is broken.

        """
        if self.broken:
            raise Refused("temporarily_unavailable")
        found = []
        for alg, key in self.keys.items():
            shape = jwt.get_algorithm_by_name(alg).to_jwk(key.public_key(), as_dict=True)
            found.append(shape | {"kid": f"pretend-{alg}", "alg": alg, "use": "sig"})
        return {"keys": found}

    def discovery(self, kind: str) -> dict[str, Any]:
        """What an OpenID Connect provider says of itself."""
        issuer = self.issuer(kind)
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "userinfo_endpoint": f"{issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        } | self.told.get("discovery", {})

    def me(self, token: str, proof: str) -> dict[str, Any]:
        """Facebook's `/me`.

        Raises:
            Refused: an unknown token, or no proof that the app itself asks.

        """
        due = hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        if token not in self.tokens or not hmac.compare_digest(proof, due):
            raise Refused("Invalid appsecret_proof or access token")
        person = self.tokens[token].person
        found = {"id": person.uid, "name": person.name}
        return found | ({"email": person.email} if person.email else {}) | self.told.get("me", {})

    def userinfo(self, token: str) -> dict[str, Any]:
        """OpenID Connect's userinfo.

        Raises:
            Refused: an unknown token.

        """
        if token not in self.tokens:
            raise Refused("invalid_token")
        person = self.tokens[token].person
        return {"sub": person.uid, "name": person.name} | self.told.get("userinfo", {})


def signed_request(told: Mapping[str, Any], secret: str) -> str:
    """What Facebook posts when somebody removes an app or asks for deletion."""
    payload = _text(json.dumps(told).encode())
    mark = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest()
    return f"{_text(mark)}.{payload}"


@cache
def _keys() -> dict[str, Any]:
    return {
        "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
        "ES256": ec.generate_private_key(ec.SECP256R1()),
    }


def path_kind(path: str) -> tuple[str, str]:
    """`/facebook/v24.0/me` → `facebook`, `me`; a version counts for nothing."""
    kind, _, rest = urlsplit(path).path.lstrip("/").partition("/")
    head, _, tail = rest.partition("/")
    return kind, tail if head.startswith("v") and head[1:2].isdigit() else rest


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
