"""The access log: whole lines, in a file that may be moved away, and never in the way."""

import pytest

from dateline.project.front import access
from dateline.project.front.access import AccessLog

NOON = 1_795_435_200.5  # 23 November 2026, 12:00 UTC


def add(log, url=b"/world/?page=2", now=NOON):
    log.add(now, who="192.0.2.1", method=b"GET", host=b"post.test", url=url, status=200, size=12,
            cache=b"hit")  # fmt: skip


def test_a_line_says_who_asked_what_and_when(log):
    add(log)
    log.close()

    assert log.path.read_bytes() == (
        b'192.0.2.1 - - [23/Nov/2026:12:00:00 +0000] "GET /world/?page=2 HTTP/1.1" 200 12 '
        b"post.test hit\n"
    )


def test_no_address_can_end_its_own_quotes(log):
    add(log, url=b'/" 200 "')
    log.write()

    assert log.path.read_bytes().count(b'"') == 2


def test_lines_wait_until_they_are_written_or_are_many(log, monkeypatch):
    monkeypatch.setattr(access, "FULL_AT", 3)
    for second in range(3):
        add(log, now=NOON + second)
    assert not log.path.exists()

    add(log)

    assert log.path.read_bytes().count(b"\n") == 3
    assert b"12:00:02" in log.path.read_bytes()


def test_lines_of_hits_are_written_when_they_are_many(log, monkeypatch):
    monkeypatch.setattr(access, "FULL_AT", 2)

    for _ in range(3):
        log.hit(NOON, int(NOON), "192.0.2.1", b"/a", AccessLog.end(200, 5, b"post.test", b"hit"))

    (first, second) = log.path.read_bytes().splitlines()
    assert first == second
    assert first.startswith(b"192.0.2.1 - - [")
    assert first.endswith(b'"GET /a HTTP/1.1" 200 5 post.test hit')


def test_a_file_that_was_moved_away_is_made_anew(log):
    add(log)
    log.write()
    log.path.rename(log.path.with_suffix(".1"))
    add(log)
    log.write()
    log.path.unlink()
    log.path.write_bytes(b"another\n")
    add(log)
    log.write()

    assert log.path.with_suffix(".1").read_bytes().count(b"\n") == 1
    assert log.path.read_bytes().startswith(b"another\n192.0.2.1 ")


def test_a_log_that_cannot_be_written_costs_lines_and_says_so_once(log, logged):
    log.path.mkdir()
    for _ in range(2):
        add(log)
        log.write()

    assert log.lost == 2
    assert logged().count("access_log_not_written") == 1
    log.path.rmdir()
    add(log)
    log.write()
    assert log.path.read_bytes().count(b"\n") == 1


def test_nothing_is_written_when_there_is_nothing(log):
    log.close()

    assert not log.path.exists()


@pytest.fixture
def log(tmp_path):
    made = AccessLog(tmp_path / "access.log")
    yield made
    made.close()
