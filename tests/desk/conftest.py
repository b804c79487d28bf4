"""People at the desk, and a browser without JavaScript on the desk's host.

Fixtures:
  desk(permissions)  a signed-in client with access to the desk and these permissions
  ana                a signed-in client who may do everything
  kna                a provider
  places             settings point at empty directories; returns the intake directory
"""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from tests.factories.newsroom import an_editor
from tests.factories.wire import a_provider

HOST = {"HTTP_HOST": "desk.localhost"}


def client_for(user, **options):
    client = Client(headers={"host": "desk.localhost"}, **options)
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def nothing_remembered():
    """Wagtail caches which sites there are; those of a test are rolled back."""
    yield
    cache.clear()


@pytest.fixture
def ana(db):
    return client_for(an_editor())


@pytest.fixture
def desk(db):
    def sign_in(*permissions, **options):
        user = an_editor("ben@dateline.example", superuser=False)
        for name in ("wagtailadmin.access_admin", *permissions):
            app, codename = name.split(".")
            user.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        return client_for(user, **options)

    return sign_in


@pytest.fixture
def kna(db):
    return a_provider()


@pytest.fixture
def places(tmp_path, settings):
    settings.DATELINE_DATA_DIR = tmp_path / "data"
    settings.DATELINE_INTAKE_DIR = tmp_path / "intake"
    return tmp_path / "intake"
