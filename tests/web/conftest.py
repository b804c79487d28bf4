"""One title at one moment, and somebody who reads it."""

from datetime import UTC, datetime

import pytest

from dateline import clock
from tests.factories.newsroom import a_masthead
from tests.factories.web import Reader


@pytest.fixture
def musashi(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 3, 30, tzinfo=UTC))
    return a_masthead()


@pytest.fixture
def reader(musashi):
    return Reader()
