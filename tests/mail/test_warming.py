"""A new way begins with few mails a day, and never carries more than a day allows."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.mail import models
from dateline.mail.domain import curve
from dateline.mail.domain.esps import ESPS
from dateline.mail.domain.states import MailingState
from dateline.mail.queries import mailings as queries
from dateline.mail.queries import sending as asked
from dateline.mail.services import mailings, sending, warming
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.warming import WarmUp
from tests.mail.begun import LETTER, SEVEN, begun, counts, readers, send
from tests.mail.esps import esp
from tests.mail.servers import server
from tests.mail.test_command import said

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_folder")]
DAY = timedelta(days=1)
# Clocks that skip or repeat an hour, at midnight too, and one that skipped a whole day.
ZONES = ["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Africa/Cairo", "Asia/Beirut",
         "Australia/Lord_Howe", "America/Havana", "Atlantic/Azores", "Pacific/Apia"]  # fmt: skip
moments = st.integers(0, 16 * 366 * 24 * 60).map(
    lambda minutes: datetime(2011, 12, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_a_day_that_was_half_used_doubles_the_next():
    assert curve.allowance(200, []) == 200
    assert curve.allowance(200, [(200, 99)]) == 200
    assert curve.allowance(200, [(200, 100), (400, 400), (800, 3)]) == 800
    assert curve.allowance(1, [(1, 1)] * curve.DOUBLINGS) == 16_384
    assert curve.allowance(1, [(1, 1)] * (curve.DOUBLINGS + 1)) is None


@given(moments, st.sampled_from(ZONES))
def test_the_next_day_begins_where_this_one_ends_whatever_the_clocks_do(at, name):
    zone = ZoneInfo(name)
    begins = curve.next_day(at, zone)

    assert begins > at
    assert curve.day_of(begins, zone) > curve.day_of(at, zone)
    assert curve.day_of(begins - timedelta(seconds=1), zone) <= curve.day_of(at, zone) + DAY
    assert begins - at <= timedelta(hours=49)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(0, 2), st.sampled_from(["a.test", "b.test"])),
        st.tuples(st.just("fail"), st.integers(0, 2), st.just("b.test")),
        st.tuples(st.just("crash"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("end"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("wait"), st.integers(1, 40), st.just("")),
    ),
    max_size=60,
)


class Fleet:
    """Three sender processes of one way, and what each day and receiver got by them."""

    def __init__(self, name, first, at):
        self.zone, self.at, self.left = ZoneInfo(name), at, Counter()
        self.firsts = {"": first, "b.test": 2}
        self.senders = [self.fresh() for _ in range(3)]

    def fresh(self):
        return WarmUp("x", self.firsts, self.zone)

    def wait(self, hours, _):
        self.at += timedelta(hours=hours)

    def crash(self, number, _):
        self.senders[number] = self.fresh()

    def end(self, number, _):
        self.senders[number].end()
        self.crash(number, _)

    def send(self, number, receiver):
        for _ in range(7):
            if self.may_leave(self.senders[number], receiver):
                day = curve.day_of(self.at, self.zone)
                self.left.update({(day, ""), (day, receiver)})

    def fail(self, number, receiver):
        one = self.senders[number]
        if self.may_leave(one, receiver):
            one.spare("s.test", receiver, one.day)

    def may_leave(self, one, receiver):
        one.turned(self.at)
        found = one.may_leave("s.test", receiver)
        one.refill()
        return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS, st.sampled_from(ZONES), moments, st.integers(1, 30))
def test_never_more_than_a_day_allows_under_any_order_of_deaths_and_restarts(
    steps, name, at, first
):
    models.WarmDay.objects.all().delete()
    fleet = Fleet(name, first, at)
    for step, *how in steps:
        getattr(fleet, step)(*how)

    days = {(day.day, day.receiver): day for day in models.WarmDay.objects.all()}
    assert {key for key in fleet.left if key[1] != "a.test"} <= set(days)
    for (on, receiver), day in days.items():
        rows = models.WarmDay.objects.filter(receiver=receiver, day__lt=on)
        before = rows.values_list("allowed", "taken")
        assert day.allowed == curve.allowance(fleet.firsts[receiver], before)
        assert fleet.left[on, receiver] <= day.taken <= day.allowed


@pytest.mark.parametrize("name", ["smtp", "postmark"])
def test_what_a_day_does_not_allow_leaves_on_the_next_ones(settings, name, monkeypatch):
    settings.DATELINE_MAIL_WARM_UP = {"": 10}
    way = server(settings) if name == "smtp" else esp(settings, name)
    with way as receiver:
        mailing = begun(readers(65))
        sent = []
        for day in range(4):
            send(SEVEN + day * DAY)
            send(SEVEN + day * DAY + timedelta(hours=5))
            sent.append(counts(mailing)["sent"])

    assert sent == [10, 30, 65, 65]
    assert len(set(receiver.readers())) == len(receiver.readers()) == 65
    assert queries.progress(mailing).state is MailingState.DONE


def test_a_single_receiver_may_have_a_curve_of_its_own(settings):
    settings.DATELINE_MAIL_WARM_UP = {"slow.test": 2}
    slow = [Recipient(f"s{n}@slow.test", 100 + n) for n in range(5)]
    with server(settings) as receiver:
        mailing = begun([*slow, *readers(20)])
        send()
        assert counts(mailing) == {"sent": 22, "waiting": 3}
        send(SEVEN + DAY)

    assert counts(mailing) == {"sent": 25}
    assert len(receiver.taken) == 25


def test_a_stretch_that_is_not_in_hand_waits_untouched(settings, monkeypatch):
    monkeypatch.setattr(mailings, "SIZE", 20)
    settings.DATELINE_MAIL_WARM_UP = {"": 5}
    settings.DATELINE_MAIL_PATIENCE_S = 30.0  # a slow machine is no server that takes nothing
    with server(settings):
        mailing = begun(readers(200))
        send()

    tomorrow = datetime(2026, 11, 30, tzinfo=UTC)
    assert set(models.Stretch.objects.values_list("next_at", flat=True)) == {tomorrow}
    assert models.Entry.objects.filter(due_at=tomorrow).count() < 195
    assert counts(mailing) == {"sent": 5, "waiting": 195}


def test_another_sender_s_domain_is_another_way(settings):
    settings.DATELINE_MAIL_WARM_UP = {"": 3}
    other = LETTER.__class__("Evening", "", "x", "Tatami, Zürich <news@tatami.test>")
    with server(settings):
        begun(readers(5))
        begun(readers(5), "newsletters.edition:2", letters=[other])
        send()

    ways = dict(models.WarmDay.objects.values_list("way", "taken"))
    host = django_settings.EMAIL_HOST
    assert ways == {f"smtp {host} musashi.test": 3, f"smtp {host} tatami.test": 3}


def test_mails_that_do_not_leave_cost_the_day_nothing(settings):
    settings.DATELINE_MAIL_WARM_UP = {"": 4}

    def behave(verb, what):
        return "550 5.1.1 nobody" if verb == "RCPT" and what.startswith("RCPT TO:<r1@") else None

    with server(settings, behave) as receiver:
        mailing = begun(readers(6))
        send()

    assert counts(mailing) == {"sent": 4, "refused": 1, "waiting": 1}
    assert len(receiver.taken) == 4


@pytest.mark.parametrize("name", sorted(ESPS))
def test_an_esp_in_trouble_costs_the_day_nothing(settings, name):
    settings.DATELINE_MAIL_WARM_UP = {"": 4}
    with esp(settings, name, lambda _, n: (401, "no") if n < 3 else None):
        mailing = begun(readers(6))
        for _ in range(3):
            send()

    assert counts(mailing) == {"sent": 4, "waiting": 2}


def test_a_dead_sender_keeps_what_it_took_and_the_day_is_not_exceeded(settings):
    settings.DATELINE_MAIL_WARM_UP = {"": 30}
    dead = WarmUp(asked.route(), {"": 30}, ZoneInfo("UTC"))
    dead.turned(SEVEN)
    assert not dead.may_leave("musashi.test", "example.test")
    dead.refill()
    assert dead.may_leave("musashi.test", "example.test")
    dead.refill()  # nothing is wanted
    settings.EMAIL_HOST = "elsewhere"
    with esp(settings, "resend") as provider:
        models.WarmDay.objects.update(way="resend musashi.test")
        begun(readers(40))
        send()

    assert len(provider.taken) == 27
    assert models.WarmDay.objects.get().taken == 30


def test_at_midnight_what_was_taken_is_void():
    one = WarmUp("x", {"": 10}, ZoneInfo("Asia/Tokyo"))
    evening = datetime(2026, 11, 29, 14, 59, tzinfo=UTC)
    assert not one.turned(evening)
    one.refill()
    assert not one.may_leave("s.test", "")
    one.refill()
    assert one.may_leave("s.test", "")
    assert one.waits_for("s.test", "") is None
    assert one.turned(evening + timedelta(minutes=1))
    assert not one.may_leave("s.test", "")
    one.spare("s.test", "", date(2026, 11, 29))
    one.spare("s.test", "", one.day)
    assert one.purses == {}


def test_a_warm_way_has_no_limit_any_more():
    for day in range(curve.DOUBLINGS + 1):
        models.WarmDay.objects.create(
            way="x s.test", day=date(2026, 11, 1) + day * DAY, allowed=1, taken=1
        )
    one = WarmUp("x", {"": 1}, ZoneInfo("UTC"))
    one.turned(SEVEN)
    one.may_leave("s.test", "")
    one.refill()

    assert all(one.may_leave("s.test", "") for _ in range(1000))
    one.spare("s.test", "", one.day)
    one.end()
    assert warming.take("x s.test", "", 1, day=date(2026, 11, 29)) is None


def test_parked_mails_ask_anew_when_the_day_turns(settings):
    settings.DATELINE_MAIL_WARM_UP = {"": 10}
    settings.DATELINE_MAIL_RATES = {"example.test": 0.1}
    at = [datetime(2026, 11, 29, 23, 59, tzinfo=UTC)]
    with server(settings):
        mailing = begun(readers(4), at=SEVEN)
        sender = sending.Sender(sending.configured_lookup(), lambda: at[0])
        for _ in range(40):
            sender.step()
        assert sender.outgoing.parked
        at[0] += timedelta(minutes=2)
        sender.outgoing.begin_turn()
        sender.outgoing.refill()
        assert not sender.outgoing.parked
        sender.end()

    assert counts(mailing)["sent"] >= 1


def test_the_command_says_where_it_stands(settings, monkeypatch):
    settings.DATELINE_MAIL_WARM_UP = {"": 10, "example.test": 8}
    settings.TIME_ZONE = "Asia/Tokyo"
    monkeypatch.setattr("dateline.mail.management.commands.mail.clock.now", lambda: SEVEN)
    with server(settings) as receiver:
        mailing = begun(readers(20))
        send()

    host = settings.EMAIL_HOST
    assert len(receiver.taken) == 8
    lines = said("status").splitlines()
    assert lines[0].startswith(f"{mailing} newsletters.edition:1: sending, 12 of 20 waiting")
    assert lines[1:] == [
        f"Warm-up of smtp {host} musashi.test, to all: 8 of 10 today; 20 tomorrow.",
        f"Warm-up of smtp {host} musashi.test, to example.test: 8 of 8 today; 16 tomorrow.",
        "12 mails wait for 2026-11-30 00:00 JST.",
    ]
    told = json.loads(said("status", "--json"))["warm_up"]
    assert told["waiting"] == 12
    settings.DATELINE_MAIL_WARM_UP = {}
    assert "no limit tomorrow" in said("status")
    assert str(models.WarmDay.objects.first()).endswith("of 10")
