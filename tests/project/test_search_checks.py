"""What `dateline check` says of search, each with what to do."""

from datetime import timedelta

import pytest

from dateline import clock
from dateline.outbox import models as outbox
from dateline.outbox import queries as owed
from dateline.project import search_checks
from dateline.project.config import Config
from dateline.search.domain.index import StoryDocuments
from dateline.search.queries import EngineAway
from dateline.search.services import replace
from dateline.stories.queries import index_health
from dateline.stories.services import indexing
from tests.factories.newsroom import a_masthead, a_story

pytestmark = pytest.mark.django_db
ANEW = "Run `dateline search --rebuild`"


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    a_masthead()


def said(**changes):
    return [str(found) for found in search_checks.examine(Config(**changes))]


def nothing_waits():
    outbox.Delivery.objects.update(done_at=clock.now())


def test_an_index_that_holds_what_is_shown_needs_nothing():
    a_story()
    indexing.rebuild()
    nothing_waits()

    assert said() == []


def test_without_stories_no_index_is_needed():
    assert said() == []


def test_there_is_no_index_yet():
    a_story()

    (found,) = said()

    assert found.startswith("dateline.W030: search (sqlite) has no index of 1 public stories.")
    assert ANEW in found


def test_stories_that_cannot_be_found_are_counted():
    a_story()
    indexing.rebuild()
    a_story("Another")
    nothing_waits()

    (found,) = said()

    assert "has 1 documents; 2 are shown now, of 2 that were published" in found
    assert ANEW in found


def test_documents_of_nothing_are_counted():
    story = a_story()
    indexing.rebuild()
    nothing_waits()
    type(story).objects.update(live=False)

    assert "has 1 documents; 0 are shown now, of 0" in said()[0]


def test_what_is_on_its_way_is_not_missing_until_it_is_late(monkeypatch):
    a_story()
    indexing.rebuild()
    nothing_waits()
    a_story("Another")
    assert owed.owed_to(index_health.HANDLER)[0] > 0
    assert said() == []
    later = clock.now() + timedelta(minutes=9)
    monkeypatch.setattr(clock, "now", lambda: later)

    (found,) = said()

    assert "is 9 minutes behind: 1 changes wait. Look whether the worker runs" in found


def test_an_index_of_another_analyser_is_made_anew(monkeypatch):
    a_story()
    indexing.rebuild()
    nothing_waits()
    monkeypatch.setattr("dateline.search.domain.analyser.version", lambda: 5)

    (found,) = said()

    assert "was made by another version of the analyser" in found
    assert ANEW in found


@pytest.mark.parametrize("error", [EngineAway("gone."), PermissionError("not yours")])
def test_an_engine_that_does_not_answer_is_to_be_put_right(error, monkeypatch):
    def away(**_):
        raise error

    monkeypatch.setattr(search_checks, "standing", away)

    (found,) = search_checks.examine(Config())

    assert found.fatal
    assert found.text.startswith("search does not answer: ")
    assert "correct DATELINE_SEARCH" in found.text


def test_a_database_that_does_not_answer_is_said_elsewhere(monkeypatch):
    def away(**_):
        raise search_checks.DatabaseError

    monkeypatch.setattr(search_checks, "standing", away)

    assert said() == []


def test_bad_synonyms_are_named_by_line_and_not_without_end(settings, tmp_path):
    path = tmp_path / "own.txt"
    path.write_text("boat, ship\n" + "alone\n" * 25)
    settings.DATELINE_SEARCH_SYNONYMS = path

    found = said(search_synonyms=path)

    assert found[0].startswith(f"dateline.W028: line 2 of {path} is not used: it has one word")
    assert "synonyms need no new index" in found[0]
    assert found[20:] == [f"dateline.W028: 5 more lines of {path} are not used."]
    settings.DATELINE_SEARCH_SYNONYMS = tmp_path / "none.txt"
    assert (
        f"W028: {tmp_path}/none.txt is not used" in said(search_synonyms=tmp_path / "none.txt")[0]
    )
    assert replace([StoryDocuments(1, 1)]) == 1
