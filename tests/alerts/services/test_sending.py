"""A released alert reaches each follower once, through a real push service, as they chose."""

from datetime import timedelta

import pytest

from dateline.alerts import models
from dateline.alerts.domain.kinds import AlertClass, Fate, State
from dateline.alerts.services import following, sending
from dateline.edge import queries as edge
from dateline.stories import models as story_models
from dateline.stories.services.kills import kill_story
from tests.factories.alerts import MINUTE, NOON, a_follower, an_alert
from tests.factories.newsroom import a_masthead, a_story
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = (22 * 60, 7 * 60)
MIDNIGHT = NOON + timedelta(hours=12)


def fates(alert):
    rows = models.Push.objects.filter(alert=alert).order_by("follower_id")
    return [(row.fate, row.why) for row in rows]


def send_all(sender, at=NOON):
    while sender.send_due(at=at):
        pass


def test_a_confirmed_breaking_alert_reaches_its_followers(
    site, masthead, story, kei, aya, service, sender
):
    browsers = [service.browser(str(number)) for number in range(5)]
    for browser in browsers:
        a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)

    assert sender.send_due(at=NOON) == 5
    send_all(sender)

    assert [one.texts for one in browsers] == [["Ferry returns to harbour"]] * 5
    fields, payload = browsers[0].got[0]
    assert (fields["TTL"], fields["Urgency"]) == ("14400", "high")
    assert fields["Topic"] == f"m{masthead.pk}-s{story.pk}"
    assert payload["notification"]["navigate"].endswith(f"-{story.pk}")
    assert payload["notification"]["title"] == "Musashi · Breaking"
    assert len(service.tokens) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.ended_at, fates(alert)) == (State.DONE, NOON, [(Fate.SENT, "")] * 5)


def test_connections_are_kept(site, masthead, story, kei, aya, service, sender):
    for number in range(200):
        a_follower(site, service.browser(str(number)))
    an_alert(masthead, story, kei, second=aya)
    send_all(sender)
    first = len(service.connections)
    an_alert(masthead, a_story("Another"), kei, second=aya)
    send_all(sender)

    assert first == len(service.connections) <= 64


def test_pages_are_purged_before_the_first_push(
    site, masthead, story, kei, aya, browser, service, sender, settings
):
    seen = []

    async def look(request):
        newest = edge.status(settings.DATELINE_EDGE_DIR, limit=1).newest
        seen.append([purge.cause for purge in newest])
        return await service._take(request)

    service.answers["one"] = [look]
    a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)
    send_all(sender)

    assert seen == [[f"alert {alert.pk}"]]


@pytest.mark.parametrize(
    ("wish", "fate"),
    [
        ({}, (Fate.SENT, "")),
        ({"quiet": NIGHT}, (Fate.SENT, "")),
        ({"quiet": NIGHT, "zone": "America/New_York"}, (Fate.HELD, "quiet")),
        ({"caps": dict.fromkeys(AlertClass, 0)}, (Fate.HELD, "cap")),
    ],
    ids=["by day", "by day with a quiet night", "by night elsewhere", "wants none"],
)
def test_caps_and_quiet_hours_hold_an_alert(
    site, masthead, story, kei, browser, sender, wish, fate
):
    a_follower(site, browser, stories=[story.pk], **wish)
    alert = an_alert(masthead, story, kei, alert_class=AlertClass.STORY)
    send_all(sender)

    assert fates(alert) == [fate]
    assert len(browser.got) == (fate[0] == Fate.SENT)


def test_a_confirmed_breaking_alert_wakes_and_counts_to_its_cap(
    site, masthead, story, kei, aya, browser, sender
):
    caps = dict.fromkeys(AlertClass, 1)
    a_follower(site, browser, quiet=NIGHT, caps=caps)
    an_alert(masthead, story, kei, second=aya, at=MIDNIGHT)
    send_all(sender, at=MIDNIGHT)
    second = an_alert(masthead, a_story("Another"), kei, second=aya, at=MIDNIGHT + MINUTE)
    send_all(sender, at=MIDNIGHT + MINUTE)

    assert browser.texts == ["Ferry returns to harbour"]
    assert fates(second) == [(Fate.HELD, "cap")]


