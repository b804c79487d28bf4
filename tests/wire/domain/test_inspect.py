"""`dateline wire inspect`: what an editor or developer sees of a file, without a database."""

import json

import pytest
from django.core.management import call_command

from dateline.wire.domain.inspect import KEYS, as_json
from tests.wire.domain.reading import read_one
from tests.wire.domain.test_golden import SAMPLES

ISSUE_KEYS = [
    "format",
    "provider",
    "family",
    "version",
    "status",
    "usability",
    "reason",
    "headline",
    "slugline",
    "dateline",
    "byline",
    "language",
    "urgency",
    "embargo_until",
    "expires_at",
    "created_at",
    "version_created_at",
    "body_text",
    "body_html",
    "copyright",
    "usage_terms",
    "credit",
    "caption",
    "pictures",
    "relations",
    "media_topics",
]


def test_shows_exactly_the_keys_it_promises_in_their_order():
    one = as_json(read_one('{"uri": "urn:x:1", "headline": "a"}'))

    assert list(one) == ISSUE_KEYS == list(KEYS)
    assert (one["family"], one["usability"], one["pictures"]) == ("urn:x:1", "usable", [])
    assert all(one[key] is None for key in ("slugline", "urgency", "embargo_until", "body_html"))


def test_times_are_written_in_utc():
    one = as_json(read_one('{"uri": "urn:x:1", "embargoed": "2026-11-20T21:00:00+09:00"}'))

    assert one["embargo_until"] == "2026-11-20T12:00:00Z"


def test_prints_every_item_of_every_file(capsys):
    call_command(
        "wire", "inspect", *(str(SAMPLES / name) for name in ("g2-message.xml", "ldrs.json"))
    )

    items = json.loads(capsys.readouterr().out)
    assert [item["usability"] for item in items] == [
        "usable",
        "held",
        "usable",
        "not_for_readers",
        "usable",
    ]
    assert items[0]["relations"] == []
    assert items[2]["relations"][0]["family"] == "harbourwire:HW-1"


def test_a_refused_file_is_named_and_the_others_are_read(capsys, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"{")

    with pytest.raises(SystemExit) as left:
        call_command(
            "wire", "inspect", str(bad), str(tmp_path / "none.xml"), str(SAMPLES / "g2-cancel.xml")
        )

    printed = capsys.readouterr()
    assert left.value.code == 2
    assert [item["usability"] for item in json.loads(printed.out)] == ["killed"]
    assert printed.err.splitlines()[0].startswith("bad.json: (document): it ends too early")
    assert printed.err.splitlines()[1].endswith(
        "none.xml: it cannot be opened (No such file or directory)."
    )


def test_only_refused_files_print_an_empty_list(capsys, tmp_path):
    (tmp_path / "empty.xml").touch()

    with pytest.raises(SystemExit):
        call_command("wire", "inspect", str(tmp_path / "empty.xml"))

    assert json.loads(capsys.readouterr().out) == []


def test_a_file_that_is_not_there_is_no_refusal(capsys, tmp_path):
    with pytest.raises(SystemExit) as left:
        call_command("wire", "inspect", str(tmp_path / "none.xml"), str(SAMPLES / "ldrs.json"))

    assert left.value.code == 1
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_a_file_of_any_size_is_refused_by_its_size(capsys, tmp_path):
    with (tmp_path / "huge.xml").open("wb") as huge:
        huge.truncate(200_000_000)

    with pytest.raises(SystemExit) as left:
        call_command("wire", "inspect", str(tmp_path / "huge.xml"))

    assert left.value.code == 2
    assert "huge.xml: (document): it has 200.0 MB; the limit is 80 MB." in capsys.readouterr().err
