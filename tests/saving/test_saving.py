"""Stories saved in an account: through the gate, at most 1,000, in the copy, and forgotten."""

from datetime import timedelta
from uuid import uuid4

import pytest

from dateline.saving import models, queries, services
from dateline.saving.domain.saved import MOST, Kept
from dateline.saving.services import copy_of_saved, forget_saved, put_back, remove, save
from dateline.stories.services import kills
from tests.factories.discussion import a_reader
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.web import HOUR, NOON, shelve

pytestmark = pytest.mark.django_db
LATER = NOON + HOUR


@pytest.fixture
def few(monkeypatch):
    """How many stories a list may hold here: a thousand would take the test twenty seconds."""
    monkeypatch.setattr(services, "MOST", 5)
    return services.MOST


@pytest.fixture
def musashi():
    return a_masthead()


@pytest.fixture
def rin(musashi):
    return a_reader("Rin")


def headlines(reader):
    return [row.headline for row in queries.saved_by(reader.pk, at=LATER)[0]]


def test_what_is_saved_is_there_once_and_only_for_its_reader(rin, musashi):
    story, other = a_story("Ferry", at=NOON), a_story("Bridge", at=NOON)

    first = save(rin.pk, musashi.pk, [story.pk, other.pk], at=LATER)
    again = save(rin.pk, musashi.pk, [story.pk, story.pk], at=LATER)

    assert (first, again) == (Kept(2, 0, 0), Kept(0, 0, 0))
    assert headlines(rin) == ["Bridge", "Ferry"]  # the last is the newest
    assert queries.is_saved(rin.pk, story.pk)
    assert not queries.is_saved(a_reader("Ken").pk, story.pk)


def test_only_what_a_title_shows_can_be_saved_there(rin, musashi):
    kinako = a_masthead("kinako")
    draft, story = a_draft("Not yet"), a_story("Ferry", at=NOON)

    assert save(rin.pk, musashi.pk, [draft.pk, 999_999], at=LATER) == Kept(0, 0, 2)
    assert save(rin.pk, kinako.pk, [story.pk], at=LATER) == Kept(0, 0, 1)


def test_what_is_killed_or_withdrawn_stays_in_the_list_without_its_words(rin, musashi):
    story = a_story("Names a minor", at=NOON)
    save(rin.pk, musashi.pk, [story.pk], at=LATER)

    kills.kill_story(story.pk, reason="Wrong.", by="Ana")
    ((row,), older) = queries.saved_by(rin.pk, at=LATER)

    assert (row.story_id, row.masthead, row.saved_at) == (story.pk, "Musashi", LATER)
    assert (row.headline, row.address, row.section, row.language, older) == ("", "", "", "", None)


def test_a_list_goes_on_page_by_page_at_one_price(rin, musashi, django_assert_max_num_queries):
    rows = shelve([f"Story {n}" for n in range(70)])
    save(rin.pk, musashi.pk, [row.pk for row in rows], at=LATER)
    seen, before = [], None

    while True:
        with django_assert_max_num_queries(4):
            page, before = queries.saved_by(rin.pk, at=LATER, before=before)
        seen += [row.story_id for row in page]
        if before is None:
            break

    assert seen == [row.pk for row in reversed(rows)]


def test_the_list_ends_at_a_thousand_and_says_how_many_had_no_room(rin, musashi, few):
    assert MOST == 1_000
    (placed,) = shelve(["Ferry"])
    rows = shelve([f"Story {n}" for n in range(few)])
    models.SavedStory.objects.bulk_create(
        models.SavedStory(reader=rin, story=row, masthead=musashi, saved_at=NOON)
        for row in rows[1:]
    )

    assert save(rin.pk, musashi.pk, [placed.pk, rows[0].pk], at=LATER) == Kept(1, 1, 0)
    undo = remove(rin.pk, placed.pk)
    save(rin.pk, musashi.pk, [rows[0].pk], at=LATER)
    assert put_back(rin.pk, undo) is False
    assert queries.count(rin.pk) == few


def test_a_removal_can_be_undone_by_its_reader_for_a_day(rin, musashi, monkeypatch):
    story = a_story("Ferry", at=NOON)
    save(rin.pk, musashi.pk, [story.pk], at=NOON)
    undo = remove(rin.pk, story.pk)

    assert headlines(rin) == []
    assert remove(rin.pk, story.pk) == ""
    for wrong in ("", "x", undo[:-1], f"{undo}x"):
        assert put_back(rin.pk, wrong) is False
    assert put_back(uuid4(), undo) is False
    assert put_back(rin.pk, undo) is True
    assert put_back(rin.pk, undo) is True  # twice is once
    ((row,), _) = queries.saved_by(rin.pk, at=LATER)
    assert (row.headline, row.saved_at) == ("Ferry", NOON)
    late = remove(rin.pk, story.pk)
    monkeypatch.setattr("dateline.saving.services.UNDO_LIVES", timedelta(seconds=-1))
    assert put_back(rin.pk, late) is False


def test_nothing_is_put_back_whose_row_is_no_more(rin, musashi):
    (story,) = shelve(["Ferry"])
    save(rin.pk, musashi.pk, [story.pk], at=LATER)
    undo = remove(rin.pk, story.pk)

    story.placements.all().delete()
    story.delete()

    assert put_back(rin.pk, undo) is False


@pytest.mark.parametrize("choice", ["erase", "anonymous"])
def test_it_is_in_the_copy_and_goes_with_the_account(rin, musashi, choice):
    story = a_story("Ferry", at=NOON)
    save(rin.pk, musashi.pk, [story.pk], at=NOON)
    ken = a_reader("Ken")
    save(ken.pk, musashi.pk, [story.pk], at=NOON)

    assert str(models.SavedStory.objects.first()).startswith("saved story ")
    assert copy_of_saved(str(rin.pk)) == {
        "saved_stories": [{"story_id": story.pk, "masthead__name": "Musashi", "saved_at": NOON}]
    }
    assert forget_saved(str(rin.pk), choice) == {"saved_stories": 1}
    assert forget_saved(str(rin.pk), choice) == {"saved_stories": 0}
    assert copy_of_saved(str(rin.pk)) == {"saved_stories": []}
    assert queries.is_saved(ken.pk, story.pk)
