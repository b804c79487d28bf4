"""The text-only twin of a thread: all of it by real links, 10 kB a page, behind the same gate."""

import pytest

from dateline.stories.services import kills
from dateline.web.domain.text_pages import filled
from tests.factories.discussion import MINUTE, a_comment, a_reader
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, path_of, words_of

pytestmark = pytest.mark.django_db
LIMIT = 10_000  # bytes


@pytest.fixture
def story(reader):
    return a_story("Ferry", at=NOON)


def below(story):
    return f"/lite{path_of(story)}/comments/"


def walked(reader, path):
    """Each page of a thread from the first on, as a reader's links lead; with their sizes."""
    while path:
        answer = reader.get(path)
        assert answer.status_code == 200
        page = reader.page(path)
        yield page, len(answer.content)
        path = next((link.get("href") for link in page.cssselect("a[rel~='next']")), None)


def test_a_thread_is_read_and_answered_elsewhere(reader, story, musashi):
    first = a_comment(story, musashi, "The <b>first</b> thought.", author=a_reader("Rin Abe"))
    a_comment(story, musashi, "A reply.", answers_id=first.pk, at=NOON + MINUTE)

    page = reader.page(below(story))

    one, two = (words_of(line) for line in page.cssselect("ol > li"))
    assert one.startswith("Rin Abe")
    assert "thought." in one
    assert "in reply to comment 1" in two
    hrefs = [link.get("href") for link in page.cssselect("main a")]
    assert f"/lite{path_of(story)}" in hrefs
    assert f"{path_of(story)}/comments/#write" in hrefs
    assert page.cssselect("form, script, img") == []


@pytest.mark.parametrize(("language", "sign"), [("en", '"'), ("ja", "連")])
def test_every_comment_is_reached_and_no_page_is_heavy(reader, musashi, language, sign):
    title = a_masthead(f"long-{language}", language=language)
    story = a_story("H" * 200, on=(title.slug,), at=NOON)
    for number in range(26):
        a_comment(story, title, f"{number} " + sign * (4_900 if number % 3 else 60))
    here = Reader(f"{title.slug}.localhost")

    pages = list(walked(here, below(story)))

    numbers = [int(line.get("value")) for page, _ in pages for line in page.cssselect("ol > li")]
    assert sorted(numbers) == list(range(1, 27))
    assert max(size for _, size in pages) <= LIMIT
    assert len(pages) > 3


def test_orders_and_places_that_are_none(reader, story, musashi):
    for number in range(3):
        a_comment(story, musashi, f"Thought {number}.", at=NOON + number * MINUTE)
    oldest = reader.page(f"{below(story)}?order=oldest")

    assert [line.get("value") for line in oldest.cssselect("ol > li")] == ["1", "2", "3"]
    for query in ("?part=0", "?part=2", "?part=x", "?after=nowhere", "?part=99999999"):
        assert reader.get(below(story) + query).status_code == 404
    assert reader.get(below(story) + "?order=nothing").status_code == 200
    wrong = reader.get(f"/lite/world/other-{story.pk}/comments/")
    assert (wrong.status_code, wrong["Location"]) == (301, below(story))
    assert reader.get("/lite/world/none-999/comments/").status_code == 404


def test_a_killed_storys_comments_are_gone(reader, story, musashi):
    a_comment(story, musashi, "Still here?")
    kills.kill_story(story.pk, reason="Wrong.", by="Ana")

    answer = reader.get(below(story))

    assert answer.status_code == 410
    assert b"Still here" not in answer.content


def test_pages_with_pictures_and_without_lead_to_each_other(reader, story, musashi):
    a_comment(story, musashi)

    thread = reader.page(f"{path_of(story)}/comments/")
    alternates = [link.get("href") for link in thread.cssselect("link[rel='alternate']")]

    assert below(story) in alternates
    assert "Comments" in every(reader.page(f"/lite{path_of(story)}"), f"a[href='{below(story)}']")


def test_lines_fill_pages_in_order():
    assert filled([], 10) == [range(0)]
    assert filled([4, 4, 4, 20, 1], 10) == [range(2), range(2, 3), range(3, 4), range(4, 5)]
