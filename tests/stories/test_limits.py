"""An older text that is published later does not undo what the desk has limited since."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories.queries import reading
from dateline.stories.services import publishing
from tests.factories.newsroom import a_masthead, a_story
from tests.stories.newspaper import site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "limit",
    [
        {"embargo_until": datetime(2036, 1, 1, tzinfo=UTC)},
        {"rights_until": TEN},
        {"licensed_mastheads": ("kinako",)},
        {"licensed_uses": ("feed",)},
        {"advisory": True},
    ],
    ids=lambda limit: next(iter(limit)),
)
def test_an_older_draft_keeps_the_limits_set_after_it(story, limit):
    story.headline = "Older words"
    older = story.save_revision()
    publishing.update_story(story.pk, changes=limit, by="Ben", at=TEN)

    older.publish()

    story.refresh_from_db()
    assert {name: getattr(story, name) for name in limit} == limit
    assert story.headline == "Older words"
    assert reading.front(site("musashi"), at=TEN + HOUR) == []


def test_the_latest_draft_may_lift_what_it_has_seen(story):
    publishing.update_story(story.pk, changes={"advisory": True}, by="Ben", at=TEN)

    publishing.update_story(story.pk, changes={"advisory": False}, by="Ben", at=TEN)

    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [story.pk]


@pytest.fixture
def story():
    a_masthead()
    return a_story(at=TEN)
