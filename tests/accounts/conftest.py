"""Tests of signing in take the product's own middleware, and a site to sign in to.

Fixtures:
  network  two mastheads, and requests that are judged as readers' are
  browser  somebody's browser; call it for another person's
  pretend  a provider that answers on 127.0.0.1, set up as Facebook, Google, Apple and another
"""

import pytest
from django.core.cache import cache

from tests.factories import providers
from tests.factories.newsroom import a_masthead
from tests.factories.people import Browser


@pytest.fixture
def network(settings):
    settings.MIDDLEWARE = settings.PRODUCT_MIDDLEWARE
    cache.clear()
    a_masthead("kinako", language="ja", name="きなこ")
    return a_masthead("musashi", name="The Musashi Daily")


@pytest.fixture
def browser(network):
    return Browser()


@pytest.fixture
def pretend(settings):
    with providers.running() as provider:
        settings.DATELINE_LOGIN_PROVIDERS = providers.set_up(provider)
        yield provider
