"""Raw bytes: safe before anybody is told, never overwritten, checked when read."""

import errno
import os
from hashlib import sha256
from io import BytesIO

import pytest

from dateline.wire.adapters import raw_store

TEXT = b"<newsItem>\xff\x00</newsItem>"
HASH = sha256(TEXT).hexdigest()


def keep(root, data=TEXT):
    return raw_store.keep(BytesIO(data), root=root)


def test_keeps_every_byte_under_its_hash(tmp_path):
    kept = keep(tmp_path)

    assert kept == raw_store.Kept(HASH, len(TEXT))
    assert (tmp_path / HASH[:2] / HASH).read_bytes() == TEXT
    assert raw_store.read(HASH, root=tmp_path) == TEXT


def test_the_file_cannot_be_written_to_by_accident(tmp_path):
    keep(tmp_path)

    assert raw_store.path_of(HASH, root=tmp_path).stat().st_mode & 0o777 == 0o440


def test_the_same_bytes_twice_are_one_file_that_is_not_written_again(tmp_path):
    keep(tmp_path)
    first = raw_store.path_of(HASH, root=tmp_path).stat()
    keep(tmp_path)

    assert raw_store.path_of(HASH, root=tmp_path).stat().st_ino == first.st_ino
    assert list((tmp_path / "unfinished").iterdir()) == []


def test_bytes_are_on_disk_before_their_name_is(tmp_path, monkeypatch):
    order = []
    fsync, rename = os.fsync, raw_store.Path.rename
    monkeypatch.setattr(os, "fsync", lambda fd: (order.append("fsync"), fsync(fd))[1])
    monkeypatch.setattr(
        raw_store.Path, "rename", lambda a, b: (order.append("rename"), rename(a, b))[1]
    )
    keep(tmp_path)
    order.clear()
    keep(tmp_path, TEXT + b"2")

    at = order.index("rename")
    assert "fsync" in order[:at]
    assert order[-1] == "fsync"  # the folder that now holds the name


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    keep(tmp_path, b"first")  # the folders are there
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space"):
        keep(tmp_path)

    assert list((tmp_path / "unfinished").iterdir()) == []
    assert not raw_store.path_of(HASH, root=tmp_path).exists()


def test_changed_bytes_are_noticed_when_read(tmp_path):
    keep(tmp_path)
    place = raw_store.path_of(HASH, root=tmp_path)
    place.chmod(0o640)
    place.write_bytes(b"other")

    with pytest.raises(raw_store.RawDamaged, match="no longer what was received"):
        raw_store.read(HASH, root=tmp_path)


def test_missing_bytes_are_said_to_be_missing(tmp_path):
    with pytest.raises(raw_store.RawDamaged, match=r"cannot be read .* from a backup"):
        raw_store.read(HASH, root=tmp_path)


def test_half_written_copies_of_a_dead_process_are_cleared_but_not_fresh_ones(tmp_path):
    waiting = tmp_path / "unfinished"
    waiting.mkdir()
    for name, written in (("old", 1000), ("fresh", 3000)):
        (waiting / name).touch()
        os.utime(waiting / name, (written, written))

    assert raw_store.clear_unfinished(root=tmp_path, before=2000) == 1
    assert [p.name for p in waiting.iterdir()] == ["fresh"]


def test_clearing_where_nothing_was_ever_kept_is_no_error(tmp_path):
    assert raw_store.clear_unfinished(root=tmp_path, before=2000) == 0
