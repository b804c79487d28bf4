"""What providers sign: OpenID Connect's identities, Apple's notices, Facebook's requests.

Every signature is checked, also of what came straight from the provider: the key set costs one
question, and no proxy in between has to be trusted.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from django.core.cache import cache
from requests import RequestException

from dateline.accounts.adapters import fetching
from dateline.accounts.domain.providers import ALGORITHMS, LoginProvider

KEYS, KEYS_KEPT_S, ASK_AGAIN_S = "provider-keys", 600, 60
LEEWAY = timedelta(seconds=60)  # how far the clocks may differ
SECRET_LIVES = timedelta(minutes=5)
APPLE_AUDIENCE = "https://appleid.apple.com"


class TokenRefused(Exception):
    """A statement that is forged, expired, for somebody else, or cannot be read."""


def discovered(provider: LoginProvider) -> dict[str, Any]:
    """What an OpenID Connect provider says of itself.

    Raises:
        TokenRefused: it speaks for another issuer.
        requests.RequestException: it does not answer.

    """
    base = provider.issuer.rstrip("/")
    found = fetching.ask(f"{base}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise TokenRefused(f"{provider.issuer} says that it is {found.get('issuer')!r}.")
    return found


def claims_of(token: object, *, provider: LoginProvider, keys_url: str) -> dict[str, Any]:
    """The claims of a JWT that `provider` signed for us; RS256 or ES256 only.

    Raises:
        TokenRefused: any other signature, issuer or audience; expired, or of no time at all.
        requests.RequestException: the key set cannot be fetched.

    """
    try:
        head = jwt.get_unverified_header(str(token))
        key = _key(keys_url, head)
        return dict(
            jwt.decode(
                str(token),
                key,
                algorithms=[str(head["alg"])],
                issuer=provider.issuer,
                audience=provider.client_id,
                leeway=LEEWAY,
                options={"require": ["iss", "aud", "iat"]},
            )
        )
    except jwt.PyJWTError as error:
        raise TokenRefused(f"{provider.label}: {error}") from error


def _key(keys_url: str, head: Mapping[str, Any]) -> Any:
    """The public key that a JWT names; what it may be used for is said by the set, not by it.

    The set is kept for ten minutes, and asked for again at most once a minute where a key is not
    in it: strangers who name keys do not make us ask.
    """
    if head.get("alg") not in ALGORITHMS:
        raise TokenRefused(f"{head.get('alg')!r} is no signature that we take.")
    kept = cache.get(f"{KEYS}:{keys_url}")
    if kept and (key := _among(kept, head)):
        return key
    if cache.add(f"{KEYS}:asked:{keys_url}", "once", ASK_AGAIN_S):
        try:
            kept = fetching.ask(keys_url)
        except RequestException:
            cache.delete(f"{KEYS}:asked:{keys_url}")
            raise
        cache.set(f"{KEYS}:{keys_url}", kept, KEYS_KEPT_S)
    if kept and (key := _among(kept, head)):
        return key
    raise TokenRefused(f"There is no key {head.get('kid')!r} for {head['alg']}.")


def _among(found: dict[str, Any], head: Mapping[str, Any]) -> Any:
    for one in jwt.PyJWKSet.from_dict(found).keys:
        if one.key_id == head.get("kid") and one.algorithm_name == head["alg"]:
            return one.key
    return None


def apple_secret(provider: LoginProvider, *, at: datetime) -> str:
    """The JWT that Apple takes for a client secret, good for five minutes."""
    claims = {
        "iss": provider.team,
        "iat": at,
        "exp": at + SECRET_LIVES,
        "aud": APPLE_AUDIENCE if provider.issuer == APPLE_AUDIENCE else provider.issuer,
        "sub": provider.client_id,
    }
    return jwt.encode(claims, provider.private_key, "ES256", headers={"kid": provider.key_id})


def app_proof(provider: LoginProvider, token: str) -> str:
    """What shows Facebook that a token is used by the app it was made for (appsecret_proof)."""
    return hmac.new(provider.secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def signed_request(text: str, *, provider: LoginProvider) -> dict[str, Any]:
    """What Facebook says in a `signed_request`: HMAC-SHA256 with the app secret.

    Raises:
        TokenRefused: signed with another key or in another way, or no JSON object.

    """
    signature, _, payload = text.partition(".")
    due = hmac.new(provider.secret.encode(), payload.encode(), hashlib.sha256).digest()
    try:
        if not hmac.compare_digest(_decoded(signature), due):
            raise TokenRefused("The request is not signed with our app secret.")
        told = json.loads(_decoded(payload))
    except (ValueError, RecursionError) as error:
        raise TokenRefused("The request cannot be read.") from error
    if not isinstance(told, dict) or told.get("algorithm") != "HMAC-SHA256":
        raise TokenRefused("The request says nothing of HMAC-SHA256.")
    return told


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
