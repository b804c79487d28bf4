"""nginx's log is read to its last line, once, over rotations and restarts."""

import os

import pytest

from dateline.trending.adapters import nginx_log as module
from dateline.trending.adapters.nginx_log import NginxLog, parse

LINE = (
    "1795900000.123\t203.0.113.9\tpost.example\tPOST\t1.%d.1.1.0.0\t0\t"
    "https://post.example\tsame-origin\t-\tMozilla/5.0 Firefox/145.0\n"
)


def test_a_line_tells_who_asked_what_and_how():
    found = parse((LINE % 4711).rstrip("\n").encode())

    assert found.at == 1795900000.123
    assert (found.address, found.method) == ("203.0.113.9", b"POST")
    assert found.text == b"1.4711.1.1.0.0"
    assert found.fields == {
        b"content-length": b"0",
        b"origin": b"https://post.example",
        b"sec-fetch-site": b"same-origin",
        b"user-agent": b"Mozilla/5.0 Firefox/145.0",
        b"host": b"post.example",
    }


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\t" * 9,
        b"x\ta" + b"\t-" * 8,
        pytest.param(b"1.0\t\xff" + b"\t-" * 8, id="address of bytes"),
        b"1.0" + b"\t-" * 10,
    ],
)
def test_a_line_that_is_none_is_none(line):
    assert parse(line) is None


def test_each_line_is_read_once(log):
    write(log, 1, 2)
    assert stories(log.read()) == [1, 2]
    write(log, 3)

    assert stories(log.read()) == [3]
    assert log.read() == []


def test_the_line_that_nginx_is_writing_waits_for_its_end(log):
    with log.path.open("a") as file:
        file.write((LINE % 1) + (LINE % 2)[:40])
    assert stories(log.read()) == [1]
    with log.path.open("a") as file:
        file.write((LINE % 2)[40:])

    assert stories(log.read()) == [2]


def test_who_begins_again_begins_where_the_last_one_ended(log):
    write(log, 1)
    log.read()
    write(log, 2)

    again = NginxLog(log.path, log.directory)

    assert stories(again.read()) == [2]


def test_a_log_that_was_moved_away_is_read_to_its_end_first(log):
    write(log, 1)
    log.read()
    write(log, 2)
    old = log.path.rename(log.path.with_name("beacons.log.1"))
    assert stories(log.read()) == [2]
    with old.open("a") as file:  # nginx was not told yet
        file.write(LINE % 3)
    assert stories(log.read()) == [3]
    log.path.touch()  # logrotate made it; nothing is in it
    assert log.read() == []
    write(log, 4)
    assert log.read() == []  # another worker of nginx may still write to the old one
    os.utime(old, (0, 0))

    assert stories(log.read()) == [4]
    assert log.torn == 0


def test_half_a_line_at_the_end_of_an_old_log_is_counted(log):
    write(log, 1)
    log.read()
    with log.path.open("a") as file:
        file.write("half")
    os.utime(log.path.rename(log.path.with_name("beacons.log.1")), (0, 0))
    write(log, 2)

    assert stories(log.read()) == [2]
    assert log.torn == 1


def test_an_old_log_that_is_gone_is_not_waited_for(log):
    write(log, 1)
    log.read()
    log.path.rename(log.path.with_name("elsewhere"))
    write(log, 2)

    assert stories(log.read()) == [2]


def test_a_log_that_was_cut_is_read_from_its_start(log):
    write(log, 1, 2)
    log.read()
    log.path.write_text(LINE % 3)

    assert stories(log.read()) == [3]


def test_a_line_that_nobody_understands_is_counted(log):
    log.path.write_text("nonsense\n" + LINE % 1)

    assert stories(log.read()) == [1]
    assert log.torn == 1


def test_without_a_log_there_is_nothing_to_read(log):
    assert log.read() == []


def test_a_note_that_is_nonsense_begins_anew(log):
    write(log, 1)
    (log.directory / module.NOTE).write_text("[1]")

    assert stories(log.read()) == [1]


def test_much_is_read_in_parts(log, monkeypatch):
    monkeypatch.setattr(module, "READ_BYTES", 3 * len(LINE))
    write(log, *range(1, 8))

    found = [stories(log.read()) for _ in range(5)]

    assert [one for part in found for one in part] == list(range(1, 8))
    assert len([part for part in found if part]) > 1


def write(log, *numbers):
    with log.path.open("a") as file:
        file.writelines(LINE % number for number in numbers)


def stories(found):
    return [int(one.text.split(b".")[1]) for one in found]


@pytest.fixture
def log(tmp_path):
    (tmp_path / "notes").mkdir()
    return NginxLog(tmp_path / "beacons.log", tmp_path / "notes")
