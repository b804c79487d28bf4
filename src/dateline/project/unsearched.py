"""What a host that is nobody's to search tells those who would: the desk's and the account's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

NOTHING = "User-agent: *\nDisallow: /\n"


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """No page of this host is for search engines (RFC 9309)."""
    response = HttpResponse(NOTHING, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "public, max-age=86400"
    return response
