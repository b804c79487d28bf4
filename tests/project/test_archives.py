"""The file that a backup is: every change of it is found before anything is restored."""

import io
import json
import tarfile

import pytest

from dateline.project import archives
from dateline.project.archives import ArchiveError, Manifest


def test_what_was_written_reads_back(tmp_path):
    path, manifest = written(tmp_path)

    assert archives.verify(path, into=tmp_path / "out") == manifest
    assert (tmp_path / "out" / "files" / "media" / "a.jpg").read_bytes() == b"picture"
    assert (tmp_path / "out" / "database.sqlite3").read_bytes() == b"rows"


def test_a_large_file_is_copied_in_blocks(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "IN_MEMORY", 10)
    monkeypatch.setattr(archives, "BLOCK", 3)

    path, manifest = written(tmp_path, picture=b"0123456789" * 5)

    assert archives.verify(path) == manifest


def test_a_file_that_is_gone_is_left_out(tmp_path):
    with tarfile.open(tmp_path / "x.tar", "x") as archive:
        assert archives.add(archive, "files/x", tmp_path / "nowhere") is None


@pytest.mark.parametrize("position", [0.1, 0.35, 0.6, 0.95])
def test_a_changed_or_cut_backup_is_never_trusted(tmp_path, position):
    path, manifest = written(tmp_path)
    whole = path.read_bytes()
    at = int(len(whole.rstrip(b"\0")) * position)  # what follows is only padding

    path.write_bytes(whole[:at])
    with pytest.raises(ArchiveError):
        archives.verify(path)

    for change in range(at, at + 512, 64):
        path.write_bytes(whole[:change] + b"\xff" + whole[change + 1 :])
        try:
            assert archives.verify(path) == manifest  # padding holds nothing
        except ArchiveError:
            continue


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda members: members | {"files/evil": b"x"}, "files/evil is not in the manifest (1 in"),
        (lambda members: drop(members, "files/media/a.jpg"), "files/media/a.jpg is missing (1 in"),
        (lambda members: drop(members, "manifest.json"), "has no manifest.json"),
        (lambda members: members | {"files/media/a.jpg": b"other"}, "a.jpg has changed since"),
        (lambda members: members | {"database.sqlite3": b"none"}, "database.sqlite3 has changed"),
        (lambda members: {"../evil": b"x"} | members, "../evil: no backup of ours"),
        (lambda members: {"/etc/evil": b"x"} | members, "/etc/evil: no backup of ours"),
        (lambda members: members | {"manifest.json": b"[]"}, "manifest.json cannot be read"),
        (lambda members: members | {"manifest.json": b"{"}, "manifest.json cannot be read"),
        (lambda members: later(members), "has format 2; this version"),  # noqa: PLW0108 - it is below
    ],
)
def test_what_is_wrong_is_named(tmp_path, change, message):
    path, _ = written(tmp_path)
    with tarfile.open(path) as archive:
        members = {info.name: archive.extractfile(info).read() for info in archive}
    path.unlink()
    pack(path, change(members))

    with pytest.raises(ArchiveError) as refused:
        archives.verify(path, into=tmp_path / "out")

    assert message in str(refused.value)
    assert not (tmp_path / "evil").exists()


def test_a_link_is_no_member_of_ours(tmp_path):
    with tarfile.open(tmp_path / "x.tar", "x") as archive:
        info = tarfile.TarInfo("files/link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)

    with pytest.raises(ArchiveError, match="files/link: no backup of ours has such a member"):
        archives.verify(tmp_path / "x.tar", into=tmp_path / "out")


def test_something_else_is_no_backup(tmp_path):
    (tmp_path / "x.tar").write_text("hello")

    with pytest.raises(ArchiveError, match="cannot be read"):
        archives.verify(tmp_path / "x.tar")


def written(folder, picture=b"picture"):
    (folder / "database.sqlite3").write_bytes(b"rows")
    (folder / "a.jpg").write_bytes(picture)
    path = folder / "backup.tar"
    with tarfile.open(path, "x") as archive:
        manifest = Manifest(
            version="1", made_at="2026-11-23T09:00:00+00:00", engine="sqlite",
            database=archives.add(archive, "database.sqlite3", folder / "database.sqlite3"),
            rows={"story": 3},
            files=[archives.add(archive, "files/media/a.jpg", folder / "a.jpg")],
        )  # fmt: skip
        archives.add_manifest(archive, manifest)
    return path, manifest


def drop(members, name):
    return {key: value for key, value in members.items() if key != name}


def later(members):
    manifest = json.loads(members["manifest.json"]) | {"format": 2}
    return members | {"manifest.json": json.dumps(manifest).encode()}


def pack(path, members):
    with tarfile.open(path, "x") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
