"""Alerts by mail: once to each reader, when they chose, true to the last moment, and put right."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.alerts import models
from dateline.alerts.domain.errors import AlertRefused, NotYours
from dateline.alerts.domain.kinds import AlertClass, Fate, Pace, State
from dateline.alerts.services import alerting, amending, freezing, mail_digests, mailing
from dateline.alerts.services import sending as pushing
from dateline.mail.domain.states import MailingState
from dateline.mail.models import Entry, Mailing, Stretch
from dateline.mail.services import mailings
from dateline.outbox import services as outbox
from dateline.stories.models import Topic
from dateline.stories.services.kills import kill_story
from dateline.stories.services.publishing import correct_story
from tests.factories.alerts import (
    MINUTE,
    NOON,
    a_follower,
    a_mail_follower,
    an_alert,
    entries,
    mail_texts,
)
from tests.factories.newsroom import a_story

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
NIGHT = (22 * 60, 7 * 60)
MIDNIGHT = NOON + 12 * HOUR
SEVEN, EIGHT = MIDNIGHT + 7 * HOUR, MIDNIGHT + 8 * HOUR


def run(sender, at=NOON):
    """What the worker's loops do until nothing is left to do."""
    while sender.send_due(at=at) or mailing.send_due(at=at) or amending.send_due(at=at):
        pass
    mail_digests.gather(at=at)


def key(alert):
    return f"alerts.alert:{alert.pk}"


def left(subject_key, at=NOON):
    """Note in the ledger that every mail of a mailing was taken by the next server."""
    rows = Entry.objects.filter(mailing__subject_key=subject_key, fate="waiting")
    count = rows.update(fate="sent", settled_at=at)
    Stretch.objects.filter(mailing__subject_key=subject_key).update(sent=count, next_at=None)
    Mailing.objects.filter(subject_key=subject_key).update(state=MailingState.DONE.value)


@pytest.fixture
def alert(site, masthead, story, kei, aya):
    """Breaking news for Ana, confirmed."""
    a_mail_follower(site)
    return an_alert(masthead, story, kei, second=aya)


def test_a_confirmed_alert_is_frozen_once_and_leaves_after_the_purge(alert, sender):
    assert mailing.send_due(at=NOON) == 0  # no page was purged
    run(sender)
    run(sender)

    assert entries() == [("ana@example.test", "waiting")]
    mail = Mailing.objects.get()
    assert (mail.subject_key, mail.state) == (key(alert), "sending")
    assert (mail.scope, mail.envelope_from) == (
        f"alerts:breaking:{alert.masthead_id}", "bounces@localhost",
    )  # fmt: skip
    alert.refresh_from_db()
    assert (alert.state, alert.purged_at) == (State.DONE, NOON)


