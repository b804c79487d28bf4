"""Moderators before the desk, in a browser without JavaScript or as its script asks.

Fixtures:
  noon     the clock stands at factories.discussion.NOON
  mio      the moderator `mod`, who may enter the desk, as a signed-in client
  other    a second title `kinako` with a story and a moderator of its own
  enter    enter(person): a signed-in client of somebody who may enter the desk
"""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache

from dateline import clock
from tests.desk.conftest import client_for
from tests.factories.discussion import MINUTE, NOON, a_moderator
from tests.factories.newsroom import a_masthead, a_story

AS_SCRIPT = {"accept": "application/json", "x-requested-with": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def enter(db):
    def come_in(person):
        person.user_permissions.add(
            Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
        )
        return client_for(person)

    return come_in


@pytest.fixture
def mio(mod, enter):
    return enter(mod)


@pytest.fixture
def other(masthead):
    title = a_masthead("kinako")
    story = a_story("Soup", on=("kinako",), at=NOON - 10 * MINUTE)
    return SimpleNamespace(title=title, story=story, mod=a_moderator(title, "Ren Ueda"))


@pytest.fixture
def act():
    """act(client, comment, verb, **fields): post one decision as the screen's script does."""

    def post(client, comment, verb="approved", *, at="queue=new", **fields):
        told = {"verb": verb, "version": comment.version, **fields}
        return client.post(f"/comments/{comment.pk}/decide/?{at}", told, headers=AS_SCRIPT)

    return post
