"""What a page asks for once it is open: who reads it, whether it still holds, what is new."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from dateline import clock
from dateline.accounts.services import sessions
from dateline.discussion.queries.visibility import counts
from dateline.edge.services import shared_page
from dateline.ids import story_path_id
from dateline.mastheads.domain.site import Site
from dateline.stories.domain.pages import Card, Gone, StoryPage
from dateline.stories.queries import live as live_entries
from dateline.stories.queries import reading as stories
from dateline.web.domain.words import words_for
from dateline.web.kinds import LIVE
from dateline.web.rendering import revalidated, site_of
from dateline.web.templatetags.reading import written_out

LATEST = 20  # stories
LATEST_LIVES_S = 5.0
# What a page that asks again within this time has not missed; it is told so by `window_s`.
WINDOW = timedelta(minutes=10)
MOST_NEW = 200  # stories that came within it


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
    site = site_of(request)
    found = standing(site, section, tail)
    if isinstance(found, HttpResponseBase):
        return found
    return _said({"updated": _updated(site, found.card), "versions": found.versions})


def standing(site: Site, section: str, tail: str) -> StoryPage | HttpResponseBase:
    """The story at that address, or the answer that there is none, or none any more."""
    named = story_path_id(tail)
    found = stories.story_page(site, named[1], at=clock.now()) if named else None
    if isinstance(found, Gone):
        return _said({"gone": True}, status=410)
    if found is None or found.card.path != f"/{section}/{tail}":
        return _said({"problem": "There is no such story here."}, status=404)
    return found


@shared_page()
@require_safe
def entries(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """Which entries of a live blog are the newest, for a page that has been open for a while.

    Ids with versions, so that one that was changed or withdrawn is known too.
    """
    found = standing(site_of(request), section, tail)
    if isinstance(found, HttpResponseBase):
        return found
    if found.card.kind != LIVE:
        return _said({"problem": "That story is no live blog."}, status=404)
    numbers, goes_on = live_entries.newest(found.card.story_id)
    answer = JsonResponse({"entries": numbers, "open": goes_on})
    answer["Cache-Control"] = "no-cache"
    return revalidated(request, answer)


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
def talk(request: HttpRequest, section: str, tail: str) -> HttpResponseBase:
    """How many comments readers see below a story, for a page that has been open for a while."""
    site = site_of(request)
    found = standing(site, section, tail)
    if isinstance(found, HttpResponseBase):
        return found
    story_id = found.card.story_id
    return _said({"count": counts(site, [story_id], at=clock.now())[story_id]})


@shared_page(ttl=LATEST_LIVES_S)
@require_safe
def new(request: HttpRequest) -> HttpResponseBase:
    """The newest stories of a masthead, and every one that came to readers in the last ten minutes.

    One address for everybody: who asks again within `window_s` seconds has missed nothing, and
    knows by their ids which stories are new. Moments would not do: a story whose embargo is lifted
    is older than what was seen before it. Where `complete` is false there were too many to tell.
    """
    site = site_of(request)
    at = clock.now()
    cards = stories.latest(site, at=at, since=at - WINDOW, newest=LATEST, most=MOST_NEW)
    return _said(
        {
            "stories": [_line(card) for card in cards],
            "window_s": int(WINDOW.total_seconds()),
            "complete": len(cards) < MOST_NEW,
        }
    )


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
