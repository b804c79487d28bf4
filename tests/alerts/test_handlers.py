"""What alerts do when their story is killed, withdrawn or corrected."""

import pytest

from dateline.alerts import handlers, models
from dateline.alerts.domain.kinds import Fate, State
from dateline.stories.events import StoryCorrected, StoryWithdrawn
from dateline.stories.models import Story
from dateline.stories.services.kills import kill_story
from tests.factories.alerts import NOON, a_follower, an_alert

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shown(site, masthead, story, kei, aya, browser, sender):
    """An alert that a browser shows."""
    a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)
    while sender.send_due(at=NOON):
        pass
    return alert


def send_all(sender):
    while sender.send_due(at=NOON):
        pass


def corrected(story, *, version=2, kind="correction"):
    handlers.replace_corrected(
        StoryCorrected(
            story_id=story.pk, masthead_ids=(1,), at=NOON, by="Ana", version=version,
            correction_id=1, kind=kind,
        )
    )  # fmt: skip


def withdrawn(story, *, expired=False):
    handlers.take_back_withdrawn(
        StoryWithdrawn(
            story_id=story.pk, masthead_ids=(1,), at=NOON, by="Ana", reason="", expired=expired
        )
    )


def test_a_correction_takes_the_place_of_what_was_shown_once(story, shown, browser, sender):
    Story.objects.filter(pk=story.pk).update(headline="Ferry is still at sea")
    corrected(story)
    corrected(story)
    send_all(sender)

    assert browser.texts == ["Ferry returns to harbour", "Ferry is still at sea"]
    corrected(story, version=3)
    send_all(sender)
    assert len(browser.got) == 3


def test_a_clarification_changes_no_alert(story, shown):
    corrected(story, kind="clarification")

    assert models.Alert.objects.count() == 1


def test_what_has_not_left_goes_out_with_the_headline_of_now(
    site, masthead, story, kei, aya, browser, sender
):
    a_follower(site, browser)
    an_alert(masthead, story, kei, second=aya, text="Ferry is lost")
    corrected(story)
    send_all(sender)

    assert browser.texts == ["Ferry returns to harbour"]


def test_a_withdrawn_story_takes_its_alert_back_once(story, shown, browser, sender):
    withdrawn(story)
    withdrawn(story)
    Story.objects.filter(pk=story.pk).update(live=False)
    send_all(sender)

    shown.refresh_from_db()
    assert shown.state == State.WITHDRAWN
    assert browser.texts[1:] == [
        "We have taken this story down. Please do not rely on our earlier alert."
    ]


def test_a_story_whose_time_was_over_leaves_its_alert(story, shown):
    withdrawn(story, expired=True)

    shown.refresh_from_db()
    assert shown.state == State.DONE


def test_a_kill_stops_a_correction_that_has_not_left(story, shown, browser, sender):
    corrected(story)
    kill_story(story.pk, reason="Wrong.", by="Ana Mori", at=NOON)
    send_all(sender)

    assert browser.texts[1:] == [
        "We have withdrawn this story. Please do not rely on our earlier alert."
    ]
    states = models.Alert.objects.order_by("pk").values_list("change", "state")
    assert list(states) == [
        ("", "withdrawn"), ("replaces", "withdrawn"), ("withdraws", "done"),
    ]  # fmt: skip


def test_a_kill_before_anything_left_sends_nothing(
    site, masthead, story, kei, aya, browser, sender
):
    a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)
    kill_story(story.pk, reason="Wrong.", by="Ana Mori", at=NOON)
    send_all(sender)

    alert.refresh_from_db()
    assert (alert.state, browser.got) == (State.WITHDRAWN, [])
    assert not models.Push.objects.filter(fate=Fate.SENT).exists()
