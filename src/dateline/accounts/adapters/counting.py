"""How often a code may be sent to an address, and its owner be told of guesses."""

from allauth.core.ratelimit import _impl
from django.http import HttpRequest


def may_send_code(request: HttpRequest, address: str) -> bool:
    """Count one more code for `address`; say whether it may be sent.

    Three a minute for an address, twenty for a browser's: they are counted with those that allauth
    sends for signing in. On a GET too, which a way back from a provider is, and where allauth's
    public function would not count.
    """
    return _count(request, "request_login_code", address)


def worth_telling(request: HttpRequest, address: str) -> bool:
    """Count one more wrong password for `address`; say whether its owner is to be told of them.

    At the fifth in five minutes, when more are refused unread, and once in 24 hours.
    """
    if _count(request, "failures_in_a_row", address):
        return False
    return _count(request, "failures_told", address)


def _count(request: HttpRequest, action: str, address: str) -> bool:
    usage = _impl.consume(
        request, app="allauth.account", action=action, key=address, limit_get=True
    )
    return usage is not None
