"""A member's page: what they said on this title, and nothing of who said nothing here."""

from uuid import uuid4

import pytest

from dateline.discussion.queries.threads import MEMBER_ROWS
from tests.factories.discussion import MINUTE, a_comment, a_reader, house
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, one, path_of
from tests.web.talkers import Talker

pytestmark = pytest.mark.django_db

AT = NOON + 5 * MINUTE


@pytest.fixture
def story(musashi):
    house(musashi, seconds_between=0, most_in_minute=0)
    return a_story("Ferry returns", at=NOON)


def test_a_member_s_comments_are_listed_with_their_stories(story, musashi, reader):
    jun = a_reader("Jun")
    row = a_comment(story, musashi, "It sailed.", author=jun, at=AT)
    a_comment(story, musashi, "Again.", author=jun, answers_id=row.pk, quote="sailed", at=AT)

    page = reader.page(f"/member/{jun.pk}/")

    assert one(page, "h1") == "Comments by Jun"
    assert every(page, ".comment-text") == ["Again.", "It sailed."]
    assert one(page, ".comment-quote") == "sailed"
    assert every(page, ".member-story") == ["Ferry returns"] * 2
    context = page.cssselect(".comment-foot a")[-1]
    assert context.text == "See in context"
    assert context.get("href") == f"{path_of(story)}/comments/{row.pk}"
    assert one(reader.page(context.get("href")), ".talk-back") == "All comments"


def test_a_long_list_goes_on(story, musashi, reader):
    jun = a_reader("")
    for minute in range(MEMBER_ROWS + 1):
        a_comment(story, musashi, author=jun, at=AT + minute * MINUTE)

    page = reader.page(f"/member/{jun.pk}/")
    (more,) = [a.get("href") for a in page.cssselect(".thread-more a")]

    assert one(page, "h1") == "Comments by Reader"
    assert len(reader.page(more).cssselect(".comment")) == 1
    for odd in ("²", "-1", "9" * 30, "x"):
        assert len(reader.page(f"/member/{jun.pk}/?before={odd}").cssselect(".comment")) == 20


def test_nobody_is_named_on_a_title_where_they_said_nothing(story, musashi, reader):
    a_masthead("kinako")
    jun = a_reader("Jun")
    a_comment(story, musashi, author=jun, at=AT)

    assert Reader("kinako.localhost").get(f"/member/{jun.pk}/").status_code == 404
    assert reader.get(f"/member/{uuid4()}/").status_code == 404


def test_somebody_sees_their_own_page_before_they_say_anything(story):
    rin = Talker()

    page = rin.page(f"/member/{rin.person.pk}/")

    assert "Nothing to read here yet." in page.text_content()
    assert not page.cssselect("form")
