"""What readers' browsers ask of offers: the list, what was seen, where a link leads."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dateline import clock
from dateline.edge.services import shared_page
from dateline.mastheads.domain.site import Site
from dateline.promos.adapters.rates import Rates
from dateline.promos.domain import said
from dateline.promos.domain.kinds import Event
from dateline.promos.queries import ads, leading
from dateline.promos.queries.manifest import manifest
from dateline.promos.services.counting import Happened, count
from dateline.promos.services.telling import BURST, PER_S, is_reader

LIVES_S = 3_600.0  # what changes it purges it; this is for what should and did not
rates = Rates(burst=BURST, per_s=PER_S)


@shared_page(ttl=LIVES_S)
@require_safe
def offers(request: HttpRequest) -> HttpResponseBase:
    """The list of offers of a masthead: one for everybody, and never about anybody."""
    response = JsonResponse({"offers": manifest(_site_of(request), at=clock.now())})
    response["Cache-Control"] = "no-cache"
    return response


@csrf_exempt
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Count what a browser says it showed. Always 204: nobody learns what is counted.

    In front of it the front answers, and the worker counts; this is for who has no front.
    """
    answer = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > said.MOST_BYTES or not _is_reader(request):
        return answer
    site = _site_of(request)
    told = [Happened(event, name, site.id) for event, name in said.read(request.body)]
    if told:
        count(told, at=clock.now())
    return answer


@require_safe
def click(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to what an offer is for. Its address is looked up; a name that is not ours is 404."""
    site = _site_of(request)
    target = leading.target_of(name, site.id)
    if target is None:
        raise Http404("There is no such offer.")
    anywhere = leading.stands_in_letters(name)
    if request.method == "GET" and _is_reader(request, anywhere=anywhere):
        count([Happened(Event.CLICK, name, site.id)], at=clock.now())
    return HttpResponse(
        status=302,
        headers={
            "Location": target,
            "Cache-Control": "no-store",
            "Referrer-Policy": "origin",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )


@shared_page()
@require_safe
def ads_txt(request: HttpRequest) -> HttpResponseBase:
    """The ads.txt of the root domain that the masthead is on."""
    text = ads.text_for(_site_of(request))
    if text is None:
        raise Http404("This domain sells no space.")
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _site_of(request: HttpRequest) -> Site:
    site: Site = request.masthead  # type: ignore[attr-defined]  # set by project.hosts
    return site


def _is_reader(request: HttpRequest, *, anywhere: bool = False) -> bool:
    """Whether a person's own browser asks, from a page of ours, and not too often."""
    fields = {name.lower().encode(): v.encode() for name, v in request.headers.items()}
    if not is_reader(fields, anywhere=anywhere):
        return False
    return rates.allows(request.META.get("REMOTE_ADDR", ""), now=clock.now().timestamp())
