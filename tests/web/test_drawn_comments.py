"""A comment is drawn once for as long as it reads the same; never as it read before."""

import pytest

from dateline.discussion.services import authors, decisions
from dateline.discussion.services.voting import vote
from dateline.web.templatetags import talking
from tests.factories.discussion import MINUTE, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, path_of
from tests.web.talkers import Talker

pytestmark = pytest.mark.django_db

AT = NOON + 10 * MINUTE


@pytest.fixture
def musashi():
    talking._drawn.cache_clear()
    masthead = a_masthead("musashi")
    house(masthead, edit_minutes=30_000)
    return masthead


@pytest.fixture
def comments(musashi):
    story = a_story("Ferry returns", at=NOON)
    return [a_comment(story, musashi, f"Thought {n}.", at=AT) for n in range(3)]


def drawn_for(path):
    """How many comments of a page had to be drawn, and what it shows of them."""
    before = talking._drawn.cache_info().misses
    page = Reader().page(path)
    return talking._drawn.cache_info().misses - before, page


def path_to(comments):
    return path_of(comments[0].thread.story)


def test_only_the_comment_that_changed_is_drawn_again(comments):
    path = path_to(comments)
    assert [drawn_for(path)[0], drawn_for(path)[0]] == [3, 0]

    vote(comments[1].pk, by=a_reader().pk, value=1, at=AT)

    drawn, page = drawn_for(path)
    assert drawn == 1
    assert every(page, ".score") == ["1 (+1 / \N{MINUS SIGN}0)", "0 (+0 / \N{MINUS SIGN}0)", "0 (+0 / \N{MINUS SIGN}0)"]  # fmt: skip


def test_other_words_and_a_removal_show_at_once(comments, musashi):
    path = path_to(comments)
    drawn_for(path)

    authors.edit_comment(comments[0].pk, by=comments[0].author_id, text="Better.", at=AT)
    moderator = a_moderator(musashi)
    decisions.remove(comments[2].pk, by=moderator.pk, expected=1, rule=1, at=AT)

    assert every(drawn_for(path)[1], ".comment-text") == ["Better.", "Thought 1."]


def test_another_title_draws_it_in_its_own_time(comments):
    drawn_for(path_to(comments))
    far = a_masthead("kinako", time_zone="America/New_York")
    there = a_story("Elsewhere", on=("kinako",), at=NOON)
    a_comment(there, far, at=AT)

    page = Reader("kinako.localhost").page(path_of(there))

    assert every(page, ".comment-time time") == ["19 Nov 2026, 22:10"]


def test_what_a_comment_is_to_one_reader_is_kept_for_nobody(comments):
    path = f"{path_to(comments)}/comments/"
    drawn_for(path_to(comments))
    kept = talking._drawn.cache_info().currsize

    page = Talker("Jun Mori").page(path)

    assert len(page.cssselect("button.vote")) == 6
    assert talking._drawn.cache_info().currsize == kept
    assert not drawn_for(path_to(comments))[1].cssselect("button.vote")
