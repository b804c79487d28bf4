"""Digests of saved searches: what fails for one reader is tried again, and stops no other."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from structlog.testing import capture_logs

from dateline.alerts import models
from dateline.alerts.services import search_digests
from dateline.alerts.services.one_by_one import MOST_TRIES, let_rest
from dateline.mail.models import Entry, Mailing
from dateline.search.queries import EngineAway
from dateline.stories.services import indexing
from tests.factories.newsroom import a_masthead, a_story

pytestmark = pytest.mark.django_db
EIGHT = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)  # in Tokyo, on 1 December
DAY, A_WHILE = timedelta(days=1), timedelta(hours=1, seconds=1)


@pytest.fixture(autouse=True)
def engine(settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path


@pytest.fixture
def masthead():
    return a_masthead()


@pytest.fixture(autouse=True)
def story(masthead):
    made = a_story("A ferry sinks", at=EIGHT - timedelta(hours=1))
    indexing.index_stories([made.pk])
    return made


@pytest.fixture
def broken(masthead):
    """A search that is first in line, and can be made to fail."""
    return saved(masthead, 1)


@pytest.fixture(autouse=True)
def good(masthead, broken):
    return saved(masthead, 2)


def saved(masthead, person):
    return models.SavedSearch.objects.create(
        masthead=masthead, person=person, address=f"r{person}@readers.example",
        key_address=f"r{person}@readers.example", key=str(person), typed="ferry", path="/search/",
        label="ferry", pace="daily", time_zone="Asia/Tokyo", asked_at=EIGHT - DAY,
        confirmed_at=EIGHT - DAY, due_at=EIGHT,
    )  # fmt: skip


def fail(monkeypatch, name, whose, error):
    """Have one step fail for one search."""
    really = getattr(search_digests, name)

    def step(row, *args, **kwargs):
        if whose in {row.pk, getattr(row, "saved_id", None)}:
            raise error
        return really(row, *args, **kwargs)

    monkeypatch.setattr(search_digests, name, step)


def written_to():
    return sorted(Entry.objects.values_list("address", flat=True))


def run(at, times=1):
    with capture_logs() as logs:
        for number in range(times):
            search_digests.gather(at=at + number * A_WHILE)
    return [line["event"] for line in logs if line["log_level"] == "error"]


def test_a_search_that_fails_stops_no_other(monkeypatch, broken, good):
    fail(monkeypatch, "_found", broken.pk, ValueError("a broken mark"))

    assert run(EIGHT) == ["digest_failed"]
    broken.refresh_from_db()
    assert written_to() == [good.address]
    assert (broken.tries, broken.due_at, broken.looked_at) == (
        1,
        EIGHT + timedelta(seconds=5),
        None,
    )


def test_one_that_works_again_tells_what_it_has_found(monkeypatch, broken, good):
    with monkeypatch.context() as patch:
        fail(patch, "_found", broken.pk, ValueError("a broken mark"))
        run(EIGHT)
    assert run(EIGHT + timedelta(seconds=5)) == []

    broken.refresh_from_db()
    assert written_to() == [broken.address, good.address]
    assert (broken.tries, broken.due_at) == (0, EIGHT + DAY)


def test_one_that_fails_again_and_again_waits_for_its_next_day(monkeypatch, broken):
    fail(monkeypatch, "_found", broken.pk, ValueError("a broken mark"))

    told = run(EIGHT, times=MOST_TRIES)
    broken.refresh_from_db()
    assert told.count("digest_failed") == MOST_TRIES
    assert told[-1] == "saved_search_put_off"
    assert (broken.tries, broken.due_at) == (0, EIGHT + DAY)


def test_a_digest_that_cannot_be_made_stops_no_other(monkeypatch, broken, good):
    fail(monkeypatch, "letter_of", broken.pk, ValueError("a broken card"))

    assert run(EIGHT) == ["digest_failed"]
    digest = models.SearchDigest.objects.get(saved=broken)
    assert written_to() == [good.address]
    assert (digest.tries, digest.again_at) == (1, EIGHT + timedelta(seconds=5))
    assert run(EIGHT + timedelta(seconds=4)) == []


def test_a_digest_that_can_be_made_again_leaves_once(monkeypatch, broken, good):
    with monkeypatch.context() as patch:
        fail(patch, "letter_of", broken.pk, ValueError("a broken card"))
        run(EIGHT)
    run(EIGHT + timedelta(seconds=5), times=3)

    assert written_to() == [broken.address, good.address]
    assert set(Mailing.objects.values_list("state", flat=True)) == {"sending"}


def test_a_digest_that_fails_again_and_again_is_given_up(monkeypatch, broken):
    fail(monkeypatch, "letter_of", broken.pk, ValueError("a broken card"))

    told = run(EIGHT, times=MOST_TRIES + 2)
    digest = models.SearchDigest.objects.get(saved=broken)
    assert told.count("digest_failed") == MOST_TRIES
    assert told[-1] == "digest_given_up"
    assert (digest.mailing, digest.closed_at is not None) == (None, True)


def test_a_digest_that_fails_after_it_was_handed_on_stays_as_it_is(broken):
    run(EIGHT)
    digest = models.SearchDigest.objects.get(saved=broken)
    let_rest(models.SearchDigest.objects.all(), digest.pk, name="search_digest", at=EIGHT)

    digest.refresh_from_db()
    assert (digest.tries, digest.closed_at) == (0, EIGHT)


def test_what_ails_all_of_them_counts_against_none(monkeypatch, broken):
    fail(monkeypatch, "_found", broken.pk, EngineAway("search is away"))
    assert run(EIGHT) == []
    monkeypatch.undo()
    fail(monkeypatch, "_found", broken.pk, OperationalError("the database is away"))
    with pytest.raises(OperationalError):
        run(EIGHT)

    broken.refresh_from_db()
    assert (broken.tries, broken.due_at) == (0, EIGHT)
