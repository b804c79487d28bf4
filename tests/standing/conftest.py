"""One title, somebody who reads it, and people who write its pages."""

import pytest
from django.core.cache import cache

from dateline import clock
from dateline.standing import models
from dateline.standing.services import contact
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.people import a_reader
from tests.factories.web import NOON, Reader


@pytest.fixture
def masthead(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return a_masthead()


@pytest.fixture
def reader(masthead):
    return Reader()


@pytest.fixture
def yui(masthead):
    """Writes the pages of the first masthead only."""
    person = a_reader("yui@example.test", first_name="Yui", last_name="Mori")
    models.PageEditor.objects.create(user=person, masthead=masthead)
    return person


@pytest.fixture
def ana():
    yield client_for(an_editor())
    cache.clear()


@pytest.fixture
def box(masthead, yui):
    contact.set_contact(masthead.pk, "desk@example.test", by_form=True, by=yui.pk, at=clock.now())
    return models.Contact.objects.get()
