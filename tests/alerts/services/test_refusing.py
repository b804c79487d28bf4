"""What push services refuse for good: ours to mend is told to people, a lost one is removed."""

from datetime import timedelta

import pytest
import structlog

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Fate
from dateline.alerts.queries.desk import refusal_problem
from tests.factories.alerts import MINUTE, NOON, a_follower, an_alert
from tests.factories.newsroom import a_story

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def push(site, masthead, kei, sender):
    """Push one story's alert to these browsers, which follow it."""

    def pushed(*browsers, at=NOON):
        story = a_story(f"Number {at}", at=at - MINUTE)
        for browser in browsers:
            row = models.Follower.objects.filter(endpoint=browser.endpoint).first()
            if row is None:
                row = a_follower(site, browser, stories=[story.pk])
            else:
                models.Following.objects.create(follower=row, story=story, since=at)
        alert = an_alert(masthead, story, kei, alert_class=AlertClass.STORY, at=at)
        while sender.send_due(at=at):
            pass
        return dict(alert.pushes.values_list("fate", "why"))

    return pushed


def there(browser):
    return models.Follower.objects.filter(endpoint=browser.endpoint, left_at=None).exists()


@pytest.mark.parametrize("status", [401, 403, 413])
def test_what_is_ours_to_mend_alarms_and_removes_nobody(push, service, status):
    browser = service.browser("one")
    service.answers["one"] = [status] * 2
    with structlog.testing.capture_logs() as logs:
        for day in range(2):
            assert push(browser, at=NOON + 4 * day * DAY) == {Fate.FAILED: f"status {status}"}

    assert there(browser)
    told = [line for line in logs if line["event"] == "push_refused"]
    assert [(line["log_level"], line["status"]) for line in told] == [("error", status)] * 2
    last = NOON + 4 * DAY
    assert f"(status {status}, " in refusal_problem(at=last)
    assert refusal_problem(at=last + DAY) == ""


def test_one_that_is_refused_over_days_is_removed_with_its_reason(push, service):
    good, bad = service.browser("good"), service.browser("bad")
    service.answers["bad"] = [400] * 3
    for day, stays in ((0, True), (2, True), (3, False)):
        push(good, bad, at=NOON + day * DAY)
        assert there(bad) is stays

    assert there(good)
    assert models.Follower.objects.exclude(left_at=None).get().left_why == "refused"
    assert refusal_problem(at=NOON + 3 * DAY) == ""


def test_one_that_takes_a_push_in_between_begins_anew(push, service):
    good, bad = service.browser("good"), service.browser("bad")
    service.answers["bad"] = [400, 201, 400]
    for day in range(0, 9, 4):
        push(good, bad, at=NOON + day * DAY)

    assert there(bad)
    assert models.Follower.objects.get(endpoint=bad.endpoint).refused_since == NOON + 8 * DAY


def test_where_everybody_is_refused_nobody_is_removed(push, service):
    browsers = [service.browser(name) for name in ("a", "b")]
    for name in ("a", "b"):
        service.answers[name] = [400] * 2
    for day in (0, 4):
        push(*browsers, at=NOON + day * DAY)

    assert all(there(one) for one in browsers)
    assert "cannot read what is sent to anybody (status 400" in refusal_problem(at=NOON + 4 * DAY)


def test_a_refusal_is_named_by_service_and_status():
    assert str(models.PushRefusal(origin="https://push.example", status=403)) == (
        "403 https://push.example"
    )