def test_the_mail_is_small_and_names_its_kind_and_the_way_out(alert, sender):
    run(sender)

    (mail,) = mail_texts(key(alert))
    assert mail["Subject"] == "Breaking: Ferry returns to harbour"
    assert mail["List-Id"] == "<breaking.alerts.musashi.localhost>"
    assert mail["List-Unsubscribe"].startswith("<http://musashi.localhost:8000/newsletters/out/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_body(("plain",)).get_content()
    assert "Ferry returns to harbour" in text
    assert "You asked Musashi for breaking news by mail." in text
    html = mail.get_body(("html",)).get_content()
    assert "prefers-color-scheme: dark" in html
    assert len(bytes(mail)) < 16_000


def test_a_japanese_title_writes_japanese(alert, masthead, sender):
    masthead.language = "ja"
    masthead.save()
    run(sender)

    (mail,) = mail_texts(key(alert))
    assert mail["Subject"] == "【速報】Ferry returns to harbour"
    assert "速報メールをご希望いただいたため" in mail.get_body(("plain",)).get_content()


def test_nothing_leaves_before_the_second_person(site, masthead, story, kei, sender):
    a_mail_follower(site)
    an_alert(masthead, story, kei)
    run(sender)

    assert entries() == []


def test_topics_and_stories_reach_those_who_follow_them(site, masthead, story, kei, sender):
    topic = Topic.objects.create(name="Travel", slug="travel")
    story.topics.set([topic])
    story.save()
    a_mail_follower(site, "topic@example.test", 1, breaking=False, topics=[topic.pk])
    a_mail_follower(site, "story@example.test", 2, breaking=False, stories=[story.pk])
    of_topic = an_alert(
        masthead, story, kei, alert_class=AlertClass.TOPIC, topic_id=topic.pk
    )  # fmt: skip
    of_story = an_alert(masthead, story, kei, alert_class=AlertClass.STORY)
    run(sender)

    assert entries(key(of_topic)) == [("topic@example.test", "waiting")]
    assert entries(key(of_story)) == [("story@example.test", "waiting")]
    (mail,) = mail_texts(key(of_topic))
    assert mail["List-Id"] == f"<topic-{topic.pk}.alerts.musashi.localhost>"
    assert "You follow “Travel” at Musashi by mail." in mail.get_body(("plain",)).get_content()
    (mail,) = mail_texts(key(of_story))
    assert mail["List-Id"] == f"<story-{story.pk}.alerts.musashi.localhost>"


def test_a_cap_holds_for_mail_as_for_push(site, masthead, kei, sender):
    stories = [a_story(f"Number {n}", at=NOON - MINUTE) for n in range(2)]
    row = a_mail_follower(
        site, stories=[one.pk for one in stories], caps=dict.fromkeys(AlertClass, 1)
    )
    for one in stories:
        an_alert(masthead, one, kei, alert_class=AlertClass.STORY)
        run(sender)

    fates = models.Push.objects.filter(follower=row).order_by("pk").values_list("fate", "why")
    assert list(fates) == [(Fate.SENT, ""), (Fate.HELD, "cap")]
    run(sender, EIGHT - MINUTE)
    assert len(entries()) == 1
    run(sender, EIGHT)
    assert len(entries("alerts.digest")) == 1


def test_quiet_hours_collapse_into_one_mail_when_they_are_over(site, masthead, kei, sender):
    stories = [a_story(f"Number {n}", at=NOON - MINUTE) for n in range(3)]
    a_mail_follower(site, quiet=NIGHT, stories=[one.pk for one in stories])
    for one in stories:
        an_alert(
            masthead, one, kei, alert_class=AlertClass.STORY, at=MIDNIGHT, text=one.headline
        )  # fmt: skip
    run(sender, MIDNIGHT)
    run(sender, SEVEN - MINUTE)
    assert entries() == []
    run(sender, SEVEN)
    run(sender, EIGHT)

    assert entries() == [("ana@example.test", "waiting")]
    (mail,) = mail_texts(f"alerts.digest:{models.MailDigest.objects.get().pk}")
    assert mail["Subject"] == "Musashi · Alerts that waited"
    assert mail["List-Id"] == "<digest.alerts.musashi.localhost>"
    text = mail.get_body(("plain",)).get_content()
    assert [f"Number {n}" in text for n in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("pace", "early", "due"),
    [
        (Pace.HOURLY, NOON + 59 * MINUTE, NOON + HOUR),
        (Pace.DAILY, EIGHT - MINUTE, EIGHT),
    ],
)
def test_hourly_and_daily_wait_for_their_moment(alert, site, sender, pace, early, due):
    a_mail_follower(site, paces={AlertClass.BREAKING: pace})
    run(sender)
    run(sender, early)
    assert entries() == []
    run(sender, due)

    assert entries("alerts.digest") == [("ana@example.test", "waiting")]


def test_those_who_wait_for_the_same_get_the_same_mail(alert, site, sender):
    for person, address in ((1, "ana@example.test"), (2, "ben@example.test")):
        a_mail_follower(site, address, person, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    run(sender, NOON + HOUR)

    assert models.MailDigest.objects.count() == 1
    assert len(entries("alerts.digest")) == 2


def test_a_killed_story_stops_what_has_not_left(alert, story, sender):
    run(sender)
    kill_story(story.pk, reason="Names a minor.", by="ana", at=NOON)
    deliver()

    assert entries(key(alert)) == [("ana@example.test", "stopped")]
    run(sender, NOON + MINUTE)
    assert len(Mailing.objects.all()) == 1  # nobody asked for a mail that says so


def test_a_killed_story_is_in_no_digest(alert, story, site, sender):
    a_mail_follower(site, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    run(sender, NOON + HOUR)
    kill_story(story.pk, reason="Names a minor.", by="ana", at=NOON + HOUR)
    deliver()

    assert entries("alerts.digest") == [("ana@example.test", "stopped")]


def test_a_digest_keeps_what_still_stands(site, masthead, kei, sender):
    stories = [a_story(f"Number {n}", at=NOON - MINUTE) for n in range(2)]
    a_mail_follower(
        site, stories=[one.pk for one in stories], paces={AlertClass.STORY: Pace.HOURLY}
    )
    for one in stories:
        an_alert(masthead, one, kei, alert_class=AlertClass.STORY, text=one.headline)
    run(sender)
    run(sender, NOON + HOUR)
    kill_story(stories[0].pk, reason="Wrong.", by="ana", at=NOON + HOUR)
    correct(stories[1], "Number one, corrected", at=NOON + HOUR)

    (mail,) = mail_texts(f"alerts.digest:{models.MailDigest.objects.get().pk}")
    text = mail.get_body(("plain",)).get_content()
    assert "Number 0" not in text
    assert "Number one, corrected" in text
    assert entries("alerts.digest") == [("ana@example.test", "waiting")]


def correct(story, headline, at=NOON):
    correct_story(
        story.pk, kind="correction", text="It was wrong.", by="ana", at=at,
        changes={"headline": headline},
    )  # fmt: skip
    deliver()


def deliver():
    while outbox.deliver_due():
        pass


def test_a_corrected_story_is_right_in_what_has_not_left(alert, story, sender):
    run(sender)
    correct(story, "Ferry did not return")

    (mail,) = mail_texts(key(alert))
    assert mail["Subject"] == "Breaking: Ferry did not return"
    assert entries(key(alert)) == [("ana@example.test", "waiting")]


def test_a_correction_is_mailed_once_where_somebody_asks(alert, story, kei, site, sender):
    run(sender)
    left(key(alert))
    a_mail_follower(site, "late@example.test", 9)  # came since: was told nothing wrong
    correct(story, "Ferry did not return", at=NOON + MINUTE)
    run(sender, NOON + 2 * MINUTE)
    later = alert.later.get()
    assert entries() == [("ana@example.test", "sent")]

    amending.ask_mail(later.pk, by=kei.pk, at=NOON + 2 * MINUTE)
    run(sender, NOON + 2 * MINUTE)
    run(sender, NOON + 3 * MINUTE)

    assert entries(key(later)) == [("ana@example.test", "waiting")]
    (mail,) = mail_texts(key(later))
    assert mail["Subject"] == "Corrected: Ferry did not return"
    with pytest.raises(AlertRefused, match="told before"):
        amending.ask_mail(later.pk, by=kei.pk, at=NOON + 3 * MINUTE)


def test_a_withdrawal_is_mailed_to_those_who_got_a_digest_too(alert, story, kei, site, sender):
    a_mail_follower(site, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    run(sender, NOON + HOUR)
    left(f"alerts.digest:{models.MailDigest.objects.get().pk}", NOON + HOUR)
    kill_story(story.pk, reason="Names a minor.", by="ana", at=NOON + 2 * HOUR)
    deliver()
    run(sender, NOON + 2 * HOUR)
    later = alert.later.get()
    amending.ask_mail(later.pk, by=kei.pk, at=NOON + 2 * HOUR)
    run(sender, NOON + 2 * HOUR + MINUTE)

    assert entries(key(later)) == [("ana@example.test", "waiting")]
    (mail,) = mail_texts(key(later))
    assert "/newsletters/out/" in mail.get_body(("plain",)).get_content()
    assert "Read the story" not in mail.get_body(("html",)).get_content()


def test_only_who_sends_alerts_asks_and_only_for_a_change(alert, kei, sender):
    run(sender)
    with pytest.raises(NotYours):
        amending.ask_mail(alert.pk, by=UUID(int=1), at=NOON)
    with pytest.raises(AlertRefused, match="nothing to tell"):
        amending.ask_mail(alert.pk, by=kei.pk, at=NOON)


def test_a_correction_that_is_overtaken_by_a_kill_does_not_leave(
    alert, story, kei, sender, monkeypatch
):
    run(sender)
    left(key(alert))
    correct(story, "Ferry did not return", at=NOON + MINUTE)
    run(sender, NOON + MINUTE)
    later = alert.later.get()
    amending.ask_mail(later.pk, by=kei.pk, at=NOON + MINUTE)
    frozen = freezing.freeze_once

    def killed_meanwhile(*given, **told):
        number = frozen(*given, **told)
        kill_story(story.pk, reason="Wrong.", by="ana", at=NOON + 2 * MINUTE)
        deliver()
        return number

    monkeypatch.setattr(amending, "freeze_once", killed_meanwhile)
    assert amending.send_due(at=NOON + 2 * MINUTE) == 0

    assert entries(key(later)) == [("ana@example.test", "stopped")]


def test_an_alert_that_is_taken_back_while_it_is_frozen_does_not_leave(
    alert, kei, sender, monkeypatch
):
    frozen = freezing.freeze_once

    def withdrawn_meanwhile(*given, **told):
        number = frozen(*given, **told)
        alerting.withdraw(alert.pk, reason="No.", text="Sorry.", by=kei.pk, at=NOON)
        return number

    monkeypatch.setattr(mailing, "freeze_once", withdrawn_meanwhile)
    run(sender)

    assert entries(key(alert)) == [("ana@example.test", "stopped")]


def test_a_digest_whose_alerts_are_taken_back_while_it_is_frozen_does_not_leave(
    alert, kei, site, sender, monkeypatch
):
    a_mail_follower(site, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    frozen = freezing.freeze_once

    def withdrawn_meanwhile(*given, **told):
        number = frozen(*given, **told)
        alerting.withdraw(alert.pk, reason="No.", text="Sorry.", by=kei.pk, at=NOON + HOUR)
        return number

    monkeypatch.setattr(mail_digests, "freeze_once", withdrawn_meanwhile)
    run(sender, NOON + HOUR)

    assert entries("alerts.digest") == [("ana@example.test", "stopped")]


def test_a_story_that_closes_before_the_mail_leaves_takes_it_back(
    alert, story, sender, monkeypatch
):
    pushing.start(alert, at=NOON)
    monkeypatch.setattr(mailing, "open_of", lambda *_, **__: False)
    assert mailing.send_due(at=NOON) == 1

    alert.refresh_from_db()
    assert alert.state == State.WITHDRAWN
    assert entries() == []


def test_what_another_worker_chose_or_freezes_is_left_to_it(alert, sender, monkeypatch):
    pushing.start(alert, at=NOON)
    models.Alert.objects.filter(pk=alert.pk).update(state=State.WITHDRAWN)
    assert mailing.choose(alert.pk, at=NOON) == 0
    models.Alert.objects.filter(pk=alert.pk).update(state=State.SENDING)
    mailing.choose(alert.pk, at=NOON)

    def busy(*_, **__):
        raise mailings.AlreadyFrozen("Another worker.")

    monkeypatch.setattr(mailings, "freeze", busy)
    assert mailing.send_due(at=NOON) == 0
    assert entries() == []


def test_an_alert_that_waits_for_browsers_alone_is_left_alone(site, masthead, story, kei, browser):
    a_follower(site, browser, stories=[story.pk])
    pushing.start(an_alert(masthead, story, kei, alert_class=AlertClass.STORY), at=NOON)

    assert mailing.send_due(at=NOON) == 0


def test_a_digest_is_made_once_by_two_workers(alert, site, sender):
    a_mail_follower(site, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    pk = models.Push.objects.get().pk
    mail_digests._make(alert.masthead_id, [[pk]], at=NOON)
    mail_digests._make(alert.masthead_id, [[pk]], at=NOON)

    digest = models.MailDigest.objects.get()
    assert str(digest) == f"digest {digest.pk}"
    assert mail_digests._hand_on(digest.pk, at=NOON) == 1
    assert mail_digests._hand_on(digest.pk, at=NOON) == 0


def test_a_digest_of_nothing_is_closed(alert, kei, site, sender):
    a_mail_follower(site, paces={AlertClass.BREAKING: Pace.HOURLY})
    run(sender)
    mail_digests._make(alert.masthead_id, [[models.Push.objects.get().pk]], at=NOON)
    alerting.withdraw(alert.pk, reason="No.", text="Sorry.", by=kei.pk, at=NOON)
    run(sender)

    digest = models.MailDigest.objects.get()
    assert (digest.closed_at, digest.mailing) == (NOON, None)


def test_what_waits_for_a_day_and_a_half_comes_no_more(alert, site, sender):
    row = a_mail_follower(site, paces={AlertClass.BREAKING: Pace.DAILY})
    run(sender)
    row.paused_until = NOON + 72 * HOUR
    row.save()
    run(sender, NOON + 37 * HOUR)
    row.paused_until = None
    row.save()
    run(sender, NOON + 48 * HOUR)

    assert entries() == []


class Died(BaseException):
    """The worker was killed."""


STEPS = [
    (mailing, "choose"), (mailing, "freeze_once"), (mailing, "recut"), (mailings, "start"),
    (mail_digests, "freeze_once"), (mail_digests, "recut"), (mailings, "freeze"),
]  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    deaths=st.lists(
        st.tuples(st.integers(0, len(STEPS) - 1), st.booleans(), st.integers(1, 3)), max_size=5
    ),
    paces=st.lists(st.sampled_from(list(Pace)), min_size=2, max_size=4),
)
def test_wherever_it_dies_each_reader_gets_at_most_one_mail_and_in_the_end_one(
    site, masthead, kei, aya, sender, deaths, paces
):
    for table in (models.Push, models.MailDigest, models.Alert, models.Follower, Mailing):
        table.objects.all().delete()
    story = a_story(at=NOON - 10 * MINUTE)
    for person, pace in enumerate(paces, 1):
        a_mail_follower(
            site, f"r{person}@example.test", person, paces={AlertClass.BREAKING: pace}
        )  # fmt: skip
    an_alert(masthead, story, kei, second=aya)
    for which, after, nth in deaths:
        with pytest.MonkeyPatch.context() as patch:
            _dies_at(patch, STEPS[which], after=after, nth=nth)
            with suppress(Died):
                run(sender)
                run(sender, NOON + HOUR)
    for at in (NOON, NOON + HOUR, EIGHT):
        run(sender, at)

    got = [address for address, _ in entries()]
    assert sorted(got) == sorted({f"r{person}@example.test" for person in range(1, len(paces) + 1)})


def _dies_at(patch, step, *, after, nth):
    """Have the nth call of a step die before it does anything, or just after it did."""
    module, name = step
    real, calls = getattr(module, name), iter(range(1, 1_000))

    def dies(*given, **told):
        if next(calls) != nth:
            return real(*given, **told)
        if after:
            real(*given, **told)
        raise Died

    patch.setattr(module, name, dies)
