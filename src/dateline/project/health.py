"""What machines ask: whether this process can answer, and whether a host is one of ours."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from dateline.project import hosts


class Readiness:
    """Answers on every host, before the host is looked at.

    `/readyz`: 200 when the database answers, 503 when it does not. Asked by the supervisor and by
    load balancers. `/known-host?domain=x`: 200 when the network has that host, else 404. Asked by
    a proxy before it gets a certificate for a host, so that adding a site needs no restart.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/readyz":
            return _ready()
        if request.path_info == "/known-host":
            known = _is_ours(hosts.bare_host(request.GET.get("domain", "")))
            return HttpResponse(status=200 if known else 404)
        return self.get_response(request)


def _ready() -> HttpResponseBase:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers"})


def _is_ours(host: str) -> bool:
    named = host == settings.DATELINE_NETWORK_DOMAIN
    return named or hosts.find(host).kind in {"account", "desk", "masthead"}
