"""Security headers: a strict policy for readers, and what Wagtail needs for the desk."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from dateline.accounts import queries as accounts
from dateline.accounts.domain.ways import ACCOUNT, DESK
from dateline.mastheads import queries as mastheads

READER_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' data:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Wagtail 8 writes inline styles and scripts, and shows previews in a frame of its own host.
DESK_POLICY = (
    "default-src 'self'; "
    "script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "form-action 'self'; "
    "base-uri 'none'; "
    "object-src 'none'; "
    "frame-ancestors 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
UNAVAILABLE = 503
OWN_FORMS = "form-action 'self'"


def _elsewhere(request: HttpRequest, response: HttpResponseBase) -> str:
    """Where a form of this host may lead on to: browsers judge each redirect after it too.

    Signing in ends on the site one came from, and may lead over a provider; signing out of the
    desk ends on the account host.
    """
    place = getattr(request, "place", "")
    if place == DESK:
        return f" {accounts.account_origin()}"
    if place == ACCOUNT and response.status_code != UNAVAILABLE:  # then the database is down
        sites = [site.origin for site in mastheads.all_mastheads()]
        others = [accounts.desk_origin(), *accounts.provider_origins()]
        return "".join(f" {origin}" for origin in [*sites, *others])
    return ""


class SecurityHeaders:
    """Adds the headers that Django has no setting for; a view's own header is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # `project.hosts` gives readers and the network's front page URLs of their own.
        reader = getattr(request, "urlconf", None) is not None
        if "Content-Security-Policy" not in response.headers:
            policy = READER_POLICY if reader else DESK_POLICY
            response.headers["Content-Security-Policy"] = policy.replace(
                OWN_FORMS, f"{OWN_FORMS}{_elsewhere(request, response)}"
            )
        response.headers.setdefault("X-Frame-Options", "DENY" if reader else "SAMEORIGIN")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
