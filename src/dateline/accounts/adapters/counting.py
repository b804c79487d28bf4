"""How often a code may be sent to an address."""

from allauth.core.ratelimit import _impl
from django.http import HttpRequest


def may_send_code(request: HttpRequest, address: str) -> bool:
    """Count one more code for `address`; say whether it may be sent.

    Three a minute for an address, twenty for a browser's: they are counted with those that allauth
    sends for signing in. On a GET too, which a way back from a provider is, and where allauth's
    public function would not count.
    """
    usage = _impl.consume(
        request, app="allauth.account", action="request_login_code", key=address, limit_get=True
    )
    return usage is not None
