"""A title with a list, at one moment.

Fixtures:
  noon      the clock stands at NOON
  masthead  the title `musashi`; site: the same as pages see it
  morning   its list
  ana       somebody who is on it
"""

from datetime import UTC, datetime

import pytest

from dateline import clock
from dateline.outbox import services as outbox
from tests.factories.newsletters import a_list, a_subscriber
from tests.factories.newsroom import a_masthead
from tests.stories.newspaper import site as site_of

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # 12:00 in Tokyo


class Clock:
    """Stands at a moment until it is moved on."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at

    def on(self, step):
        """Move on by a timedelta; return the new moment."""
        self.at += step
        return self.at


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    moved = Clock(NOON)
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture
def masthead(db):
    return a_masthead()


@pytest.fixture
def site(masthead):
    return site_of("musashi")


@pytest.fixture
def morning(masthead):
    return a_list(masthead, welcome="Good to have you.\n\nThe editors")


@pytest.fixture
def ana(morning):
    return a_subscriber(morning)


@pytest.fixture
def told():
    """Deliver what is due, until nothing is."""

    def run():
        while outbox.deliver_due():
            pass

    return run
