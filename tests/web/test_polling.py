"""A page that asks for what is new, again and again: it never misses a story, whatever opened it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dateline import clock
from dateline.edge import keys
from dateline.stories import models
from dateline.stories.domain.gate import Use
from dateline.stories.rows import shown
from dateline.stories.services import kills, publishing
from dateline.web import live
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.web import Reader
from tests.web.newsroom import TITLES
from tests.web.test_kept_pages import a_newsroom, commits, day, undone

__all__ = ["commits", "day"]

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ASKS_EVERY = 9  # minutes; the window has ten
PASSES = st.sampled_from([0, 0, 0, 2, ASKS_EVERY, 5 * ASKS_EVERY])
OPEN_AND_CLOSE = (
    "publish", "publish_again", "withdraw", "withhold", "lift_hold", "embargo", "end_rights",
    "embargo_by_the_agency", "narrow_licence", "reinstate", "move", "take_off_a_title", "kill",
    "schedule", "set_expiry", "work",
)  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(OPEN_AND_CLOSE), PASSES), min_size=16, max_size=16)


@settings(
    max_examples=settings.default.max_examples // 8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(choice=st.randoms(use_true_random=False), steps=STEPS)
def test_who_polls_misses_no_story(day, commits, few, choice, steps):
    with undone():
        day.begin()
        room = a_newsroom(choice, commits)
        pollers = [Poller(title) for title in TITLES]
        for verb, minutes in steps:
            with commits(execute=True):
                room.do(verb)
            for passed in [ASKS_EVERY] * (minutes // ASKS_EVERY) or [minutes]:
                day.pass_by(minutes=passed)
                for poller in pollers:
                    assert poller.missed() == set(), (verb, minutes)


class Poller:
    """Somebody who reads one title and knows the stories it has told of."""

    def __init__(self, title):
        self.title, self.known, self.reader = title, set(), Reader(f"{title}.localhost")
        self.begun_with = self.open_now()

    def missed(self):
        """Ask once; stories that opened since the first time and were never told."""
        answer = self.reader.get("/new.json").json()
        assert answer["complete"]
        told = {line["id"] for line in answer["stories"]}
        still = self.open_now()
        assert told <= still
        self.known |= told
        self.begun_with &= still  # what closes and opens again is new again
        return still - self.begun_with - self.known

    def open_now(self):
        filters = shown(self.title, use=Use.WEB, at=clock.now())
        placed = models.Placement.objects.filter(filters, masthead__slug=self.title)
        return set(placed.values_list("story_id", flat=True))


def test_a_story_of_the_same_second_is_told(day, daily):
    first = a_story("First", at=day.now)
    assert told() == [first.headline]
    second = a_story("Second", at=day.now)

    assert told() == [second.headline, first.headline]


@pytest.mark.parametrize("opened", ["lifted", "by itself", "after a hold"])
def test_a_story_that_opens_late_is_told_though_newer_ones_were(day, daily, opened, many):
    old = a_draft("Old", embargo_until=None if opened == "after a hold" else day.now + HOUR)
    publishing.publish_story(old.pk, by="Ana", at=day.now)
    if opened == "after a hold":
        kills.withhold_story(old.pk, reason="Doubts.", by="Ana")
    day.pass_by(minutes=55)
    many()
    day.pass_by(minutes=4)
    assert "Old" not in told()

    if opened == "lifted":
        publishing.embargo_story(old.pk, until=None, by="Ana")
    elif opened == "by itself":
        day.pass_by(minutes=1)
    else:
        kills.lift_hold(old.pk, by="Ana")

    assert told()[-1] == "Old"
    day.pass_by(minutes=9)
    assert told()[-1] == "Old"
    day.pass_by(minutes=2)
    assert "Old" not in told()


def test_where_too_many_came_at_once_that_is_said(day, daily, monkeypatch):
    monkeypatch.setattr(live, "MOST_NEW", 2)
    monkeypatch.setattr(live, "LATEST", 1)
    a_story("First", at=day.now)
    assert ask()["complete"]
    for number in range(3):
        a_story(f"Story {number}", at=day.now)

    answer = ask()

    assert (answer["complete"], len(answer["stories"])) == (False, 2)


def test_everybody_asks_at_one_address(daily):
    told_once = keys.page_key(b"musashi.localhost", b"/new.json", b"")

    assert keys.page_key(b"musashi.localhost", b"/new.json", b"after=17") == told_once
    assert Reader().get("/new.json?after=x").json() == ask()


def ask():
    answer = Reader().get("/new.json").json()
    assert answer["window_s"] == 600
    return answer


def told():
    """Titles, in the order they are told in."""
    return [line["title"] for line in ask()["stories"]]


@pytest.fixture
def daily(commits):
    return a_masthead()


@pytest.fixture
def few(monkeypatch):
    """No more than one story is told because it is the newest, so that the others must have come."""
    monkeypatch.setattr(live, "LATEST", 1)


@pytest.fixture
def many(day):
    """More newer stories than the newest that are always told."""

    def publish():
        for number in range(live.LATEST + 1):
            a_story(f"Newer {number}", at=day.now)

    return publish
