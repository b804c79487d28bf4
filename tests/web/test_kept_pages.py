"""Whatever the newsroom does, no page that is kept says anything but what a new one would."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dateline import clock
from dateline.edge.domain.verdict import Verdict
from dateline.media import queries as media
from dateline.stories import models, recording
from dateline.stories.queries import reading
from dateline.stories.services import reach
from dateline.web import views
from tests.web.kept import Kept
from tests.web.newsroom import SECTIONS, TITLES, VERBS, Newsroom

pytestmark = pytest.mark.django_db

PLAIN = ("/", "/feed.xml", "/look.css", "/favicon.svg", "/nothing", "/robots.txt")
PASSES = st.sampled_from([0, 0, 0, 5, 60, 700])  # minutes
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), PASSES), min_size=6, max_size=6)


# A shorter run would say the same of the same page, minutes later.
@settings(
    max_examples=settings.default.max_examples // 13,  # each draws some forty pages a step
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(choice=st.randoms(use_true_random=False), steps=STEPS)
def test_a_kept_page_is_never_another_than_a_new_one(day, commits, choice, steps):
    with undone():
        day.begin()
        follow(a_newsroom(choice, commits), steps, day, commits)


def follow(room, steps, day, commits):
    kept = Kept()
    for verb, minutes in steps:
        visit(kept, room)
        day.pass_by(minutes=minutes)
        with commits(execute=True):
            room.do(verb)
        assert kept.stale() == [], (verb, minutes)
        assert told_of_the_closed(kept, room) == [], (verb, minutes)
        kept.renew()


def visit(kept, room):
    """Readers ask for every kind of page."""
    for title in TITLES:
        host = f"{title}.localhost"
        paths = [*PLAIN, *(f"/{s}/{end}" for s in SECTIONS for end in ("", "feed.xml", "?page=2"))]
        placed = models.Placement.objects.filter(masthead__slug=title).select_related("section")
        for place in placed.filter(story_id__in=room.stories):
            below = f"/{place.section.slug}"
            story = f"{below}/{place.slug}-{place.story_id}"
            paths += [story, f"{story}/versions", f"{below}/old-{place.story_id}"]
        for path in paths:
            if (host, path) not in kept.pages:
                kept.keep(host, path)
    kept.keep("localhost", "/")
    for story in models.Story.objects.filter(pk__in=room.stories, lead_picture__isnull=False):
        copy = media.rendition_path(story.lead_picture, "3:2", 320, "jpeg")
        kept.keep("musashi.localhost", copy)


def told_of_the_closed(kept, room):
    """Places of kept pages that might still be shown and name a story that was taken down."""
    closed = [
        story.headline.split()[0].encode()
        for story in models.Story.objects.filter(pk__in=room.stories, live=False)
    ]
    return [
        (place, word)
        for place, page, verdict in kept.judged()
        if verdict is not Verdict.DEAD
        for word in closed
        if word + b" " in page.body
    ]


def a_newsroom(choice, commits):
    room = Newsroom(choice)
    with commits(execute=True):
        room.lay_out()
    return room


@contextmanager
def undone():
    """Whatever happens inside never was, as far as the database goes."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Day:
    """A clock that goes on only when it is told to."""

    def begin(self):
        self.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)  # noon in Tokyo

    def pass_by(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def day(monkeypatch):
    day = Day()
    day.begin()
    monkeypatch.setattr(clock, "now", lambda: day.now)
    monkeypatch.setattr(timezone, "now", lambda: day.now)
    return day


@pytest.fixture(autouse=True)
def _short_lists(monkeypatch):
    """So few stories to a page that three or four already make a second one."""
    monkeypatch.setitem(reading.section.__kwdefaults__, "size", 2)
    monkeypatch.setitem(reading.feed.__kwdefaults__, "limit", 3)
    monkeypatch.setattr(views, "FRONT_CARDS", 3)
    monkeypatch.setattr(recording, "TOP_OF_A_LIST", 4)
    monkeypatch.setattr(reach, "TOP_OF_A_LIST", 4)


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture(autouse=True)
def _files(media_root):
    """Pictures and their copies are written."""
