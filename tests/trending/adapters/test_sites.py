"""Fronts know which host is whose from a file, and go on with what they knew."""

from dateline.trending.adapters import sites


def test_a_front_knows_a_host_however_it_is_written(tmp_path):
    sites.write(tmp_path, {"post.example": 7})
    known = sites.Sites(tmp_path)
    known.look()

    hosts = (b"post.example", b"post.example:8443", b"Post.Example.", b"example", b"")
    assert [known.of(host) for host in hosts] == [7, 7, 7, None, None]


def test_a_change_is_seen_and_no_change_is_not_written(tmp_path):
    known = sites.Sites(tmp_path)
    known.look()
    assert known.of(b"post.example") is None

    assert sites.write(tmp_path, {"post.example": 7})
    assert not sites.write(tmp_path, {"post.example": 7})
    known.look()
    assert sites.write(tmp_path, {"post.example": 8})
    known.look()
    known.look()

    assert known.of(b"post.example") == 8


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path):
    sites.write(tmp_path, {"post.example": 7})
    known = sites.Sites(tmp_path)
    known.look()
    for text in ("{", "[]", '{"post.example": "x"}'):
        (tmp_path / sites.FILE).write_text(text + " ")
        known.look()

    assert known.of(b"post.example") == 7
