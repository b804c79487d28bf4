"""A new version from the agency leaves alone what an editor has planned for the story."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import models
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, publishing
from dateline.stories.services.drafting import Place
from tests.factories.newsroom import a_masthead
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)


def test_a_public_story_keeps_the_schedule_of_its_next_edition(kna, story, tomorrow):
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    also_on(story.pk, "kinako")
    publishing.schedule_story(story.pk, go_live_at=tomorrow, by="Ana")

    assert take_second(kna, story) == "updated"

    assert reading.front(site("musashi"), at=tomorrow)[0].headline == "Second"
    assert reading.front(site("kinako"), at=tomorrow) == []
    publish_what_is_due(tomorrow)
    assert reading.front(site("kinako"), at=tomorrow)[0].headline == "Second"


def test_a_story_not_out_yet_goes_live_on_time_with_the_newest_text(kna, story, tomorrow):
    publishing.schedule_story(story.pk, go_live_at=tomorrow, by="Ana")

    assert take_second(kna, story) == "updated"

    assert reading.front(site("musashi"), at=tomorrow) == []
    publish_what_is_due(tomorrow)
    (card,) = reading.front(site("musashi"), at=tomorrow)
    assert card.headline == "Second"


@pytest.mark.parametrize("is_public", [True, False])
def test_a_draft_after_the_schedule_stays_the_draft(kna, story, tomorrow, is_public):
    if is_public:
        publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.schedule_story(story.pk, go_live_at=tomorrow, by="Ana")
    also_on(story.pk, "kinako")

    assert take_second(kna, story) == "updated"

    found = models.Story.objects.get(pk=story.pk)
    draft = found.get_latest_revision_as_object()
    assert (draft.headline, len(draft.placements.all())) == ("Second", 2)
    (planned,) = found.revisions.exclude(approved_go_live_at=None)
    assert (planned.approved_go_live_at, planned.as_object().headline) == (tomorrow, "Second")
    assert len(planned.as_object().placements.all()) == 1


def test_a_text_scheduled_by_an_editor_is_an_editors_text(kna, story, tomorrow):
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    draft = models.Story.objects.get(pk=story.pk)
    draft.headline = "Our own words"
    draft.save_revision()
    publishing.schedule_story(story.pk, go_live_at=tomorrow, by="Ana")
    models.Story.objects.get(pk=story.pk).save_revision()  # back to the agency's, as a draft

    assert take_second(kna, story) == "offered"


def test_the_end_an_editor_has_set_stays(kna, story, tomorrow):
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.update_story(story.pk, changes={"expire_at": tomorrow}, by="Ana")

    assert take_second(kna, story) == "updated"

    story.refresh_from_db()
    assert (story.expire_at, story.headline) == (tomorrow, "Second")


def take_second(kna, story):
    second = a_wire_item(kna, family=story.wire_family, headline="Second", version=2)
    return from_wire.take_version(story.pk, second.pk)


def also_on(story_id, slug):
    """Save a draft with one more placement, as the edit view does."""
    place = site(slug)
    draft = models.Story.objects.get(pk=story_id).get_latest_revision_as_object()
    more = models.Placement(masthead_id=place.id, section_id=place.section("world").id)
    draft.placements = [*draft.placements.all(), more]
    draft.save_revision()


def publish_what_is_due(moment):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.clock.now", lambda: moment)
        patch.setattr("django.utils.timezone.now", lambda: moment)
        assert publishing.publish_due() == 1


@pytest.fixture
def kna():
    a_masthead()
    a_masthead("kinako")
    return a_provider()


@pytest.fixture
def story(kna):
    item = a_wire_item(kna, headline="First", version=1)
    return models.Story.objects.get(pk=from_wire.make_story(item.pk, by="Ana", places=HERE))


@pytest.fixture
def tomorrow():
    return datetime.now(UTC).replace(microsecond=0) + 24 * HOUR
