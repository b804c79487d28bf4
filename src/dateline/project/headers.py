"""Security headers: a strict policy for readers, and what Wagtail needs for the desk."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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
    "base-uri 'self'; "
    "object-src 'none'; "
    "frame-ancestors 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeaders:
    """Adds the headers that Django has no setting for; a view's own header is left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # `project.hosts` gives readers and the network's front page URLs of their own.
        reader = getattr(request, "urlconf", None) is not None
        response.headers.setdefault(
            "Content-Security-Policy", READER_POLICY if reader else DESK_POLICY
        )
        response.headers.setdefault("X-Frame-Options", "DENY" if reader else "SAMEORIGIN")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
