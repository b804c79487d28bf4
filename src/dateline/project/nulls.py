"""No null reaches a view by an address or a cookie: PostgreSQL takes none, and no page has one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

NULL = "\0"
ENCODED = "%00"
REFUSED = "This address has a null character in it. No page has one: leave it out.\n"


class NoNulls:
    """Refuses an address with a null (400), and does not hear a cookie with one.

    PostgreSQL refuses text with a null in it (SQLite takes it), so that any view that looks up what
    an address says would be an error page. The front refuses such a path too; a query, a cookie and
    a renderer without a front come here. What is refused is kept by no cache: no view was asked.
    A form's fields are judged by the form, which gives back what was typed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer before the database is asked anything."""
        query = request.META.get("QUERY_STRING", "")
        if NULL in request.path_info or ENCODED in query or NULL in query:
            return HttpResponse(REFUSED, status=400, content_type="text/plain; charset=utf-8")
        if "\\" in request.META.get("HTTP_COOKIE", ""):  # a null can only come as \000 in quotes
            cookies = request.COOKIES
            request.COOKIES = {name: text for name, text in cookies.items() if NULL not in text}
        return self.get_response(request)
