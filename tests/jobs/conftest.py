"""A title with somebody who keeps its job board, at noon.

Fixtures:
  noon       the clock stands at factories.jobs.NOON
  masthead   the title `musashi`; site: the same as pages see it
  kei        somebody who keeps its board
  boss       somebody who keeps every board
"""

import pytest

from dateline import clock
from tests.factories.jobs import NOON, a_keeper
from tests.factories.newsroom import a_masthead
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
def kei(masthead):
    return a_keeper(masthead)


@pytest.fixture
def boss(masthead):
    return a_keeper(None, "Aya Ito")
