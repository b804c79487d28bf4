"""A title's jobs, as readers find them: the board, one job, and that it is over."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.jobs.queries import board
from dateline.jobs.services import listings
from tests.factories.jobs import a_keeper, a_listing
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = NOON + timedelta(minutes=30)


@pytest.fixture
def post(musashi):
    kei = a_keeper(musashi)
    return lambda **fields: a_listing(musashi, by=kei, **fields)


def path_of(row):
    return board.path_of(row.pk, row.title)


def data_of(page):
    return [json.loads(one.text) for one in page.cssselect("script[type='application/ld+json']")]


def kinds(page):
    return [told["@type"] for told in data_of(page)]


def test_open_jobs_are_listed_newest_first_with_their_facts(reader, post):
    post(title="Cook", posted_at=NOON - 2 * DAY)
    post(
        title="Editor", posted_at=NOON, salary_min=3_000_000, salary_currency="JPY",
        salary_unit="year",
    )  # fmt: skip
    post(title="Coming", posted_at=NOW + DAY)
    post(title="Over", valid_until=NOW)

    page = reader.page("/jobs/")

    assert every(page, ".job-line h2") == ["Editor", "Cook"]
    assert every(page, ".job-facts")[0] == (
        "Minasato Full-time from ¥3,000,000 a year Japanese: None needed"
    )
    assert kinds(page) == ["BreadcrumbList"]


def test_the_board_of_another_title_is_another(reader, post):
    post()
    a_masthead("kinako")

    assert "No position is open" in one(Reader("kinako.localhost").page("/jobs/"), ".empty")


def test_a_board_is_narrowed_by_plain_links(reader, post):
    post(title="Cook")
    post(title="Coder", where="remote", place="")

    page = reader.page("/jobs/")
    assert "/jobs/with/remote/" in links(page)
    assert "/jobs/with/internship/" not in links(page)

    narrowed = reader.page("/jobs/with/remote/")
    assert every(narrowed, ".job-line h2") == ["Coder"]
    assert one(narrowed, ".job-choices [aria-current]") == "Remote"
    assert "No position fits" in one(reader.page("/jobs/with/internship/"), ".empty")
    reader.page("/jobs/with/anything/", 404)
    reader.page("/jobs/with/remote/?page=0", 404)


def test_a_long_board_has_pages(reader, post, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    for number in range(5):
        post(title=f"Job {number}")

    page = reader.page("/jobs/?page=2")

    assert every(page, ".job-line h2") == ["Job 2", "Job 1"]
    assert {"/jobs/", "/jobs/?page=3"} <= set(links(page))
    assert not reader.page("/jobs/?page=3").cssselect("[rel=next]")
    reader.page("/jobs/?page=4", 404)
    reader.page("/jobs/?page=x", 404)


def test_a_job_has_a_page_with_all_that_search_engines_are_told(reader, post):
    row = post(
        employer_url="https://press.example/", apply_mail="jobs@press.example", salary_min=5,
        salary_currency="JPY", salary_unit="hour",
    )  # fmt: skip

    page = reader.page(path_of(row))

    assert one(page, "h1") == "Night editor"
    assert every(page, ".job-text > p")[:2] == ["You read what others wrote.", "At night."]
    assert "from ¥5 an hour" in every(page, ".job-table dd")
    assert every(page, ".job-table dd")[-2:] == ["18 November 2026", "18 December 2026"]
    (door,) = page.cssselect(".job-apply .button")
    assert (door.get("href"), door.get("rel")) == (
        "https://press.example/jobs/1", "nofollow noopener",
    )  # fmt: skip
    assert "mailto:jobs@press.example" in links(page)
    assert kinds(page) == ["JobPosting", "BreadcrumbList"]
    assert data_of(page)[0]["url"].endswith(path_of(row))


def test_an_end_within_a_day_is_told_to_the_minute(reader, post):
    row = post(valid_until=NOON + DAY)
    assert every(reader.page(path_of(row)), ".job-table dd")[-1] == "21 November 2026, 12:00 JST"


def test_the_id_decides_and_the_right_address_is_told(reader, post):
    row = post()

    moved = reader.get(f"/jobs/{row.pk}-other/")
    assert (moved.status_code, moved["Location"]) == (301, path_of(row))
    reader.page("/jobs/9999-night-editor/", 404)
    reader.page(f"/jobs/{10**30}-night-editor/", 404)
    a_masthead("kinako")
    Reader("kinako.localhost").page(path_of(row), 404)


def test_a_job_says_nothing_before_it_is_posted(reader, post):
    row = post(posted_at=NOW + DAY)
    reader.page(path_of(row), 404)
    with edge.collecting() as seen:
        assert board.job(site_of("musashi"), row.pk, at=NOW) is None
    assert seen.note().opens == (NOW + DAY).timestamp()


@pytest.mark.parametrize("end", ["its last day", "the desk"])
def test_a_job_that_is_over_answers_410_and_repeats_nothing(reader, post, end):
    row = post(text="Secret words.", valid_until=NOW if end == "its last day" else NOW + DAY)
    if end == "the desk":
        listings.close(row.pk, by=a_keeper().pk)

    page = reader.page(path_of(row), 410)

    assert one(page, "h1") == "This position is no longer open"
    assert kinds(page) == []
    assert b"Secret" not in reader.get(path_of(row)).content
    assert "/jobs/" in links(page)


def test_a_kept_page_dies_at_the_moment_a_job_ends(reader, post):
    row = post(valid_until=NOW + DAY)
    post(valid_until=NOW + 2 * DAY)
    coming = post(posted_at=NOW + DAY / 2)
    site = site_of("musashi")
    for query, opens in (
        (lambda: board.board(site, at=NOW), coming.posted_at.timestamp()),
        (lambda: board.job(site, row.pk, at=NOW), None),
    ):
        with edge.collecting() as seen:
            query()
        note = seen.note()
        assert keys.jobs(row.masthead_id) in note.hard
        assert (note.opens, note.closes) == (opens, (NOW + DAY).timestamp())


def test_a_section_of_this_name_stands_below_the_jobs(reader, post):
    kinako = a_masthead("kinako", sections=("jobs",))
    for number in range(3):
        a_story(f"Work {number}", on=("kinako",), section="jobs", at=NOON)
    there = Reader("kinako.localhost")
    assert one(there.page("/jobs/"), "h1") == "Jobs"
    assert not there.page("/jobs/").cssselect(".job-list")

    a_listing(kinako)
    page = there.page("/jobs/")
    assert every(page, ".job-line h2") == ["Night editor"]
    assert len(every(page, ".job-stories .card-headline")) == 3
    there.page("/jobs/?page=2", 404)


def test_a_japanese_title_has_japanese_words(post, musashi):
    a_masthead("musashi-ja", language="ja")
    ja = Reader("musashi-ja.localhost")
    assert one(ja.page("/jobs/"), "h1") == "求人"


def test_a_page_costs_no_more_for_many_jobs(reader, post):
    row = post()
    budget = {"/jobs/": 7, path_of(row): 5}
    few = {path: cost(path) for path in budget}
    for _ in range(15):
        post()

    assert {path: cost(path) for path in budget} == few == budget


def cost(path):
    with CaptureQueriesContext(connection) as queries:
        assert Reader().get(path).status_code == 200
    return len(queries)
