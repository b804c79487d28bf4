"""A drill goes all the way through a real server; what fails is said, and stands on the desk."""

from datetime import timedelta

import pytest
from aiohttp import web
from django.conf import settings as django_settings
from pytest_django.live_server_helper import LiveServer

from dateline.alerts import models
from dateline.alerts.adapters.encryption import encrypt, point_of
from dateline.alerts.queries import desk
from dateline.alerts.services import drills, keys
from dateline.mastheads import queries as mastheads
from dateline.project.hosts import Place
from tests import database
from tests.factories.alerts import NOON
from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch):
    monkeypatch.setattr(drills, "PAUSE_S", 0)


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        started = LiveServer("localhost")
        yield started
        started.stop()
        database.put_back(django_settings.SCRATCH / "migrated.sqlite3")


@pytest.fixture
def at_home(server, settings, monkeypatch):
    """The first masthead is where the server answers."""
    a_masthead()
    monkeypatch.setattr(mastheads, "origin_of", lambda _: server.url)
    mastheads._network.cache_clear()
    yield
    mastheads._network.cache_clear()


def test_it_comes_through(at_home, monkeypatch):
    monkeypatch.setattr("dateline.project.hosts.find", found_by_name)

    assert drills.run() is True
    row = models.Drill.objects.get()
    assert (row.at, row.came_at, row.problem) == (NOON, NOON, "")
    assert desk.drill_problem(at=NOON) == ""
    assert "No drill ran since 03:00 UTC" in desk.drill_problem(at=NOON + timedelta(minutes=76))


def test_where_nothing_answers_it_is_an_alarm_until_one_comes(masthead, logged, monkeypatch):
    monkeypatch.setattr(mastheads, "origin_of", lambda _: "http://127.0.0.1:9")
    mastheads._network.cache_clear()

    assert drills.run(at=NOON) is False
    assert desk.drill_problem(at=NOON) == (
        "The drill at 03:00 UTC, 20 November did not come through. Nothing answered."
    )
    assert "alert_drill_failed" in logged()
    mastheads._network.cache_clear()


def test_another_answer_is_said(masthead, service, monkeypatch):
    service.answers["drill"] = []
    monkeypatch.setattr(mastheads, "origin_of", lambda _: service.origin)
    mastheads._network.cache_clear()

    assert drills.run(at=NOON) is False
    assert models.Drill.objects.get().problem == f"{service.origin}/alerts/drill answered 404."
    mastheads._network.cache_clear()


def test_what_was_taken_and_did_not_arrive_is_said(masthead, service, monkeypatch):
    monkeypatch.setattr(drills, "PATH", "/push/drill")
    monkeypatch.setattr(mastheads, "origin_of", lambda _: service.origin)
    mastheads._network.cache_clear()

    async def lie(_request):
        return web.Response(status=201)

    service.answers["drill"] = [lie] * 3
    assert drills.run(at=NOON) is False
    assert models.Drill.objects.get().problem == "It was taken, and did not arrive."
    mastheads._network.cache_clear()


def test_a_server_that_just_starts_is_no_alarm(at_home, monkeypatch):
    monkeypatch.setattr("dateline.project.hosts.find", found_by_name)
    tried, push = [], drills._push

    def late(row, origin):
        tried.append(row)
        return "Nothing answered." if len(tried) == 1 else push(row, origin)

    monkeypatch.setattr(drills, "_push", late)
    assert drills.run() is True
    assert (len(tried), models.Drill.objects.get().problem) == (2, "")


def test_a_key_that_nobody_can_read_is_said(masthead, settings):
    keys.ensure(at=NOON)
    settings.SECRET_KEY = "another-key-of-this-installation"

    assert drills.run(at=NOON) is False
    assert "DATELINE_SECRET_KEY_FALLBACKS" in models.Drill.objects.get().problem


def test_without_a_masthead_there_is_nothing_to_try(db):
    mastheads._network.cache_clear()

    assert drills.run(at=NOON) is True
    assert desk.drill_problem(at=NOON) == ""


def test_only_a_drill_of_ours_counts(db):
    key, secret = drills._subscriber()
    models.Drill.objects.create(pk=7, at=NOON)
    body = encrypt(b'{"drill": 7}', key=point_of(key), secret=secret)

    assert drills.arrived(b"", at=NOON) is False
    assert drills.arrived(body[:-1] + b"x", at=NOON) is False
    assert drills.arrived(body, at=NOON) is True
    assert drills.arrived(body, at=NOON) is False  # a drill comes once


def found_by_name(_host):
    return Place("masthead", mastheads.all_mastheads()[0])
