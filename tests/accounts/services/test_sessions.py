"""A log-in of the network: who it is for, how long it goes on, and what ends it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from dateline.accounts.domain.ways import Way, fingerprint
from dateline.accounts.models import HandOver, LimitEntry, NetworkLogin
from dateline.accounts.services import handover, sessions
from dateline.outbox.models import FactRecord
from tests.factories.people import a_reader

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_session_is_its_reader_s_on_its_own_place_for_thirty_days(reader, request_):
    sessions.begin(request_, reader, at=NOON)
    session = request_.session

    assert sessions.person_of(session, place=":account", at=NOON) == reader
    assert sessions.person_of(session, place=":desk", at=NOON) is None
    assert sessions.person_of(session, place="musashi", at=NOON) is None
    assert sessions.person_of(session, place=":account", at=NOON + 30 * DAY) is None
    assert sessions.person_of(SessionStore(), place=":account", at=NOON) is None


def test_it_says_where_it_began(reader, request_):
    login = sessions.begin(request_, reader, at=NOON)

    assert (login.address, login.agent) == ("203.0.113.7", "A" * 200)
    assert sessions.login_id_of(request_.session) == login.pk
    assert sessions.login_id_of(SessionStore()) == sessions.NO_LOGIN


def test_a_password_that_somebody_else_set_ends_it(reader, request_):
    sessions.begin(request_, reader, at=NOON)
    reader.set_password("another-ferry-8")
    reader.save()

    assert sessions.person_of(request_.session, place=":account", at=NOON) is None


def test_a_password_that_was_set_in_it_does_not(reader, request_):
    login = sessions.begin(request_, reader, at=NOON)
    reader.set_password("another-ferry-8")
    reader.save()

    sessions.keep_after_new_password(reader, login_id=login.pk, at=NOON)

    assert sessions.person_of(request_.session, place=":account", at=NOON) == reader


def test_ending_it_is_told_once_and_is_true_for_every_session(reader, request_):
    login = sessions.begin(request_, reader, at=NOON)

    assert sessions.end(reader, login.pk, at=NOON + DAY, cause="test") == 1
    assert sessions.end(reader, login.pk, at=NOON + 2 * DAY, cause="test") == 0

    login.refresh_from_db()
    assert login.ended_at == NOON + DAY
    assert sessions.person_of(request_.session, place=":account", at=NOON) is None
    (told,) = FactRecord.objects.filter(name="reader.logins_ended")
    assert (told.payload["count"], told.payload["cause"]) == (1, "test")


def test_ending_the_others_leaves_this_one_and_other_people_s(reader, request_):
    kept = sessions.begin(request_, reader, at=NOON)
    for _ in range(2):
        sessions.begin(request_, reader, at=NOON)
    noise = sessions.begin(request_, a_reader("jun@example.test"), at=NOON)

    assert sessions.end_others(reader, but=kept.pk, at=NOON, cause="test") == 2

    assert set(NetworkLogin.objects.filter(ended_at=None)) == {kept, noise}


def test_leaving_without_a_log_in_harms_nothing(request_):
    request_.user = AnonymousUser()

    sessions.leave(request_, at=NOON, cause="test")

    assert not FactRecord.objects.exists()


def test_who_reads_is_a_person_or_nobody(reader, request_):
    request_.user = AnonymousUser()
    assert sessions.reader_of(request_) is None
    request_.user = reader
    assert sessions.reader_of(request_) == reader


def test_what_has_ended_is_forgotten_and_the_rest_is_kept(reader, request_):
    way = Way(to="musashi", path="/", nonce=fingerprint("n"))
    sessions.begin(request_, reader, at=NOON - 61 * DAY)
    new = sessions.begin(request_, reader, at=NOON)
    handover.issue(new, way, at=NOON - 2 * DAY)
    kept = handover.issue(new, way, at=NOON)
    for number, left in enumerate((-1, 1)):
        Session.objects.create(session_key=f"s{number}", expire_date=NOON + left * DAY)
        LimitEntry.objects.create(cache_key=f"l{number}", value="", expires=NOON + left * DAY)

    assert sessions.forget_old(at=NOON) == 4

    assert list(NetworkLogin.objects.all()) == [new]
    assert [row.code for row in HandOver.objects.all()] == [fingerprint(kept)]
    assert [row.session_key for row in Session.objects.all()] == ["s1"]
    assert [row.cache_key for row in LimitEntry.objects.all()] == ["l1"]


def test_where_a_log_in_came_from_is_forgotten_once_it_is_over(reader, request_):
    sessions.begin(request_, reader, at=NOON - 30 * DAY)
    new = sessions.begin(request_, reader, at=NOON - 29 * DAY)

    sessions.forget_old(at=NOON)

    known = NetworkLogin.objects.exclude(address=None) | NetworkLogin.objects.exclude(agent="")
    assert list(known.distinct()) == [new]
    assert NetworkLogin.objects.count() == 2


@pytest.fixture
def reader():
    return a_reader()


@pytest.fixture
def request_():
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="A" * 300)
    request.session = SessionStore()
    return request
