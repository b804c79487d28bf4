"""What only the reader's pages can follow: surfaces after a kill, feeds, lists of alerts."""

import functools
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponseBase
from django.urls import get_urlconf, set_urlconf

from dateline import clock
from dateline.alerts.events import AlertMailAsked
from dateline.alerts.queries import offered
from dateline.alerts.services import asking, by_mail, saved_searches
from dateline.mastheads import queries as mastheads
from dateline.mastheads.queries import host_of
from dateline.newsletters.events import (
    ListImported,
    SubscriberMoved,
    SubscriptionConfirmed,
    SubscriptionEnded,
)
from dateline.newsletters.queries import lists, subscribers
from dateline.outbox import queries as outbox
from dateline.stories.events import (
    StoryCorrected,
    StoryKilled,
    StoryPublished,
    StoryReinstated,
    StoryUpdated,
    StoryWithdrawn,
)
from dateline.stories.queries import reading as stories
from dateline.stories.services import kills
from dateline.stories.services.kills import Seen
from dateline.web.adapters import hub
from dateline.web.queries import surfaces_of
from dateline.web.surfaces import INSIDE, Surface

OK = 200
TOGETHER_S = 15  # what changed within so many seconds is told a hub once
STALE = timedelta(hours=1)  # hubs look by themselves: what is older is not told
TOLD = (
    StoryPublished, StoryUpdated, StoryCorrected, StoryWithdrawn, StoryKilled, StoryReinstated,
)  # fmt: skip
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
    seen = [_look(surface) for surface in surfaces]
    kills.note_surfaces(fact.report_id, seen)
    showing = [one.url for one in seen if one.clear_at is None]
    if showing:
        raise StillShown(f"Story {fact.story_id} is still shown at {', '.join(showing)}.")


def _look(surface: Surface) -> Seen:
    clear, found = judge(fetch(surface), surface)
    return Seen(surface.url, found, clock.now() if clear else None)


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
    path, _, query = surface.path.partition("?")
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "HTTP_HOST": host,
            "REMOTE_ADDR": "127.0.0.1",
            INSIDE: True,
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


def tell_hub(fact: Any) -> None:
    """Tell the WebSub hub, where there is one, which feeds a fact of a story changed.

    What happened within the same TOGETHER_S is told together, by the last of it. Safe to run twice:
    a hub that is told twice looks twice.

    Raises:
        HubSilent: it did not take it; the outbox tries again.

    """
    if not settings.DATELINE_WEBSUB_HUB or clock.now() - fact.at > STALE:
        return
    together = _together(fact.at)
    if any(at > fact.at for at, _ in together):
        return  # whoever hears of that one tells of this too
    stories_told = dict.fromkeys([*(story for _, story in together), fact.story_id])
    urls = {
        surface.url: None
        for story_id in stories_told
        for surface in surfaces_of(story_id)
        if surface.kind == "feed"
    }
    if urls:
        private = settings.DATELINE_SCHEME == "http"  # a network for trying things out
        hub.tell(settings.DATELINE_WEBSUB_HUB, list(urls), private_allowed=private)


def _together(at: datetime) -> list[tuple[datetime, int]]:
    """(moment, story) of each fact of the span in which `at` lies."""
    begin = datetime.fromtimestamp(at.timestamp() // TOGETHER_S * TOGETHER_S, UTC)
    end = begin + timedelta(seconds=TOGETHER_S)
    told = outbox.payloads([kind.name for kind in TOLD], since=begin)
    found = [(datetime.fromisoformat(one["at"]), one["story_id"]) for one in told]
    return [(moment, story_id) for moment, story_id in found if begin <= moment < end]


def follow_list(fact: SubscriptionConfirmed) -> None:
    """Give who came onto a masthead's list of alerts its breaking news by mail. Safe twice."""
    site = mastheads.by_id(lists.alerts_masthead(fact.newsletter_id) or 0)
    known = subscribers.known(fact.subscriber_id)
    if site and fact.newsletter_id in known.on:
        who = by_mail.Person(id=known.id, address=known.address, time_zone=known.time_zone)
        by_mail.add(site, who, by_mail.Subject(), at=fact.at)


def follow_import(fact: ListImported) -> None:
    """Give all whom a file put onto a masthead's list of alerts its breaking news. Safe twice."""
    site = mastheads.by_id(lists.alerts_masthead(fact.newsletter_id) or 0)
    if site is None:
        return
    last = 0
    while some := subscribers.on_list(fact.newsletter_id, after=last):
        people = [by_mail.Person(id=k.id, address=k.address, time_zone=k.time_zone) for k in some]
        by_mail.add_all(site, people, at=fact.at)
        last = some[-1].id


def leave_list(fact: SubscriptionEnded) -> None:
    """Send no breaking news to who left the list of it. Safe twice."""
    masthead_id = lists.alerts_masthead(fact.newsletter_id)
    if masthead_id and fact.newsletter_id not in subscribers.known(fact.subscriber_id).on:
        by_mail.end_breaking(masthead_id, fact.subscriber_id, at=fact.at)


def follow_move(fact: SubscriberMoved) -> None:
    """Send alerts and searches to the new address too. Safe twice."""
    address = subscribers.known(fact.subscriber_id).address
    by_mail.moved(fact.subscriber_id, address)
    saved_searches.moved(fact.subscriber_id, address)


def ask_by_mail(fact: AlertMailAsked) -> None:
    """Write to whoever owns an address that was typed on a page of alerts."""
    site = mastheads.by_id(fact.masthead_id)
    if site:
        subject = by_mail.Subject(topic_id=fact.topic_id, story_id=fact.story_id)
        line = offered.wanted(site, subject.kind, fact.topic_id or fact.story_id, at=fact.at)
        if line:
            asking.write(site, subscribers.known(fact.person).address, fact, [line])
