"""Files of jobs are taken apart; what is broken is broken in its row only."""

import csv
import io
import json

import pytest

from dateline.jobs.domain import feed as feeds
from dateline.jobs.domain.errors import FeedRefused
from dateline.jobs.domain.feed import Row, csv_of, read_feed
from tests.factories.jobs import ROW
from tests.factories.jobs import csv_of as file_of


def read(data):
    return read_feed(data if isinstance(data, bytes) else data.encode(), source="jobs.csv")


def refused(data):
    with pytest.raises(FeedRefused) as refusal:
        read(data)
    return str(refusal.value)


def test_a_table_is_read_with_the_numbers_a_spreadsheet_shows():
    feed = read(file_of({}, {"id": "a-2", "text": "Two\nlines."}))

    assert (feed.kind, feed.complete, feed.unknown, feed.broken_off) == ("csv", False, (), False)
    assert [(row.number, row.key, row.problem) for row in feed.rows] == [
        (2, "a-1", ""), (3, "a-2", ""),
    ]  # fmt: skip
    assert feed.rows[0].values == ROW


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_spreadsheet_s_own_dialect_is_read(sign, end, mark):
    text = end.join(
        [f"{mark}ID{sign} Title{sign}employer{sign}text{sign}valid_until{sign}colour",
         "", f"7{sign}A{sign}B{sign}C{sign}2026-12-01{sign}red"]
    )  # fmt: skip
    feed = read(text)

    assert [(row.key, row.values["title"]) for row in feed.rows] == [("7", "A")]
    assert feed.unknown == ("colour",)


def test_a_row_with_too_few_cells_says_so_and_the_next_is_read():
    feed = read(b"id,title,employer,text,valid_until\na,b\nc,d,e,f,2026-12-01\n")

    assert [row.problem for row in feed.rows] == [
        "It has 2 cells, the heading 5. Is a quotation mark missing?", "",
    ]  # fmt: skip
    assert feed.rows[0].key == "a"


def test_a_quotation_mark_that_never_ends_ends_the_file():
    feed = read(b'id,title,employer,text,valid_until\na,b,c,d,e\nb,"never,c,d,e\n')

    assert feed.broken_off
    assert feed.rows[-1] == Row(3, {}, "Nothing can be read from here on: unexpected end of data.")
    first = read(b'id,title,employer,text,valid_until\nb,"never,c,d,e\n')
    assert first.rows[0].number == 2


def test_a_json_list_and_a_json_feed_are_read():
    listed = read(json.dumps([{"id": 7, "colour": "red"}, "no", {"id": True}]))
    told = read(json.dumps({"complete": True, "jobs": []}))

    assert [(row.number, row.key) for row in listed.rows] == [(1, "7"), (2, ""), (3, "")]
    assert listed.rows[1].problem == "Expected an object, found str."
    assert (listed.kind, listed.complete, listed.unknown) == ("json", False, ("colour",))
    assert (told.complete, told.rows) == (True, ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (" \n", "jobs.csv: It is empty."),
        ("{", "It is not JSON: "),
        ('{"complete": true}', 'Its listings are missing. Put them in a list named "jobs".'),
        ('{"complete": "yes", "jobs": []}', '"complete" is neither true nor false.'),
        ("title,employer,text\n", "Its first row has no column id, valid_until. It reads 'title,"),
        ("id,id,title,employer,text,valid_until\n", "It has two columns named id."),
        ('"id\n', "Its heading cannot be read: unexpected end of data."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, said):
    assert said in refused(data)


def test_another_encoding_is_named_by_its_first_byte():
    said = "It is not UTF-8 at byte 4. Save it as CSV UTF-8, or JSON."
    assert said in refused(b"id,\xff")


def test_json_without_an_end_is_no_bomb():
    assert "It is not JSON: " in refused(b"[" * 200_000)


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(feeds, "BYTES_MOST", 10)
    assert refused(b"x" * 11) == "jobs.csv: It has 11 bytes; 10 are taken. Split it."


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_of_too_many_is_not_taken(monkeypatch, kind):
    monkeypatch.setattr(feeds, "ROWS_MOST", 3)
    data = file_of(*[{}] * 4) if kind == "csv" else json.dumps([ROW] * 4)
    assert "more than 3 listings. Split it" in refused(data)


@pytest.mark.parametrize("name", ["x" * 121, "a\u200b", None, ["a"], 1.5])
def test_a_name_that_cannot_be_kept_is_none(name):
    assert Row(1, {"id": name}).key == ""


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+81", "'+81"), ("-1", "'-1"), ("@x", "'@x"),
        ("\tx", "'\tx"), ("\rx", "'\rx"), ("  =1", "'  =1"), ("'quoted", "'quoted"), (None, ""),
        (7, "7"), ("a,b", "a,b"),
    ],
)  # fmt: skip
def test_no_spreadsheet_calculates_what_is_written(cell, written):
    (row,) = csv.DictReader(io.StringIO(csv_of(["id"], [{"id": cell, "left": "out"}]), newline=""))

    assert row == {"id": written}


@pytest.mark.parametrize("text", ["=1+1", "-1", "  @x", "'plain", "it's"])
def test_what_is_written_is_read_as_it_was(text):
    table = csv_of(list(ROW), [{**ROW, "text": text}])

    assert read(table).rows[0].values["text"] == text
