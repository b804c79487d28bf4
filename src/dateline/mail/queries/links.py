"""Links of mails: made for one purpose, and read again with today's key or an earlier one."""

import hashlib

from django.conf import settings

from dateline.mail.domain.tokens import TokenRefused, read, signed


def token_for(purpose: str, *numbers: int) -> str:
    """Return what stands at the end of a link: signed, so that it needs neither log-in nor row.

    `purpose` is a word of the room that answers the link; `numbers` are ids, at least one.
    """
    return signed(signing_key(), purpose, numbers)


def signing_key() -> bytes:
    """With what links are signed now, for whoever signs thousands (`mail.domain.tokens.signed`)."""
    return _key(settings.SECRET_KEY)


def numbers_of(purpose: str, token: str) -> tuple[int, ...]:
    """Return the numbers that `token_for` was given for the same purpose.

    Raises:
        TokenRefused: the link was changed, cut short, or made for something else.

    """
    for secret in settings.SECRET_KEY_FALLBACKS:
        try:
            return read(_key(secret), purpose, token)
        except TokenRefused:
            continue
    return read(_key(settings.SECRET_KEY), purpose, token)


def _key(secret: str) -> bytes:
    return hashlib.sha256(b"dateline.mail.links\0" + secret.encode()).digest()
