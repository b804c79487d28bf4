"""The desk's screens for jobs: a list, a form that keeps what was typed, files and their reports."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from dateline.jobs import forms, models
from dateline.jobs.queries import desk as asked
from dateline.jobs.services import importing, listings
from tests.desk.conftest import client_for
from tests.factories.discussion import a_reader
from tests.factories.jobs import NOON, ROW, a_listing, csv_of
from tests.factories.newsroom import a_masthead, an_editor
from tests.factories.web import every, links, words_of
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FORM = {"masthead": "musashi", **{name: ROW[name] for name in ROW if name != "id"}}


@pytest.fixture(autouse=True)
def nothing_remembered():
    yield
    cache.clear()


def enter(person):
    person.user_permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    return client_for(person)


@pytest.fixture
def desk(kei):
    return enter(kei)


def page(answer, status=200):
    assert answer.status_code == status, answer.content[:500]
    return html.document_fromstring(answer.content)


def test_a_job_is_written_down_changed_closed_and_opened_again(desk):
    assert desk.post("/jobs/new/", FORM)["Location"] == "/jobs/"
    row = models.Listing.objects.get()
    shown = page(desk.get(f"/jobs/{row.pk}/"))
    assert shown.cssselect("[name=valid_until]")[0].get("value") == "2026-12-18"
    assert any(link.endswith(f"/jobs/{row.pk}-night-editor/") for link in links(shown))

    desk.post(f"/jobs/{row.pk}/", {**FORM, "title": "Day editor"})
    desk.post(f"/jobs/{row.pk}/close/")
    row.refresh_from_db()
    assert (row.title, row.closed_by) == ("Day editor", "desk")
    assert "Open again" in every(page(desk.get(f"/jobs/{row.pk}/")), ".button")

    desk.post(f"/jobs/{row.pk}/reopen/")
    row.refresh_from_db()
    assert row.closed_at is None
    assert "is not closed" in words_of(page(desk.post(f"/jobs/{row.pk}/reopen/", follow=True)))
    assert desk.post(f"/jobs/{row.pk}/burn/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"salary_min": "much"}, "Expected a whole number, found 'much'"),
        ({"apply_url": "http://x.example"}, "An address begins with https://"),
        ({"masthead": "kinako"}, "Select a valid choice"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(desk, wrong, problem):
    shown = page(desk.post("/jobs/new/", {**FORM, **wrong}), 422)

    assert problem in " ".join(every(shown, ".jobs-problem"))
    assert shown.cssselect("[name=title]")[0].get("value") == "Night editor"
    assert not models.Listing.objects.exists()


def test_a_form_begins_with_today_and_a_month(desk):
    shown = page(desk.get("/jobs/new/"))

    days = [shown.cssselect(f"[name={name}]")[0].get("value") for name in ("posted", "valid_until")]
    assert days == ["2026-11-20", "2026-12-20"]


def test_the_list_shows_each_state_and_only_ones_own_boards(desk, masthead, kei):
    kinds = {
        "open": {}, "coming": {"posted_at": NOON + DAY}, "over": {"valid_until": NOON},
        "closed": {},
    }  # fmt: skip
    for title, fields in kinds.items():
        row = a_listing(masthead, by=kei, title=title, **fields)
    listings.close(row.pk, by=kei.pk)
    theirs = a_listing(a_masthead("kinako"), title="theirs")

    for state in kinds:
        shown = page(desk.get(f"/jobs/?state={state}"))
        assert every(shown, ".jobs-table tbody th") == [state]
        assert every(shown, ".jobs-state") == [state]
    assert every(page(desk.get("/jobs/")), ".jobs-table td")[-2:] == ["18 Nov 2026", "18 Dec 2026"]
    assert len(every(page(desk.get("/jobs/?state=all&page=x")), ".jobs-table tbody th")) == 4
    assert every(page(desk.get("/jobs/?state=no")), ".jobs-table tbody th") == ["open"]
    assert desk.get(f"/jobs/{theirs.pk}/").status_code == 404


def test_a_long_list_has_pages(desk, masthead, kei, monkeypatch):
    monkeypatch.setattr(asked, "PAGE", 2)
    for number in range(5):
        a_listing(masthead, by=kei, title=f"Job {number}")

    shown = page(desk.get("/jobs/?page=2"))

    assert every(shown, ".jobs-table tbody th") == ["Job 2", "Job 1"]
    assert {"?state=open&page=1", "?state=open&page=3"} <= set(links(shown))


def test_who_keeps_no_board_does_not_come_in(masthead):
    desk = enter(a_reader("Rin"))

    assert desk.get("/jobs/").status_code == 302
    assert "Jobs" not in every(page(desk.get("/")), ".sidebar-menu-item")


def send(desk, data, name="jobs.csv", **fields):
    about = {"masthead": "musashi", "feed": "partner", **fields}
    return desk.post("/jobs/import/", {**about, "file": SimpleUploadedFile(name, data)})


def test_a_file_is_tried_taken_in_and_its_broken_rows_come_back_to_mend(desk):
    data = csv_of({}, {"id": "a-2", "title": "", "employer": "=cmd()"})
    tried = page(send(desk, data, dry="on"))
    assert "What would happen" in every(tried, "h2")
    assert not models.FeedImport.objects.exists()

    answer = send(desk, data)
    kept = models.FeedImport.objects.get()
    assert answer["Location"] == f"/jobs/imports/{kept.pk}/"
    report = page(desk.get(answer["Location"]))
    assert every(report, ".jobs-table tbody tr") == ["3 a-2 title: It is empty. Fill it in."]
    assert desk.get(f"/jobs/imports/{kept.pk}/file").content == data

    mended = desk.get(f"/jobs/imports/{kept.pk}/refused").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(mended, newline=""))
    assert (row["id"], row["employer"]) == ("a-2", "'=cmd()")
    assert row["why_refused"] == "title: It is empty. Fill it in."
    assert "jobs.csv" in words_of(page(desk.get("/jobs/")))


def test_refused_rows_of_json_come_back_as_json(desk):
    send(desk, json.dumps([{**ROW, "title": 1.5}, "no"]).encode(), complete="on")
    kept = models.FeedImport.objects.get()

    told = json.loads(desk.get(f"/jobs/imports/{kept.pk}/refused").content)

    assert [one.get("title") for one in told["jobs"]] == [1.5, None]
    assert told["jobs"][1] == {"?": "no", "why_refused": "Expected an object, found str."}
    assert kept.report["complete"] is True


def test_a_file_that_cannot_be_read_is_told_at_its_field(desk, monkeypatch):
    assert "It is not UTF-8" in " ".join(every(page(send(desk, b"\xff"), 422), ".jobs-problem"))
    monkeypatch.setattr(forms, "BYTES_MOST", 2)
    shown = page(send(desk, b"long"), 422)
    assert "It has 4 bytes; 2 are taken." in " ".join(every(shown, ".jobs-problem"))
    assert every(page(desk.get("/jobs/import/")), ".jobs-problem") == []


def test_another_title_s_file_is_not_shown(desk):
    a_masthead("kinako")
    number, _ = importing.take_feed(
        csv_of({}), site_of("kinako"), feed="partner", name="theirs.csv", by=None
    )

    assert desk.get(f"/jobs/imports/{number}/").status_code == 404
    assert "theirs.csv" not in words_of(page(desk.get("/jobs/")))


def test_a_superuser_keeps_every_board(masthead):
    desk = client_for(an_editor())

    assert desk.get("/jobs/").status_code == 200
    assert "Jobs" in words_of(page(desk.get("/")))
