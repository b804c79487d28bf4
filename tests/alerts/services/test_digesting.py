"""What was held back comes as one summary, when its reader is awake, once a day."""

from datetime import timedelta

import pytest

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass
from dateline.alerts.services import alerting, digesting, following
from dateline.stories.services.kills import kill_story
from tests.factories.alerts import MINUTE, NOON, a_follower, an_alert
from tests.factories.newsroom import a_story

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = (22 * 60, 7 * 60)
MIDNIGHT = NOON + timedelta(hours=12)
SEVEN, EIGHT = MIDNIGHT + timedelta(hours=7), MIDNIGHT + timedelta(hours=8)
NONE = dict.fromkeys(AlertClass, 0)


def run(sender, at):
    while sender.send_due(at=at):
        pass


@pytest.fixture
def night(site, masthead, kei, browser, sender):
    """Five alerts in the night of somebody who follows their stories."""
    stories = [a_story(f"Number {n}", at=NOON - MINUTE) for n in range(5)]
    row = a_follower(site, browser, quiet=NIGHT, stories=[one.pk for one in stories])
    alerts = [
        an_alert(masthead, one, kei, alert_class=AlertClass.STORY, at=MIDNIGHT, text=one.headline)
        for one in stories
    ]
    run(sender, MIDNIGHT)
    return row, stories, alerts


def test_one_summary_comes_when_the_quiet_is_over(night, browser, sender):
    run(sender, SEVEN - MINUTE)
    assert browser.got == []
    run(sender, SEVEN)

    ((fields, payload),) = browser.got
    assert payload["notification"]["title"] == "Musashi · While it was quiet"
    assert payload["notification"]["body"] == "Number 2\nNumber 3\nNumber 4\nand 2 more"
    assert payload["notification"]["navigate"].endswith(".localhost:8000/")
    assert (fields["Urgency"], fields["TTL"]) == ("normal", "86400")
    run(sender, EIGHT)
    assert len(browser.got) == 1


def test_it_is_one_a_day(night, masthead, kei, browser, sender, site):
    run(sender, SEVEN)
    following.follow(
        site, following.Browser(**browser.words),
        following.Wish(time_zone="Asia/Tokyo", caps=NONE, stories=[night[1][0].pk]), at=SEVEN,
    )  # fmt: skip
    late = SEVEN + timedelta(hours=2)
    an_alert(masthead, night[1][0], kei, alert_class=AlertClass.STORY, at=late, text="More")
    run(sender, late)
    run(sender, late + timedelta(hours=10))
    assert len(browser.got) == 1

    run(sender, EIGHT + timedelta(hours=24) - MINUTE)
    assert len(browser.got) == 1
    run(sender, EIGHT + timedelta(hours=24))
    assert browser.texts[1:] == ["More"]
    assert browser.got[1][1]["notification"]["navigate"].endswith(f"-{night[1][0].pk}")


def test_what_was_taken_back_or_killed_is_not_in_it(night, kei, browser, sender):
    _, stories, alerts = night
    kill_story(stories[0].pk, reason="Wrong.", by="Ana Mori", at=MIDNIGHT)
    alerting.withdraw(alerts[1].pk, reason="Wrong.", text="Gone.", by=kei.pk, at=MIDNIGHT)
    models.Alert.objects.filter(pk=alerts[2].pk).update(state="withdrawn")
    run(sender, SEVEN)

    assert browser.texts == ["Number 3\nNumber 4"]


def test_where_nothing_is_left_nothing_comes(night, browser, sender):
    models.Alert.objects.update(state="withdrawn")
    run(sender, SEVEN)

    assert browser.got == []
    assert not models.Push.objects.filter(digest_at=None).exists()


def test_who_paused_or_waited_too_long_gets_none(night, browser, sender):
    following.pause(night[0], until=SEVEN + timedelta(days=2), at=MIDNIGHT)
    run(sender, SEVEN)
    assert browser.got == []
    run(sender, SEVEN + timedelta(days=3))
    assert browser.got == []


def test_a_browser_that_is_gone_is_removed(night, browser, service, sender):
    service.answers["one"] = [410]
    run(sender, SEVEN)

    night[0].refresh_from_db()
    assert night[0].left_why == "gone"


def test_another_letter_may_take_what_is_held(night):
    row, _, alerts = night
    held = digesting.held_for(row.pk, at=SEVEN)

    assert [one.pk for one in held] == [one.pk for one in alerts]
    assert digesting.take(row.pk, at=SEVEN) == held
    assert digesting.take(row.pk, at=SEVEN) == []
