"""The screen on which a person says what a notice in words means."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from dateline.stories import models
from dateline.stories.services import alarms, kill_proposals, kills
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.test_kill_proposals import FERRY, HOLD, asks, published, told

pytestmark = pytest.mark.django_db

HOME = "wagtailadmin_home"


def test_the_start_page_leads_to_it_and_nothing_pushes_it_out(desk, kna):
    alarm = told(asks(kna))
    for number in range(25):
        alarms.raise_alarm(key=f"held:{number}", kind="wire_held", text=f"Held {number}.")

    page = desk.get(reverse(HOME)).content.decode()

    assert address(alarm) in page
    assert "Look and decide" in page
    assert f"alarms/{alarm.pk}/acknowledge/" not in page


def test_an_alarm_is_acknowledged_with_the_form_as_the_start_page_has_it(kna):
    alarm_id = alarms.raise_alarm(key="held:1", kind="wire_held", text="Held.")
    browser = Client(enforce_csrf_checks=True, headers={"host": "desk.localhost"})
    browser.force_login(an_editor())
    page = browser.get(reverse(HOME)).content.decode()
    form = page[page.index(f"alarms/{alarm_id}/acknowledge/") :]
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    browser.post(
        reverse("stories_desk:acknowledge", args=[alarm_id]), {"csrfmiddlewaretoken": token}
    )

    assert models.DeskAlarm.objects.get().acknowledged_by == "Ana Mori"


def test_it_shows_the_notice_and_each_story_with_picture_place_and_reason(desk, kna, media_root):
    story = published(kna, picture=a_picture("marigold"), **FERRY)
    item = a_wire_item(kna, headline="Marigold sails home at noon, a picture", slugline="SHIPS")
    alarm = told(asks(kna, ed_note="It names the wrong ship.", language="en", **FERRY))

    page = desk.get(address(alarm)).content.decode()

    assert "It names the wrong ship." in page
    assert ".jpg" in page
    assert "no picture" in page
    assert f'value="story-{story.pk}" checked' in page
    assert f'value="item-{item.pk}" data' in page
    assert "since" in page
    assert "Musashi" in page
    assert "The notice has its slugline, FERRY-RETURN." in page
    assert "KNA: Marigold sails home at noon It names the wrong ship.</textarea>" in page
    assert "Kill these" in page


def test_kill_these_kills_what_is_ticked_and_goes_back_to_the_start_page(desk, kna):
    story, spared = published(kna, **FERRY), published(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))

    answer = decide(desk, alarm, meant=[f"story-{story.pk}", "story-x", "?"], reason="Wrong ship.")

    assert answer.redirect_chain[0][0] == reverse(HOME)
    assert said(answer) == "1 story is killed."
    story.refresh_from_db()
    spared.refresh_from_db()
    assert (story.kill_reason, story.killed_by, spared.killed_at) == (
        "Wrong ship.", "Ana Mori", None,
    )  # fmt: skip
    assert (
        "has decided: done as the agency asked. Wrong ship."
        in desk.get(address(alarm)).content.decode()
    )


def test_a_hold_says_hold_and_withholds(desk, kna):
    stories = [published(kna, **FERRY), published(kna, **FERRY)]
    alarm = told(asks(kna, details=HOLD, **FERRY))
    assert "Hold these" in desk.get(address(alarm)).content.decode()

    answer = decide(desk, alarm, meant=[f"story-{s.pk}" for s in stories], reason="Being checked.")

    assert said(answer) == "2 stories are held."
    assert models.Story.objects.filter(withheld_reason="Being checked.").count() == 2


def test_with_nothing_like_it_the_notice_is_remembered(desk, kna):
    alarm = told(asks(kna, slugline="FERRY-RETURN"))
    assert "Nothing we have is like it" in desk.get(address(alarm)).content.decode()

    assert said(decide(desk, alarm, reason="Not here yet.")) == "Remembered."

    alarm.refresh_from_db()
    assert alarm.proposal.outcome == "done"


def test_not_a_kill_is_recorded_with_its_reason(desk, kna):
    story = published(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))

    answer = decide(desk, alarm, none="1", why_not="A drill.")

    assert said(answer) == "Noted: it is not a kill. The record keeps why."
    alarm.refresh_from_db()
    story.refresh_from_db()
    assert (alarm.proposal.reason, alarm.acknowledged_by) == ("A drill.", "Ana Mori")
    assert story.killed_at is None


@pytest.mark.parametrize(
    ("posted", "problem", "kept"),
    [
        ({"reason": "Wrong ship."}, "Tick what is meant", "Wrong ship.</textarea>"),
        ({"meant": "story", "reason": " "}, "Write why.", "checked"),
        ({"none": "1", "why_not": " "}, "Write why it is not a kill.", "FERRY-RETURN"),
    ],
)
def test_a_refusal_keeps_ticks_and_words(desk, kna, posted, problem, kept):
    story = published(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))
    if posted.get("meant"):
        posted = {**posted, "meant": f"story-{story.pk}"}

    answer = desk.post(address(alarm), posted)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert problem in page
    assert kept in page
    assert ("checked" in page) is ("meant" in posted)


def test_who_comes_second_is_told_who_was_first(desk, kna):
    alarm = told(asks(kna))
    kill_proposals.dismiss(alarm.pk, reason="A drill.", by="Ben")

    assert "Ben has decided this already" in said(decide(desk, alarm, reason="Kill it."))


def test_what_could_not_be_taken_down_is_said_and_the_alarm_stays(desk, kna, monkeypatch):
    story = published(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))

    def stumble(_story_id, **_options):
        raise OSError("The disk is full.")

    monkeypatch.setattr(kills, "kill_story", stumble)
    answer = decide(desk, alarm, meant=[f"story-{story.pk}"], reason="Wrong ship.")

    assert said(answer) == "Not everything could be taken down. The disk is full. Try again."
    alarm.refresh_from_db()
    assert alarm.acknowledged_at is None


def test_acknowledging_it_is_refused_in_a_sentence(desk, kna):
    alarm = told(asks(kna))

    answer = desk.post(reverse("stories_desk:acknowledge", args=[alarm.pk]), follow=True)

    assert "Look at it and decide." in said(answer)


def test_only_who_may_kill_may_decide(kna):
    alarm = told(asks(kna))
    editor = an_editor("ben@dateline.example", superuser=False)
    for codename in ("access_admin", "change_story"):
        editor.user_permissions.add(Permission.objects.get(codename=codename))
    desk = Client(headers={"host": "desk.localhost"})
    desk.force_login(editor)

    assert "Waits for somebody who may kill" in desk.get(reverse(HOME)).content.decode()
    assert desk.get(address(alarm)).status_code == 302
    assert desk.post(address(alarm), {"none": "1", "why_not": "x"}).status_code == 302
    alarm.refresh_from_db()
    assert alarm.acknowledged_at is None


def test_an_alarm_that_proposes_nothing_is_not_found(desk, kna):
    held = alarms.raise_alarm(key="held:1", kind="wire_held", text="Held.")

    assert desk.get(reverse("stories_desk:decide", args=[held])).status_code == 404


def address(alarm):
    return reverse("stories_desk:decide", args=[alarm.pk])


def decide(desk, alarm, **posted):
    return desk.post(address(alarm), posted, follow=True)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()
