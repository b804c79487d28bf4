"""Who votes, as a number that leads nowhere: keyed with the signing key, another in each poll."""

from django.core import signing
from django.utils.crypto import get_random_string, salted_hmac

SALT = "dateline.polls.voter"
COOKIE_SALT = "dateline.polls.cookie"
LONGEST = 200  # characters of a cookie worth looking at


def voter_of_account(poll_id: int, account: str) -> str:
    """The voter that an account is in one poll: 64 hexadecimal digits."""
    return _voter(poll_id, f"account:{account}")


def voter_of_browser(poll_id: int, token: str) -> str:
    """The voter that a browser is in one poll: 64 hexadecimal digits."""
    return _voter(poll_id, f"browser:{token}")


def _voter(poll_id: int, who: str) -> str:
    return salted_hmac(SALT, f"{poll_id}:{who}", algorithm="sha256").hexdigest()


def new_token() -> str:
    """A token for a browser that has none: 22 random letters and digits."""
    return get_random_string(22)


def sealed(token: str) -> str:
    """A token signed, as a cookie holds it: none can be made up."""
    return signing.Signer(salt=COOKIE_SALT).sign(token)


def opened(cookie: str) -> str | None:
    """The token of a cookie, or None where this network did not sign it."""
    if len(cookie) > LONGEST:
        return None
    try:
        return signing.Signer(salt=COOKIE_SALT).unsign(cookie)
    except signing.BadSignature:
        return None
