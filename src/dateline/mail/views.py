"""Where an ESP tells what became of mails: signed or with a password, without a browser."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dateline import clock
from dateline.mail.adapters.esp_events import NotProved, Unreadable, read
from dateline.mail.domain.knocks import Knocks, group_of
from dateline.mail.domain.told import EventRefused, Told
from dateline.mail.services import hearing

log = structlog.get_logger("dateline.mail")
LONGEST = 256 * 1024  # bytes of one request; an event has a few thousand
KNOCKS = Knocks()


@csrf_exempt  # no browser comes here: what counts is the password or the signature
@never_cache
@require_http_methods(["POST", "HEAD"])  # some ESPs ask with HEAD whether somebody is there
def events(request: HttpRequest, esp: str) -> HttpResponse:
    """Take in what one request tells. Once it is proved it is answered with 200, read or not."""
    route = settings.DATELINE_MAIL_ESP
    if route is None or route.name != esp or not route.secret:
        raise Http404("No such ESP is set up.")
    if request.method == "HEAD":
        return HttpResponse()
    address, now = group_of(request.META.get("REMOTE_ADDR", "")), clock.now()
    if not KNOCKS.may(address, now.timestamp()):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST:
        return HttpResponse(status=413)
    body = request.body
    try:
        refused = _heard(esp, read(route, request, at=now), at=now)
    except NotProved as error:
        KNOCKS.failed(address, now.timestamp())
        hearing.keep(esp, body, why=str(error), is_proved=False, at=now)
        return HttpResponse(status=403)
    except Unreadable as error:
        refused = [str(error)]
    if refused:
        log.warning("mail_event_refused", esp=esp, why=refused)
        hearing.keep(esp, body, why=" ".join(refused), is_proved=True, at=now)
    return HttpResponse()


def _heard(esp: str, told: Iterable[Told], *, at: datetime) -> list[str]:
    """Take in each event of a request; say why of those that were refused."""
    refused = []
    for one in told:
        try:
            hearing.hear(esp, one, at=at)
        except EventRefused as error:
            refused.append(str(error))
    return refused
