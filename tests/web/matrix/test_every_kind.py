"""Every kind of page, in English and in Japanese, full and empty: drawn whole, and valid HTML."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import dateline
from tests.web.matrix.kinds import OF_READERS, UNDRAWN
from tests.web.matrix.newspaper import LANGUAGES, STATES

VNU = Path(__file__).resolve().parents[3] / "node_modules/vnu-jar/build/dist/vnu.jar"
ROOMS = ("web", "accounts")

pytestmark = pytest.mark.journey  # beside the browser's: the pages are drawn once for all


def test_every_kind_is_there_in_both_languages_full_and_empty(drawn):
    wanted = {
        f"{kind.name}.{language}.{state}"
        for kind in OF_READERS
        for language in LANGUAGES
        for state in STATES
        if kind.address(state) and not (kind.only_english and language != "en")
    }

    assert set(drawn.pages) == wanted
    assert all(page.body.startswith(b"<!doctype html>") for page in drawn.pages.values())


def test_each_page_is_in_its_title_s_language(drawn):
    wrong = [
        page.name
        for page in drawn.pages.values()
        if f'<html lang="{page.language}"'.encode() not in page.body
    ]

    assert wrong == []


def test_every_template_of_the_readers_pages_has_drawn_one(drawn):
    source = Path(dateline.__file__).parent
    folders = [source / room / "templates" for room in ROOMS]
    ours = {str(path.relative_to(one)) for one in folders for path in one.rglob("*.html")}

    assert ours - drawn.templates == set(UNDRAWN)


def test_every_page_is_valid_html(drawn, tmp_path):
    if not (VNU.exists() and shutil.which("java")):
        pytest.skip("vnu-jar or java is not here: run `npm ci`, install default-jre-headless")
    for page in drawn.pages.values():
        (tmp_path / f"{page.name}.html").write_bytes(page.body)

    judged = subprocess.run(
        ["java", "-jar", str(VNU), "--also-check-css", "--format", "json", str(tmp_path)],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    found = json.loads(judged.stderr)["messages"]
    assert [(Path(one["url"]).name, one["message"], one.get("extract")) for one in found] == []
