"""A file of jobs: good rows are taken, broken ones told by number, nothing is lost, twice is once."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from dateline.jobs import models
from dateline.jobs.domain.errors import FeedRefused, NotYours
from dateline.jobs.domain.report import report_of
from dateline.jobs.services import importing, listings
from dateline.outbox.models import FactRecord
from tests.factories.discussion import a_reader
from tests.factories.jobs import NOON, ROW, csv_of
from tests.factories.newsroom import a_masthead
from tests.stories.newspaper import site as site_of

pytestmark = pytest.mark.django_db
NUMBER = "salary_min: Expected a whole number, found 'much'. Write it as 3200000."
ADDRESS = "apply_url: An address begins with https://, found 'javascript'. Ask for a safe one."


@pytest.fixture
def take(site):
    def one(data, **options):
        about = {"feed": "partner", "name": "jobs.csv", "by": None, **options}
        return importing.take_feed(data, site, **about)[1]

    return one


def counts(report):
    return report.added, report.changed, report.same, report.closed, len(report.refused)


def titles(**fields):
    rows = models.Listing.objects.filter(closed_at=None, **fields).order_by("feed_key")
    return list(rows.values_list("title", flat=True))


def test_good_rows_are_taken_and_each_broken_one_is_told_by_number(take):
    report = take(
        csv_of(
            {}, {"id": "a-2", "salary_min": "much", "apply_url": "javascript:alert(1)"},
            {"id": ""}, {"id": "a-1", "title": "Again"}, {"id": "a-5", "title": "Cook"},
        )
    )  # fmt: skip

    assert counts(report) == (2, 0, 0, 0, 3)
    assert titles() == ["Night editor", "Cook"]
    assert [(one.number, one.key) for one in report.refused] == [(3, "a-2"), (4, ""), (5, "a-1")]
    assert report.lines()[1:] == [
        f"Row 3 (a-2): {NUMBER} {ADDRESS}",
        "Row 4: id: It is empty, too long or no text. Give each row its own.",
        "Row 5 (a-1): id: 'a-1' is row 2 already. Give each row its own.",
    ]


def test_the_file_is_kept_and_its_refused_rows_come_back_as_they_were(take):
    data = csv_of({}, {"id": "a-2", "title": ""})
    take(data)

    kept = models.FeedImport.objects.get()
    assert bytes(kept.raw) == data
    assert report_of(kept.report).refused[0].problems == ("title: It is empty. Fill it in.",)
    _, ((row, why),) = importing.refused_rows(kept)
    assert (row.values["id"], why) == ("a-2", "title: It is empty. Fill it in.")
    assert (str(kept), str(kept.feed)) == (
        "jobs.csv at 2026-11-20 03:00", f"partner on {kept.feed.masthead_id}",
    )  # fmt: skip


def test_the_same_file_twice_changes_nothing(take):
    data = csv_of({"posted": ""}, {"id": "a-2"})
    take(data)
    before = list(models.Listing.objects.order_by("pk").values())

    again = take(data, at=NOON + timedelta(days=1))

    assert counts(again) == (0, 0, 2, 0, 0)
    assert list(models.Listing.objects.order_by("pk").values()) == before


def test_a_changed_row_changes_its_job_and_a_broken_one_leaves_it(take):
    take(csv_of({}, {"id": "a-2"}))

    report = take(csv_of({"title": "Day editor"}, {"id": "a-2", "title": ""}))

    assert counts(report) == (0, 1, 0, 0, 1)
    assert titles() == ["Day editor", "Night editor"]


def test_what_a_complete_file_leaves_out_is_closed_and_opened_when_it_is_back(take):
    take(csv_of({}, {"id": "a-2", "title": "Cook"}))
    assert take(csv_of({})).closed == 0

    closing = take(json.dumps({"complete": True, "jobs": [ROW]}).encode())

    assert (closing.closed, titles()) == (1, ["Night editor"])
    assert models.Listing.objects.get(feed_key="a-2").closed_by == "feed"
    back = take(csv_of({}, {"id": "a-2", "title": "Cook"}), complete=True)
    assert (back.reopened, back.changed, back.same) == (1, 1, 1)
    assert titles() == ["Night editor", "Cook"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (csv_of({}, {"id": ""}).decode(), "a row has no id"),
        (csv_of({"title": ""}).decode(), "not one good row"),
        (csv_of({}).decode() + 'b,"never', "could not be read to its end"),
    ],
    ids=["a row without an id", "no good row", "broken off"],
)
def test_nothing_is_closed_by_a_file_that_cannot_be_trusted(take, data, why):
    take(csv_of({}, {"id": "a-2"}))

    report = take(data.encode(), complete=True)

    assert report.closed == 0
    assert why in " ".join(report.notes)
    assert len(titles()) == 2


def test_a_broken_row_of_a_complete_file_closes_nothing_under_its_id(take):
    take(csv_of({}, {"id": "a-2", "title": "Cook"}))

    assert take(csv_of({}, {"id": "a-2", "title": ""}), complete=True).closed == 0
    assert titles() == ["Night editor", "Cook"]


def test_what_the_desk_closed_no_file_opens(take, kei):
    take(csv_of({}))
    listings.close(models.Listing.objects.get().pk, by=kei.pk)

    report = take(csv_of({"title": "Day editor"}), complete=True)

    assert (report.reopened, titles()) == (0, [])


def test_feeds_and_titles_have_ids_of_their_own(take, site):
    a_masthead("kinako")
    take(csv_of({}))
    take(csv_of({"title": "Cook"}), feed="other", complete=True)
    importing.take_feed(csv_of({}), site_of("kinako"), feed="partner", name="x", by=None)

    assert models.Listing.objects.filter(closed_at=None).count() == 3


def test_a_trial_says_the_same_and_does_nothing(take, site):
    take(csv_of({}, {"id": "a-2"}))
    before = list(models.Listing.objects.order_by("pk").values())
    data = csv_of({"title": "Day editor"}, {"id": "a-3"}, {"id": ""})

    tried = importing.try_feed(data, site, feed="partner", name="jobs.csv")
    fresh = importing.try_feed(data, site, feed="new", name="jobs.csv")
    over = importing.try_feed(csv_of({}), site, feed="partner", name="x", complete=True)

    assert counts(tried) == (1, 1, 0, 0, 1)
    assert (fresh.added, over.closed) == (2, 1)
    assert list(models.Listing.objects.order_by("pk").values()) == before
    assert models.FeedImport.objects.count() == 1


def test_only_the_newest_files_are_kept(take, monkeypatch):
    monkeypatch.setattr(importing, "KEPT", 2)
    for number in range(4):
        take(csv_of({"title": f"Editor {number}"}), name=f"{number}.csv")

    assert set(models.FeedImport.objects.values_list("name", flat=True)) == {"2.csv", "3.csv"}


def test_only_who_keeps_the_board_takes_files_in(take, kei):
    with pytest.raises(NotYours):
        take(csv_of({}), by=a_reader("Rin").pk)
    take(csv_of({}), by=kei.pk)

    fact = FactRecord.objects.filter(name="job_feed.taken").get()
    assert (fact.payload["added"], fact.payload["by"]) == (1, str(kei.pk))


def test_columns_that_nobody_reads_are_named(take):
    report = take(csv_of({"colour": "red"}, names=(*ROW, "colour")))

    assert (report.added, report.notes) == (1, ["Nobody reads these columns: colour."])


def test_a_file_that_cannot_be_read_leaves_no_trace(take):
    with pytest.raises(FeedRefused):
        take(b"\xff")
    assert not models.Feed.objects.exists()


def run(*words, capsys):
    call_command("jobs", *words)
    return capsys.readouterr().out


def test_the_command_takes_a_file_in_and_prints_what_became_of_it(tmp_path, masthead, capsys):
    file = tmp_path / "jobs.csv"
    file.write_bytes(csv_of({}, {"id": "a-2", "title": ""}))
    words = ("import", str(file), "--masthead", "musashi")

    tried = json.loads(run(*words, "--dry-run", "--json", capsys=capsys))
    assert (tried["added"], models.Listing.objects.count()) == (1, 0)
    out = run(*words, "--feed", "partner", capsys=capsys).splitlines()

    assert out == [
        "1 added, 0 changed, 0 as they were, 0 closed, 0 open again, 1 refused.",
        "Row 3 (a-2): title: It is empty. Fill it in.",
    ]
    assert models.Listing.objects.get().feed.slug == "partner"


def test_the_command_refuses_what_it_cannot_read(tmp_path, masthead):
    file = tmp_path / "jobs.csv"
    file.write_bytes(b"\xff")
    for words, said, code in (
        ((str(file), "--masthead", "musashi"), "It is not UTF-8", 2),
        ((str(file), "--masthead", "nobody"), "There is no masthead 'nobody'", 2),
        ((str(tmp_path / "none"), "--masthead", "musashi"), "No such file", 1),
    ):
        with pytest.raises(CommandError, match=said) as refusal:
            call_command("jobs", "import", *words)
        assert refusal.value.returncode == code


def test_the_command_appoints_who_keeps_a_board(masthead, capsys):
    rin = a_reader("Rin")
    said = run("appoint", rin.email, "--masthead", "musashi", capsys=capsys)
    assert said == f"{rin.email} keeps the board of Musashi.\n"
    assert "every board" in run("appoint", rin.email, capsys=capsys)
    assert models.Keeper.objects.filter(user=rin).count() == 2
    with pytest.raises(CommandError, match=r"There is no account nobody@x\.example"):
        call_command("jobs", "appoint", "nobody@x.example")
