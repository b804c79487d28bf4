"""The watched folder: only finished files, in their order, and nothing that is no file."""

import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.wire.adapters import folder

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def names(look):
    return [found.name for found in look.files]


def test_a_new_file_is_taken_when_two_looks_see_the_same(tmp_path, write):
    write("a.xml", b"half")
    watch = folder.Watch()

    assert names(watch.look(tmp_path, at=NOON)) == []
    assert names(watch.look(tmp_path, at=NOON + folder.SETTLE)) == ["a.xml"]


def test_two_looks_at_the_same_moment_are_one(tmp_path, write):
    write("a.xml", b"half")
    watch = folder.Watch()
    watch.look(tmp_path, at=NOON)
    look = watch.look(tmp_path, at=NOON + timedelta(milliseconds=100))

    assert (look.files, look.growing) == ([], 1)


@pytest.mark.parametrize("change", ["grows", "is replaced", "is written again"])
def test_a_file_that_changes_between_looks_waits(tmp_path, write, change):
    path = write("a.xml", b"half")
    watch = folder.Watch()
    watch.look(tmp_path, at=NOON)
    if change == "grows":
        path.write_bytes(b"half and half")
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    elif change == "is replaced":
        write("new", b"half").rename(path)
    else:
        os.utime(path, (NOON.timestamp() + 1, NOON.timestamp() + 1))

    assert names(watch.look(tmp_path, at=NOON + folder.SETTLE)) == []
    assert names(watch.look(tmp_path, at=NOON + 3 * folder.SETTLE)) == ["a.xml"]


def test_a_finished_file_moved_in_is_taken_at_once(tmp_path, write):
    write("a.xml", b"whole", age_s=61)

    assert names(folder.Watch().look(tmp_path, at=NOON)) == ["a.xml"]


@pytest.mark.parametrize("name", [".a.xml", "a.xml.part", "A.XML.TMP", "a.xml.filepart"])
def test_unfinished_names_are_left_until_renamed(tmp_path, write, name):
    path = write(name, b"whole", age_s=3600)

    assert names(folder.Watch().look(tmp_path, at=NOON)) == []

    path.rename(tmp_path / "a.xml")
    assert names(folder.Watch().look(tmp_path, at=NOON)) == ["a.xml"]


def test_files_come_in_the_order_they_were_written(tmp_path, write):
    write("b.xml", b"1", age_s=300)
    write("a.xml", b"2", age_s=200)
    write("c.xml", b"3", age_s=400)

    assert names(folder.Watch().look(tmp_path, at=NOON)) == ["c.xml", "b.xml", "a.xml"]


def test_folders_below_are_read_with_their_path_as_name(tmp_path, write):
    write("journal/2026/a.xml", b"1", age_s=300)

    assert names(folder.Watch().look(tmp_path, at=NOON)) == ["journal/2026/a.xml"]


def test_too_many_folders_are_refused_with_a_sentence(tmp_path, write):
    deep = "/".join("abcdefghi")
    write(f"{deep}/a.xml", b"1", age_s=300)
    look = folder.Watch().look(tmp_path, at=NOON)

    assert look.files == []
    assert look.refused[0].problem == "It is more than 8 folders deep. Put its files higher up."


def test_links_are_refused_even_to_files_that_could_be_read(tmp_path, write):
    secret = write("../secret", b"key", age_s=300)
    (tmp_path / "a.xml").symlink_to(secret)
    (tmp_path / "folder").symlink_to(tmp_path.parent)
    look = folder.Watch().look(tmp_path, at=NOON)

    assert look.files == []
    assert [r.path.name for r in look.refused] == ["a.xml", "folder"]
    assert "link" in look.refused[0].problem


def test_pipes_and_sockets_are_refused_without_waiting_for_them(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        look = folder.Watch().look(tmp_path, at=NOON)

    assert [r.path.name for r in look.refused] == ["pipe", "socket"]
    assert "not a file" in look.refused[0].problem


def test_a_folder_that_cannot_be_read_is_reported(tmp_path):
    look = folder.Watch().look(tmp_path / "missing", at=NOON)

    assert look.refused[0].problem == "The folder cannot be read: No such file or directory."


def test_a_file_that_leaves_while_the_folder_is_listed_is_no_problem(tmp_path, write):
    path = write("a.xml", b"1")
    with os.scandir(tmp_path) as listing:
        entry = next(listing)
    path.unlink()

    assert list(folder._one(entry, depth=1)) == []


def test_a_name_that_is_no_utf8_can_be_stored_and_shown():
    name = folder.shown_name(Path(os.fsdecode(b"caf\xe9\n.xml")))

    assert name == "caf\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}.xml"


def test_a_long_name_keeps_its_end():
    assert folder.shown_name(Path("x" * 300 + ".xml")).endswith("xxx.xml")
    assert len(folder.shown_name(Path("x" * 300 + ".xml"))) == 255


def test_a_file_still_open_for_writing_is_not_taken_however_long_it_rests(tmp_path, write):
    path = write("a.xml", b"half", age_s=3600)
    found = folder.Watch().look(tmp_path, at=NOON).files[0]

    with path.open("ab"), pytest.raises(folder.NotTakenNow, match="still being written"):
        folder.open_finished(found)

    with folder.open_finished(found) as file:
        assert file.read() == b"half"


def test_where_the_kernel_gives_no_lease_two_looks_must_do(tmp_path, write, monkeypatch):
    def refuse(*_):
        raise PermissionError

    write("a.xml", b"whole", age_s=3600)
    found = folder.Watch().look(tmp_path, at=NOON).files[0]
    monkeypatch.setattr(folder.fcntl, "fcntl", refuse)

    with folder.open_finished(found) as file:
        assert file.read() == b"whole"


def test_a_file_replaced_by_a_link_after_the_look_is_not_followed(tmp_path, write):
    path = write("a.xml", b"whole", age_s=3600)
    found = folder.Watch().look(tmp_path, at=NOON).files[0]
    path.unlink()
    path.symlink_to("/etc/hostname")

    with pytest.raises(OSError, match="symbolic"):
        folder.open_finished(found)


def test_a_file_gone_after_the_look_is_left_for_later(tmp_path, write):
    path = write("a.xml", b"whole", age_s=3600)
    found = folder.Watch().look(tmp_path, at=NOON).files[0]
    path.unlink()

    with pytest.raises(folder.NotTakenNow, match="gone"):
        folder.open_finished(found)
    assert folder.acknowledge(found) is False


def test_acknowledging_never_removes_what_took_the_files_place(tmp_path, write):
    path = write("a.xml", b"first", age_s=3600)
    found = folder.Watch().look(tmp_path, at=NOON).files[0]
    write("new", b"second", age_s=10).rename(path)

    assert folder.acknowledge(found) is False
    assert path.read_bytes() == b"second"


def test_acknowledging_removes_the_file(tmp_path, write):
    path = write("a.xml", b"first", age_s=3600)

    assert folder.acknowledge(folder.Watch().look(tmp_path, at=NOON).files[0]) is True
    assert not path.exists()


@pytest.fixture
def write(tmp_path):
    def put(name, data, *, age_s=0):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written = NOON.timestamp() - age_s
        os.utime(path, (written, written))
        return path

    return put
