"""What a page asks for once it is open: who reads it, whether it still holds, what is new."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.stories import queries as stories
from dateline.stories.domain.pages import Card, Gone
from dateline.web.domain.words import words_for
from dateline.web.templatetags.reading import written_out

LATEST = 20  # stories
LATEST_LIVES_S = 5.0


@require_safe
def me(request: HttpRequest) -> HttpResponseBase:
    """Who is signed in on this host. For one reader: never shared, never kept."""
    reader = sessions.reader_of(request)
    name = reader.get_display_name() if reader else ""
    response = JsonResponse({"signed_in": reader is not None, "name": name})
    response["Cache-Control"] = "private, no-store"
    if reader is None:
        response.delete_cookie(sessions.KNOWN_COOKIE)
    return response


@shared_page()
@require_safe
def now(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """When a story last changed, for a page of it that has been open for a while; 410 once gone."""
    site: Site = request.masthead  # type: ignore[attr-defined]  # set by project.hosts
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if found is None or (not isinstance(found, Gone) and found.card.path != f"/{section}/{tail}"):
        return _said({"problem": "There is no such story here."}, status=404)
    if isinstance(found, Gone):
        return _said({"gone": True}, status=410)
    return _said({"updated": _updated(site, found.card), "versions": found.versions})


def _updated(site: Site, card: Card) -> dict[str, str] | None:
    """The moment as the page itself shows it; None while the first text stands."""
    if card.updated_at <= card.published_at:
        return None
    w = words_for(site.language)
    with translation.override(site.language), timezone.override(ZoneInfo(site.time_zone)):
        at, text = written_out(card.updated_at, w)
    return {"at": at, "text": text, "label": w["updated"]}


@shared_page(ttl=LATEST_LIVES_S)
@require_safe
def new(request: HttpRequest) -> HttpResponseBase:
    """The newest stories of a masthead; `?after=` the `last` of an earlier answer leaves out those.

    Everybody who has seen the same asks at the same address, so one answer serves them all.
    """
    site: Site = request.masthead  # type: ignore[attr-defined]
    after = _after(request.GET.get("after", "0"))
    cards = stories.latest(site, at=clock.now(), limit=LATEST)
    last = max((_seconds(card.published_at) for card in cards), default=0)
    found = [card for card in cards if _seconds(card.published_at) > after]
    return _said({"stories": [_line(card) for card in found], "last": last})


def _after(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("9999999999")):
        raise Http404
    return int(text)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _line(card: Card) -> dict[str, object]:
    return {
        "id": card.story_id,
        "path": card.path,
        "title": card.title,
        "section": card.kicker,
        "published_at": card.published_at.isoformat(timespec="seconds"),
        "updated_at": card.updated_at.isoformat(timespec="seconds"),
    }


def _said(words: dict[str, object], *, status: int = 200) -> HttpResponseBase:
    response = JsonResponse(words, status=status)
    response["Cache-Control"] = "no-cache"
    return response
