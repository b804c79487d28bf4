"""A WebSub hub is told once which feeds changed, and only at an address that may be spoken to."""

import importlib
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from dateline import clock
from dateline.outbox import models as outbox
from dateline.project import subscriptions
from dateline.stories.events import StoryKilled, StoryPublished
from dateline.web.adapters import hub
from dateline.web.handlers import tell_hub
from tests.factories.newsroom import a_story
from tests.factories.web import HOUR, NOON

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
FRONT = {f"http://musashi.localhost:8000/feed.{form}" for form in ("xml", "atom", "json")}


@contextmanager
def a_hub(status=202):
    """A hub on this machine; yields its address and what it was told."""
    told = []

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self):
            told.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Nothing: the tests look at what was told."""

    server = HTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hub?x=1", told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def fact_of(story, at=NOON):
    """The fact of a publish, as it was recorded."""
    record = outbox.FactRecord.objects.filter(name=StoryPublished.name).get(
        payload__story_id=story.pk
    )
    record.recorded_at = at
    record.save(update_fields=["recorded_at"])
    return StoryPublished(story_id=story.pk, masthead_ids=(), at=at, by="Ana")


@pytest.mark.usefixtures("musashi")
def test_what_happens_together_is_told_once(settings):
    first, second = a_story("First", at=NOON), a_story("Second", at=NOON + SECOND)
    later = a_story("Later", section="politics", at=NOON + 60 * SECOND)
    with a_hub() as (address, told):
        settings.DATELINE_WEBSUB_HUB = address
        tell_hub(fact_of(first))
        assert told == []
        tell_hub(fact_of(second, NOON + SECOND))
        tell_hub(fact_of(later, NOON + 60 * SECOND))

    assert [one["hub.mode"] for one in told] == [["publish"], ["publish"]]
    assert set(told[0]["hub.url"]) >= FRONT
    assert "http://musashi.localhost:8000/world/feed.xml" in told[0]["hub.url"]
    assert "http://musashi.localhost:8000/politics/feed.xml" in told[1]["hub.url"]


@pytest.mark.usefixtures("musashi")
def test_a_hub_that_does_not_take_it_is_told_again(settings):
    fact = fact_of(a_story(at=NOON))
    with a_hub(status=503) as (address, _):
        settings.DATELINE_WEBSUB_HUB = address
        with pytest.raises(hub.HubSilent, match="it answered with status 503"):
            tell_hub(fact)
    with pytest.raises(hub.HubSilent):
        tell_hub(fact)  # it is away


@pytest.mark.usefixtures("musashi")
def test_nothing_is_told_without_a_hub_or_late_or_of_a_story_without_a_place(settings, monkeypatch):
    story = a_story(at=NOON)
    fact = fact_of(story)
    tell_hub(fact)
    with a_hub() as (address, told):
        settings.DATELINE_WEBSUB_HUB = address
        story.placements.all().delete()
        tell_hub(fact)
        monkeypatch.setattr(clock, "now", lambda: NOON + 2 * HOUR)
        tell_hub(fact)

    assert told == []


@pytest.mark.parametrize("address", [
    "http://127.0.0.1/", "https://127.0.0.1/", "http://[::1]/", "http://169.254.169.254/latest",
    "http://localhost:99999/",
])  # fmt: skip
def test_no_address_of_this_network_is_spoken_to_in_public(address):
    with pytest.raises(hub.HubSilent):
        hub.tell(address, ["https://a.example/feed.xml"], private_allowed=False)


def test_a_hub_is_spoken_to_in_tls_only_where_its_address_says_so():
    with a_hub() as (address, told), pytest.raises(hub.HubSilent, match=r"(?i)ssl"):
        hub.tell(address.replace("http://", "https://"), ["x"], private_allowed=True)

    assert told == []


def test_facts_wait_for_a_hub_only_where_one_is_set(settings):
    assert tell_hub not in subscriptions.SUBSCRIPTIONS[StoryKilled].later
    settings.DATELINE_WEBSUB_HUB = "https://hub.example/"
    try:
        told = importlib.reload(subscriptions).SUBSCRIPTIONS
        assert tell_hub in told[StoryKilled].later
        assert tell_hub in told[StoryPublished].later
    finally:
        settings.DATELINE_WEBSUB_HUB = ""
        importlib.reload(subscriptions)
