"""A title with somebody who books offers for it, at noon.

Fixtures:
  noon       the clock stands at factories.promos.NOON
  masthead   the title `musashi`; site: the same as pages see it
  kei        somebody who books offers for it
  boss       somebody who books offers for the network
  server     this module's own Django behind a real socket; its database is put back after
  browser    a Chromium for a module that has a `paper`, which must be laid out before it starts
"""

import pytest
from django.conf import settings
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from dateline import clock
from dateline.promos.views import reading
from tests import database
from tests.factories.newsroom import a_masthead
from tests.factories.promos import NOON, a_manager
from tests.promos.browsers import ARGUMENTS, CHROMIUM
from tests.stories.newspaper import site as site_of


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    reading.rates.left.clear()


@pytest.fixture
def masthead(db):
    return a_masthead()


@pytest.fixture
def site(masthead):
    return site_of("musashi")


@pytest.fixture
def kei(masthead):
    return a_manager(masthead)


@pytest.fixture
def boss(masthead):
    return a_manager(None, "Aya Ito")


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        started = LiveServer("localhost")
        yield started
        started.stop()
        database.put_back(settings.SCRATCH / "migrated.sqlite3")


@pytest.fixture(scope="module")
def browser(paper):
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield started
        started.close()
