"""Where providers tell us things: signed, without a browser, answered in JSON."""

import json
from collections.abc import Callable
from typing import Any

import structlog
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from requests import RequestException

from dateline import clock
from dateline.accounts import queries
from dateline.accounts.services import notices

LONGEST = 16 * 1024  # bytes of a notice
log = structlog.get_logger("dateline.accounts")


@csrf_exempt  # no browser comes here: what counts is the signature
@require_POST
def facebook_deletion(request: HttpRequest) -> HttpResponse:
    """Delete somebody's data; answer with the page that proves it, as Facebook wants it."""

    def take(text: str) -> dict[str, str]:
        asked = notices.facebook_deletion(text, at=clock.now())
        page = f"{queries.account_origin()}/your-data/{asked.pk}/"
        return {"url": page, "confirmation_code": str(asked.pk)}

    return _answer(request, take, request.POST.get("signed_request", ""))


@csrf_exempt  # as above
@require_POST
def facebook_deauthorize(request: HttpRequest) -> HttpResponse:
    """Somebody removed our app."""

    def take(text: str) -> dict[str, str]:
        notices.facebook_deauthorized(text, at=clock.now())
        return {}

    return _answer(request, take, request.POST.get("signed_request", ""))


@csrf_exempt  # as above
@require_POST
def apple(request: HttpRequest) -> HttpResponse:
    """A server-to-server notice of Apple: `{"payload": "<JWT>"}`."""

    def take(text: str) -> dict[str, str]:
        notices.apple_told(text, at=clock.now())
        return {}

    try:
        told = json.loads(request.body[: LONGEST + 1])
    except (ValueError, RecursionError):
        told = None
    return _answer(request, take, told.get("payload") if isinstance(told, dict) else "")


def _answer(request: HttpRequest, take: Callable[[str], dict[str, str]], text: Any) -> HttpResponse:
    short = isinstance(text, str) and len(text) <= LONGEST
    try:
        return JsonResponse(take(text if short else ""))
    except KeyError:
        raise Http404("This provider is not set up.") from None
    except notices.NoticeKnown:
        return JsonResponse({"error": "known"}, status=409)
    except notices.NoticeRefused as refusal:
        log.warning("notice_refused", path=request.path, error=str(refusal)[:300])
        return JsonResponse({"error": "refused"}, status=400)
    except RequestException as error:
        log.warning("notice_waits", path=request.path, error=str(error)[:300])
        return JsonResponse({"error": "later"}, status=503)
