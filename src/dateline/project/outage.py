"""The database does not answer: say so, keep what was typed, let nobody queue up behind it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from dateline.edge import services as edge
from dateline.project import edge_figures

log = structlog.get_logger("dateline.database")

# A server that is gone, a file that cannot be opened, a lock that nobody lets go of.
UNAVAILABLE = (OperationalError, InterfaceError)
STATUS = 503
RETRY_AFTER_S = 5
# After a reader's page found no database, others are not sent to find the same for this long.
SPARED_S = 1.0
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PLAIN = "text/plain; charset=utf-8"
LINE = 80  # characters; what is longer, or has several lines, is shown as text
FOR_READERS = "This page cannot be shown right now. Please try again in a moment.\n"


class Spared:
    """Whether a reader of this process has just found no database: then others are not sent too.

    Readers only read, and on SQLite they wait for no writer: where one of them fails, all do. A
    purge ends it at once: somebody could write, and what they changed must be shown. The desk is
    never spared: it asks each time.
    """

    def __init__(self) -> None:
        self.until = 0.0
        self.sequence: int | None = None

    def note(self) -> None:
        """A reader has just found no database."""
        self.until, self.sequence = time.monotonic() + SPARED_S, edge.sequence()

    def __bool__(self) -> bool:
        return time.monotonic() < self.until and edge.sequence() == self.sequence


READERS = Spared()


class Outage:
    """Turns a database that does not answer into 503 with Retry-After, never into a stack trace.

    On the desk the page gives back everything that was typed, in a form that can be sent again.
    Inside `project.hosts`, which asks the database before it and calls `answer` itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the request on; `process_exception` hears of what it could not do."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer what a view or template could not, where the database is the reason."""
        if not isinstance(exception, UNAVAILABLE):
            return None
        if request.method in SAFE and hasattr(request, "urlconf"):
            READERS.note()
        log.warning("database_unavailable", path=request.path, error=str(exception))
        return answer(request)


def answer(request: HttpRequest) -> HttpResponseBase:
    """The 503 for this request: for a script, a reader or the desk. Asks the database nothing."""
    if "application/json" in request.headers.get("Accept", ""):
        response: HttpResponse = JsonResponse(
            {
                "success": False,
                "error_code": "database_unavailable",
                "error_message": "The database does not answer. Keep this page open and try again.",
            },
            status=STATUS,
        )
    elif hasattr(request, "urlconf"):  # `project.hosts` gives readers URLs of their own
        response = HttpResponse(FOR_READERS, status=STATUS, content_type=PLAIN)
    else:
        page = render_to_string("project/outage.html", _told(request))
        response = HttpResponse(page, status=STATUS)
    response["Retry-After"] = str(RETRY_AFTER_S)
    add_never_cache_headers(response)
    return response


@dataclass(frozen=True, slots=True)
class Typed:
    """One field of a form that was sent: `is_text` where it is worth showing."""

    name: str
    value: str
    is_text: bool


def _told(request: HttpRequest) -> dict[str, Any]:
    sent = request.method not in SAFE
    return {
        "sent": sent,
        # The person is the first thing the desk asks for: without them nothing was begun.
        "begun": hasattr(request, "_cached_user"),
        "address": request.get_full_path(),
        "typed": _typed(request) if sent else [],
        "files": sorted(request.FILES) if sent else [],
        "kept": edge_figures.figures_now(),
    }


def _typed(request: HttpRequest) -> list[Typed]:
    """Everything but passwords, with the form's own token: it is the sender's."""
    return [
        Typed(name, value, _is_text(name, value))
        for name, values in request.POST.lists()
        for value in map(str, values)
        if "password" not in name
    ]


def _is_text(name: str, value: str) -> bool:
    return name != "csrfmiddlewaretoken" and (len(value) > LINE or "\n" in value)
