"""A name for the code that renders: another one whenever a page could come out differently."""

import os

import pytest

from dateline.project import release, statics


def test_the_same_code_has_the_same_name(home):
    assert release.fingerprint(home) == release.fingerprint(home)


@pytest.mark.parametrize("name", ["views.py", "web/story.html", "locale/ja.mo"])
def test_changed_new_and_removed_files_make_another_release(home, name):
    names = {release.fingerprint(home)}
    path = home / name
    path.parent.mkdir(exist_ok=True)

    path.write_text("one")
    names.add(release.fingerprint(home))
    os.utime(path, (1, 1))
    names.add(release.fingerprint(home))
    path.write_text("three")
    names.add(release.fingerprint(home))

    assert len(names) == 4


def test_a_file_that_renders_nothing_makes_none(home):
    before = release.fingerprint(home)
    (home / "notes.md").write_text("x")

    assert release.fingerprint(home) == before


def test_other_static_files_make_another_release(home, monkeypatch):
    before = release.fingerprint(home)
    monkeypatch.setattr(statics, "fingerprint", lambda: "another")

    assert release.fingerprint(home) != before


@pytest.fixture
def home(tmp_path):
    (tmp_path / "app.py").write_text("pass")
    return tmp_path
