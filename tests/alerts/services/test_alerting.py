"""An alert is written by whoever may, confirmed by somebody else, sent once, and taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dateline.alerts import models
from dateline.alerts.domain.errors import AlertRefused, Duplicate, NotYours
from dateline.alerts.domain.kinds import AlertClass, State
from dateline.alerts.services import alerters, alerting
from dateline.stories.services.kills import kill_story
from tests.factories.alerts import MINUTE, NOON, an_alert, an_alerter
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_draft, a_masthead
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db
STORY = AlertClass.STORY


def test_a_breaking_alert_waits_for_a_second_person(masthead, story, kei, aya):
    alert = an_alert(masthead, story, kei)
    assert (alert.state, alert.asks_until) == (State.ASKING, NOON + 10 * MINUTE)

    with pytest.raises(AlertRefused, match="You wrote it"):
        alerting.confirm(alert.pk, by=kei.pk, at=NOON)
    alerting.confirm(alert.pk, by=aya.pk, at=NOON + MINUTE)
    alert.refresh_from_db()
    assert (alert.state, alert.confirmed_by_id) == (State.READY, aya.pk)
    assert [f["by"] for f in facts("alert.released")] == [str(aya.pk)]
    with pytest.raises(AlertRefused, match="ready already"):
        alerting.confirm(alert.pk, by=aya.pk, at=NOON + MINUTE)


def test_an_alert_that_nobody_confirms_lapses(masthead, story, kei, aya):
    alert = an_alert(masthead, story, kei)
    late = NOON + 10 * MINUTE

    with pytest.raises(AlertRefused, match="It lapsed at 03:10 UTC"):
        alerting.confirm(alert.pk, by=aya.pk, at=late)
    assert alerting.lapse_due(at=late - timedelta(seconds=1)) == 0
    assert alerting.lapse_due(at=late) == 1
    alert.refresh_from_db()
    assert alert.state == State.LAPSED
    an_alert(masthead, story, kei, at=late)  # and may be written again


def test_any_other_alert_leaves_at_once(masthead, story, kei):
    alert = an_alert(masthead, story, kei, alert_class=STORY, text="  Two \n spaces ")

    assert (alert.state, alert.text, alert.asks_until) == (State.READY, "Two spaces", None)


def test_it_is_sent_once(masthead, story, kei):
    key = uuid4()
    an_alert(masthead, story, kei, key=key, alert_class=STORY)

    with pytest.raises(Duplicate, match="on its way"):
        an_alert(masthead, story, kei, key=key, alert_class=STORY)
    with pytest.raises(Duplicate, match="Readers had a story alert"):
        an_alert(masthead, story, kei, alert_class=STORY, at=NOON + timedelta(hours=5))
    an_alert(masthead, story, kei)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"text": " "}, "0 characters"),
        ({"text": "x" * 121}, "121 characters; the limit is 120"),
        ({"alert_class": AlertClass.TOPIC}, "Choose a topic"),
        ({"alert_class": AlertClass.TOPIC, "topic_id": 9}, "Choose a topic"),
    ],
)
def test_what_is_no_alert_is_refused(masthead, story, kei, wrong, problem):
    with pytest.raises(AlertRefused, match=problem):
        an_alert(masthead, story, kei, **wrong)


def test_a_story_that_readers_may_not_see_is_no_alert(masthead, story, kei, aya):
    with pytest.raises(AlertRefused, match="may not be alerted"):
        an_alert(masthead, a_draft(), kei)
    alert = an_alert(masthead, story, kei)
    models.Alert.objects.update(state=State.ASKING)
    kill_story(story.pk, reason="Wrong.", by="Ana Mori", at=NOON)
    models.Alert.objects.update(state=State.ASKING)
    with pytest.raises(AlertRefused, match="may not be alerted"):
        alerting.confirm(alert.pk, by=aya.pk, at=NOON)


def test_nobody_alerts_another_title(masthead, story, kei):
    other = an_alerter(a_masthead("kinako"))
    alert = an_alert(masthead, story, kei)

    for deed in (
        lambda: an_alert(masthead, story, other),
        lambda: alerting.confirm(alert.pk, by=other.pk, at=NOON),
        lambda: alerting.withdraw(alert.pk, reason="", text="", by=other.pk, at=NOON),
    ):
        with pytest.raises(NotYours):
            deed()


def test_an_alert_is_taken_back_once(masthead, story, kei):
    alert = an_alert(masthead, story, kei)
    alerting.withdraw(alert.pk, reason="Wrong name.", text="Withdrawn.", by=kei.pk, at=NOON)

    alert.refresh_from_db()
    assert (alert.state, alert.why) == (State.WITHDRAWN, "Wrong name.")
    assert models.Alert.objects.count() == 1  # nobody was shown it
    with pytest.raises(AlertRefused, match="withdrawn already"):
        alerting.withdraw(alert.pk, reason="", text="", by=kei.pk, at=NOON)
    an_alert(masthead, story, kei)


def test_people_are_named_by_who_works_for_the_network(masthead, kei):
    boss, rin = an_alerter(None, "Boss"), a_reader()
    alerters.appoint(rin.pk, masthead_id=masthead.pk, by=boss.pk, at=NOON)
    assert models.Alerter.objects.filter(user=rin, masthead=masthead).exists()
    alerters.dismiss(rin.pk, masthead_id=masthead.pk, by=boss.pk, at=NOON)

    with pytest.raises(NotYours, match="whole network"):
        alerters.appoint(rin.pk, masthead_id=masthead.pk, by=kei.pk, at=NOON)
    assert [f["on"] for f in facts("alerters.changed")] == [True, False]
