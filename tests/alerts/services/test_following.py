"""A browser asks for alerts, changes its mind, pauses, leaves, and is forgotten."""

from datetime import timedelta

import pytest

from dateline.alerts import models
from dateline.alerts.domain.errors import FollowRefused
from dateline.alerts.domain.kinds import AlertClass
from dateline.alerts.services import following
from dateline.alerts.services.following import Browser, Wish
from dateline.stories.models import Topic
from tests.factories.alerts import MINUTE, NOON, a_follower
from tests.factories.newsroom import a_draft

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def followed(row):
    return {(one.topic_id, one.story_id) for one in row.followings.all()}


def test_it_follows_what_there_is_and_what_it_may_see(site, story, browser):
    topic, draft = Topic.objects.create(name="Travel", slug="travel"), a_draft("Secret")
    row = a_follower(site, browser, topics=[topic.pk, 999], stories=[story.pk, draft.pk])

    assert followed(row) == {(topic.pk, None), (None, story.pk)}
    assert (row.breaking, row.time_zone, row.language) == (True, "Asia/Tokyo", "en")


def test_a_second_wish_takes_the_place_of_the_first(site, story, browser):
    topic = Topic.objects.create(name="Travel", slug="travel")
    first = a_follower(site, browser, topics=[topic.pk], quiet=(60, 120))
    caps = {**first_caps(), AlertClass.TOPIC: 9}
    second = a_follower(
        site, browser, stories=[story.pk], breaking=False, caps=caps, zone="Europe/Berlin",
        at=NOON,
    )  # fmt: skip

    assert first.pk == second.pk
    assert followed(second) == {(None, story.pk)}
    assert (second.breaking, second.quiet_from, second.cap_topic) == (False, None, 9)
    assert (second.created_at, second.seen_at) == (NOON - MINUTE, NOON)
    again = a_follower(site, browser, stories=[story.pk])
    assert followed(again) == {(None, story.pk)}


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"zone": "Mars/Olympus"}, "no time zone 'Mars/Olympus'"),
        ({"quiet": (0, 1440)}, "times of a day"),
        ({"caps": {}}, "At most 20"),
        ({"caps": dict.fromkeys(AlertClass, 21)}, "At most 20"),
        ({"topics": list(range(101))}, "At most 100"),
    ],
)
def test_a_choice_that_there_is_not_is_refused(site, browser, wrong, problem):
    with pytest.raises(FollowRefused, match=problem):
        a_follower(site, browser, **wrong)

    assert not models.Follower.objects.exists()


def test_words_that_are_no_subscription_are_refused(site, browser):
    for name in ("endpoint", "p256dh", "auth"):
        told = Browser(**{**browser.words, name: "https://10.0.0.1/"})
        with pytest.raises(FollowRefused):
            following.follow(site, told, Wish(time_zone="UTC"), at=NOON)


def test_a_pause_is_ninety_days_at_most(site, browser):
    row = a_follower(site, browser)
    following.pause(row, until=NOON + 400 * DAY, at=NOON)
    assert row.paused_until == NOON + 90 * DAY
    following.pause(row, until=None, at=NOON)
    assert row.paused_until is None


def test_who_left_is_forgotten_and_may_come_back(site, story, browser):
    row = a_follower(site, browser, stories=[story.pk])
    following.leave(row, at=NOON)
    row.refresh_from_db()
    assert (row.endpoint, row.left_at, row.left_why, followed(row)) == ("", NOON, "left", set())

    back = a_follower(site, browser, at=NOON)
    assert (back.pk, back.left_at, back.endpoint) == (row.pk, None, browser.endpoint)


def first_caps():
    return dict(Wish(time_zone="UTC").caps)
