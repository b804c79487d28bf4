"""Answer the front when it fills its cache: which pages may be shared, and what they depend on.

The front asks in a form of its own, with nothing of a client in it but host, path and the few
allowed names of the query. A view that did not opt in is not run: the front then hands on the
client's whole request. A page that may be shared carries its note in `X-Dateline-Edge`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.collector import Collector
from dateline.edge.domain.note import BadNote

log = structlog.get_logger("dateline.edge")

ASKED = "HTTP_X_DATELINE_FILL"
ANSWER = "X-Dateline-Edge"
PASS, REFUSE = "pass", "refuse"
MAY_BE_SHARED = frozenset({200, 301, 404, 410, 451})
UNAVAILABLE = 503
NOT_FOUND, NOT_FOUND_S = 404, 10.0  # RFC 9111 lets a 404 be kept; anyone can ask for many
NEVER_SHARED = frozenset({"private", "no-store"})


class EdgeFill:
    """Outermost: hears everything a page reads, from the host's rows to the last picture."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer any other request as if this were not here."""
        if ASKED not in request.META:
            return self.get_response(request)
        with edge.collecting() as collector:
            response = self.get_response(request)
            if response.status_code == UNAVAILABLE:
                return response  # the front may show an old page, or let the client ask itself
            mark = _mark_of(request, response)
            if mark is None:
                response.close()
                return _passed()
            response[ANSWER] = _told(request, response, collector, mark)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Stop before a view that did not opt in: what it does is for one client only."""
        if ASKED not in request.META:
            return None
        # `project.hosts` gives readers' hosts URLs of their own; on the desk nothing is shared.
        mark = edge.shared_mark(view) if hasattr(request, "urlconf") else None
        request.shared_mark = mark  # type: ignore[attr-defined]
        if mark is None:
            return _passed()
        asked = request.META.get("QUERY_STRING", "").encode("latin-1")
        request.META["QUERY_STRING"] = keys.canonical_query(asked, mark.query).decode()
        request.__dict__.pop("GET", None)  # read anew from what is left
        return None


def _mark_of(request: HttpRequest, response: HttpResponseBase) -> edge.SharedPage | None:
    """The view's mark; a static file under a hashed name needs none."""
    hashed = request.path_info.startswith(settings.STATIC_URL) and "immutable" in response.get(
        "Cache-Control", ""
    )
    mark: edge.SharedPage | None = getattr(request, "shared_mark", None)
    return edge.SharedPage() if hashed else mark


def _passed() -> HttpResponse:
    return HttpResponse(status=204, headers={ANSWER: PASS})


def _told(
    request: HttpRequest,
    response: HttpResponseBase,
    collector: Collector,
    mark: edge.SharedPage,
) -> str:
    """The note as the front reads it, or that the page is not for others."""
    limits = [mark.ttl, NOT_FOUND_S if response.status_code == NOT_FOUND else None]
    note = collector.note(ttl=min((limit for limit in limits if limit is not None), default=None))
    if note is None:
        return REFUSE  # the edge has said in the log that its counters cannot be used
    problem = problem_with(request, response)
    if not problem:
        try:
            return replace(note, query=mark.query).to_json()
        except BadNote as error:
            problem = str(error)
    # Most say so themselves by Cache-Control; a page that breaks a rule unawares is a bug.
    log.info("page_not_shared", path=request.path, reason=problem)
    return REFUSE


def problem_with(request: HttpRequest, response: HttpResponseBase) -> str:
    """Why an answer may not be given to other readers (DESIGN 6, rule 1), or an empty text."""
    session: Any = getattr(request, "session", None)
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    told = {word.strip().lower() for word in response.get("Cache-Control", "").split(",")}
    problems = {
        f"It answers {response.status_code}.": response.status_code not in MAY_BE_SHARED,
        "It sets a cookie.": bool(response.cookies) or response.has_header("Set-Cookie"),
        "It read the session.": session is not None and (session.accessed or session.modified),
        "It asked for a CSRF token.": "CSRF_COOKIE" in request.META,
        "Its Cache-Control forbids it.": any(_is_private(word) for word in told),
        "It varies by more than the encoding.": bool(varies - {"", "accept-encoding"}),
    }
    return " ".join(problem for problem, holds in problems.items() if holds)


def _is_private(directive: str) -> bool:
    """Whether a Cache-Control directive forbids sharing; `private="x-name"` does too."""
    return directive.partition("=")[0].strip() in NEVER_SHARED
