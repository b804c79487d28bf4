"""What a link of a letter does: lead on, and be counted or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.agents import known_bots
from dateline.newsletters.domain.clicks import worth_of
from dateline.newsletters.services import clicks


@require_safe
def follow(request: HttpRequest, name: str, copy: str) -> HttpResponse:
    """Lead to what a link of a letter is for, by a row of ours; a name that is not ours is 404."""
    fields = {field.lower(): value for field, value in request.headers.items()}
    is_bot = known_bots().is_bot(fields.get("user-agent", "").encode("latin-1", "replace"))
    worth = worth_of(request.method or "", fields, is_bot=is_bot)
    target = clicks.follow(name, copy, worth=worth, at=clock.now())
    if target is None:
        raise Http404("There is no such link.")
    return HttpResponse(
        status=302,
        headers={
            "Location": target,
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
