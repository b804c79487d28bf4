"""Static files: hashed names, collected only when something changed."""

import brotli
import pytest

from dateline.project import statics
from dateline.project.staticfiles import HashedStatic


def test_files_are_collected_once_and_again_when_one_changes(settings, tmp_path):
    own, settings.STATIC_ROOT = tmp_path / "own", tmp_path / "static"
    own.mkdir()
    (own / "a.css").write_text("body{}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [own]

    assert statics.collect_if_changed()
    assert not statics.collect_if_changed()
    (own / "a.css").write_text("body{color:red}")
    assert statics.collect_if_changed()

    hashed = {path.name for path in settings.STATIC_ROOT.glob("a.*.css")}
    assert len(hashed) == 2
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()


@pytest.mark.parametrize(("lines", "quality"), [(200, 11), (9_000, 9)])
def test_large_files_are_compressed_with_less_effort(settings, tmp_path, lines, quality):
    own, settings.STATIC_ROOT = tmp_path / "own", tmp_path / "static"
    own.mkdir()
    text = "".join(f".rule-{n} {{ margin: {n * 7 % 31}px }}\n" for n in range(lines)).encode()
    (own / "a.css").write_bytes(text)
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [own]

    statics.collect_if_changed()

    made = (settings.STATIC_ROOT / "a.css.br").read_bytes()
    assert brotli.decompress(made) == text
    assert made == brotli.compress(text, quality=quality)
    assert made != brotli.compress(text, quality=20 - quality)


def test_names_are_plain_until_something_was_collected(tmp_path):
    storage = HashedStatic(location=tmp_path, base_url="/static/")

    assert storage.url("web/a.css") == "/static/web/a.css"


def test_a_name_that_does_not_exist_is_an_error_once_there_is_a_manifest(tmp_path):
    storage = HashedStatic(location=tmp_path, base_url="/static/")
    storage.hashed_files = {"web/a.css": "web/a.1234.css"}

    assert storage.url("web/a.css") == "/static/web/a.1234.css"
    with pytest.raises(ValueError, match=r"Missing staticfiles manifest entry for 'web/b\.css'"):
        storage.url("web/b.css")
