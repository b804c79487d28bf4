"""Text goes out compressed; pictures, parts of files and streams go as they are."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "application/rss+xml", "application/xml", "image/svg+xml")


class Compression(GZipMiddleware):
    """Django's own, which hides the length of secrets (BREACH), on what it makes smaller."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """`response`, compressed where it is a whole text and the client takes gzip."""
        whole_text = not response.streaming and response.get("Content-Type", "").startswith(TEXT)
        if not whole_text:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
