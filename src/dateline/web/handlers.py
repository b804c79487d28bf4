"""After a kill: look at every surface as a reader would, and put on record when each let go."""

import functools
from io import BytesIO

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase
from django.urls import get_urlconf, set_urlconf

from dateline import clock
from dateline.mastheads.queries import host_of
from dateline.stories import queries as stories
from dateline.stories.events import StoryKilled
from dateline.stories.services import kills
from dateline.web.queries import Surface, surfaces_of

OK = 200
NOT_THERE = {404, 410}


class StillShown(Exception):
    """A surface still shows a killed story; the outbox tries again until none does."""


def confirm_kill(fact: StoryKilled) -> None:
    """Ask every surface of a killed story, as a reader would, and note what was seen and when.

    Safe to run twice: the first clear moment stays. Does nothing once the kill has been lifted.

    Raises:
        StillShown: naming the addresses that are not clear yet.

    """
    if not stories.is_killed(fact.story_id):
        return
    surfaces = surfaces_of(fact.story_id)
    kills.list_surfaces(fact.report_id, [(surface.kind, surface.url) for surface in surfaces])
    showing = [surface.url for surface in surfaces if not _clear(fact.report_id, surface)]
    if showing:
        raise StillShown(f"Story {fact.story_id} is still shown at {', '.join(showing)}.")


def _clear(report_id: int, surface: Surface) -> bool:
    response = fetch(surface)
    clear, found = judge(response, surface)
    at = clock.now() if clear else None
    kills.note_surface(report_id, url=surface.url, found=found, clear_at=at)
    return clear


def judge(response: HttpResponseBase, surface: Surface) -> tuple[bool, str]:
    """Whether an answer is clear of the story, and what was seen, in words for the desk."""
    status = response.status_code
    if not surface.traces:
        return status in NOT_THERE, f"answers {status}"
    text = getattr(response, "content", b"").decode(errors="replace")
    if any(trace in text for trace in surface.traces):
        return False, f"answers {status} and still lists it"
    if status == OK or status in NOT_THERE:
        return True, f"answers {status} and does not list it"
    return False, f"answers {status}"


def fetch(surface: Surface) -> HttpResponseBase:
    """What a reader gets at a surface, through all of Django but the network."""
    host = host_of(surface.site.origin)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": surface.path,
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "HTTP_HOST": host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": settings.DATELINE_SCHEME,
            "wsgi.input": BytesIO(),
        }
    )
    before = get_urlconf()
    try:
        return _handler().get_response(request)
    finally:
        set_urlconf(before)  # the handler leaves its own behind in this thread


@functools.cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
