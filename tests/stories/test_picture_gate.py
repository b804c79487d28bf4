"""A picture's file is seen where a story that shows it may be seen, and its cached copy follows."""

from datetime import UTC, datetime, timedelta

import pytest
from wagtail.models import ReferenceIndex

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.stories import models
from dateline.stories.picture_gate import picture_standing
from dateline.stories.services import publishing
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_picture_file_follows_the_stories_it_is_in(daily):
    lead, in_text, portrait, unused = (a_picture(n) for n in ("lead", "text", "face", "unused"))
    a_story("Ferry", at=TEN, lead_picture=lead, embargo_until=TEN + 60 * MINUTE)
    draft = a_draft("Harbour", body=showing(in_text))
    ReferenceIndex.create_or_update_for_object(draft)
    models.Person.objects.create(name="Ana Mori", slug="ana-mori", portrait=portrait)

    def standing(at):
        return [picture_standing(p.pk, at=at) for p in (lead, in_text, portrait, unused)]

    assert standing(TEN) == [False, False, True, None]
    assert standing(TEN + 60 * MINUTE) == [True, False, True, None]
    publishing.publish_story(draft.pk, by="Ana", at=TEN)
    assert standing(TEN) == [False, True, True, None]


def test_an_index_that_lags_lets_no_picture_through_that_the_story_has_lost(daily):
    picture = a_picture("text")
    story = a_story("Harbour", body=showing(picture), at=TEN)
    assert picture_standing(picture.pk, at=TEN) is True

    publishing.update_story(story.pk, changes={"body": []}, by="Ana", at=TEN)
    ReferenceIndex.create_or_update_for_object(story)  # a worker that read it before

    assert picture_standing(picture.pk, at=TEN) is False


def test_a_copy_depends_on_what_let_it_through_and_for_how_long(daily):
    lead, portrait = a_picture("lead"), a_picture("face")
    story = a_story("Ferry", at=TEN, lead_picture=lead, rights_until=TEN + MINUTE)
    person = models.Person.objects.create(name="Ana Mori", slug="ana-mori", portrait=portrait)

    assert recorded(lead) == ({keys.story(story.pk)}, (TEN + MINUTE).timestamp())
    assert recorded(portrait) == ({keys.person(person.pk)}, None)


def showing(picture):
    return [("text", "<p>Words.</p>"), ("picture", {"picture": picture, "caption": ""})]


def recorded(picture):
    with edge.collecting() as found:
        assert picture_standing(picture.pk, at=TEN)
    return found.hard - {keys.release()}, found.closes


@pytest.fixture
def daily():
    return a_masthead()