def test_only_those_who_follow_it_get_it(site, masthead, kei, service, sender):
    story = a_story("Rails", at=NOON - MINUTE)
    topic = story_models.Topic.objects.create(name="Travel", slug="travel")
    story.topics.set([topic])
    story.save()
    other = site_of(a_masthead("kinako").slug)
    wishes = {
        "topic": {"topics": [topic.pk]}, "none": {}, "story": {"stories": [story.pk]},
        "paused": {"topics": [topic.pk]}, "left": {"topics": [topic.pk]},
    }  # fmt: skip
    rows = {name: a_follower(site, service.browser(name), **w) for name, w in wishes.items()}
    a_follower(other, service.browser("elsewhere"), topics=[topic.pk])
    following.pause(rows["paused"], until=NOON + MINUTE, at=NOON)
    following.leave(rows["left"], at=NOON)
    an_alert(masthead, story, kei, alert_class=AlertClass.TOPIC, topic_id=topic.pk)
    send_all(sender)

    assert [name for name, browser in service.browsers.items() if browser.got] == ["topic"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_removed(
    site, masthead, story, kei, aya, browser, service, sender, status
):
    row = a_follower(site, browser, stories=[story.pk])
    service.answers["one"] = [status]
    alert = an_alert(masthead, story, kei, second=aya)
    send_all(sender)

    row.refresh_from_db()
    assert fates(alert) == [(Fate.GONE, f"status {status}")]
    assert (row.endpoint, bytes(row.p256dh), row.left_at, row.left_why) == ("", b"", NOON, "gone")
    assert not row.followings.exists()


def test_trouble_is_waited_out_and_then_it_arrives(
    site, masthead, story, kei, aya, browser, service, sender
):
    a_follower(site, browser)
    service.answers["one"] = [503, {"Retry-After": "600"}]
    alert = an_alert(masthead, story, kei, second=aya)

    send_all(sender)
    assert (fates(alert), browser.got) == ([(Fate.WAITING, "")], [])
    send_all(sender, at=NOON + timedelta(seconds=29))
    send_all(sender, at=NOON + timedelta(seconds=30))
    send_all(sender, at=NOON + timedelta(seconds=629))
    assert browser.got == []
    send_all(sender, at=NOON + timedelta(seconds=630))

    assert browser.texts == ["Ferry returns to harbour"]
    assert fates(alert) == [(Fate.SENT, "")]


def test_a_service_that_never_takes_it_ends_as_failed(
    site, masthead, story, kei, aya, browser, service, sender
):
    a_follower(site, browser)
    service.answers["one"] = [500] * 6
    alert = an_alert(masthead, story, kei, second=aya)
    for hours in range(6):
        send_all(sender, at=NOON + timedelta(hours=hours))

    assert fates(alert) == [(Fate.FAILED, "status 500")]


@pytest.mark.parametrize("status", [400, 403, 413, 301])
def test_a_refusal_is_for_good(site, masthead, story, kei, aya, browser, service, sender, status):
    a_follower(site, browser)
    service.answers["one"] = [status]
    alert = an_alert(masthead, story, kei, second=aya)
    send_all(sender)

    assert fates(alert) == [(Fate.FAILED, f"status {status}")]


def test_a_service_that_is_trusted_no_more_is_not_spoken_to(
    site, masthead, story, kei, aya, browser, sender, settings
):
    a_follower(site, browser)
    settings.DATELINE_PUSH_TRUSTED = frozenset()
    alert = an_alert(masthead, story, kei, second=aya)
    send_all(sender)

    assert fates(alert) == [(Fate.FAILED, "no push service")]


def test_a_story_that_closed_meanwhile_stops_its_alert(
    site, masthead, story, kei, aya, browser, sender
):
    a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)
    story_models.Story.objects.filter(pk=story.pk).update(live=False)
    send_all(sender)

    alert.refresh_from_db()
    assert (alert.state, fates(alert), browser.got) == (State.WITHDRAWN, [(Fate.STOPPED, "")], [])


def test_nothing_is_sent_twice_after_a_crash(
    site, masthead, story, kei, aya, browser, sender, monkeypatch
):
    a_follower(site, browser)
    alert = an_alert(masthead, story, kei, second=aya)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "settle", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sender.send_due(at=NOON)
    send_all(sender)

    topics = {fields["Topic"] for fields, _ in browser.got}
    assert (len(browser.got), len(topics)) == (2, 1)  # the second takes the first one's place
    assert fates(alert) == [(Fate.SENT, "")]


def test_nobody_is_asked_where_nobody_follows(site, masthead, story, kei, aya, sender):
    alert = an_alert(masthead, story, kei, second=aya)
    send_all(sender)

    alert.refresh_from_db()
    assert (alert.state, fates(alert)) == (State.DONE, [])


def test_an_alert_that_was_started_elsewhere_is_not_started_again(masthead, story, kei, aya):
    alert = an_alert(masthead, story, kei, second=aya)
    models.Alert.objects.update(state=State.WITHDRAWN)
    sending.start(alert, at=NOON)

    assert models.Alert.objects.get().state == State.WITHDRAWN


def test_a_killed_story_is_replaced_on_every_screen(
    site, masthead, story, kei, aya, browser, sender
):
    a_follower(site, browser, quiet=NIGHT)
    an_alert(masthead, story, kei, second=aya)
    send_all(sender)
    kill_story(story.pk, reason="Wrong.", by="Ana Mori", at=MIDNIGHT)
    send_all(sender, at=MIDNIGHT)

    assert browser.texts[1:] == [
        "We have withdrawn this story. Please do not rely on our earlier alert."
    ]
    fields, payload = browser.got[1]
    assert (fields["Topic"], fields["Urgency"]) == (f"m{masthead.pk}-s{story.pk}", "high")
    assert payload["notification"]["silent"] is True
