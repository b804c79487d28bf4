"""A title with a public story, people who send its alerts, and a push service.

Fixtures:
  masthead   the title `musashi`; site: the same as pages see it
  story      a story that readers find there
  kei, aya   two people who send its alerts
  service    a push service of this machine, which is trusted; browser: one browser there
  sender     what the worker sends with
"""

import pytest

from dateline import clock
from dateline.alerts.services.sending import Sender
from tests.factories.alerts import MINUTE, NOON, an_alerter
from tests.factories.newsroom import a_masthead, a_story
from tests.push_service import PushService
from tests.stories.newspaper import site as site_of


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def masthead(db):
    return a_masthead()


@pytest.fixture
def site(masthead):
    return site_of("musashi")


@pytest.fixture
def story(masthead):
    return a_story(at=NOON - 10 * MINUTE)


@pytest.fixture
def kei(masthead):
    return an_alerter(masthead)


@pytest.fixture
def aya(masthead):
    return an_alerter(masthead, "Aya Ito")


@pytest.fixture
def service(settings):
    started = PushService()
    settings.DATELINE_PUSH_TRUSTED = frozenset({started.origin})
    yield started
    started.stop()
    assert started.problems == []


@pytest.fixture
def browser(service):
    return service.browser("one")


@pytest.fixture
def sender():
    made = Sender()
    yield made
    made.close()
