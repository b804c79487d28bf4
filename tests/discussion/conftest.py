"""A title with a public story to talk about.

Fixtures:
  masthead   the title `musashi`
  site       the same as reader pages see it
  story      a story that readers find there, published before factories.discussion.NOON
  mod        somebody who moderates that title
"""

import pytest

from tests.factories.discussion import MINUTE, NOON, a_moderator
from tests.factories.newsroom import a_masthead, a_story
from tests.stories.newspaper import site as site_of


@pytest.fixture
def masthead():
    return a_masthead()


@pytest.fixture
def site(masthead):
    return site_of("musashi")


@pytest.fixture
def story(masthead):
    return a_story(at=NOON - 10 * MINUTE)


@pytest.fixture
def mod(masthead):
    return a_moderator(masthead)
