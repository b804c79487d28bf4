"""A title with somebody who books offers for it, at noon.

Fixtures:
  noon       the clock stands at factories.promos.NOON
  masthead   the title `musashi`; site: the same as pages see it
  kei        somebody who books offers for it
  boss       somebody who books offers for the network
"""

import pytest

from dateline import clock
from dateline.promos.views import reading
from tests.factories.newsroom import a_masthead
from tests.factories.promos import NOON, a_manager
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
