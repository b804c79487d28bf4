"""A newsroom's own words of one meaning: what a file may hold, and what is said of bad lines."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search import queries
from dateline.search.adapters import synonyms
from dateline.search.domain.analyser import Synonyms, usual_synonyms
from dateline.search.domain.own_synonyms import MOST_LINES, read

BAD = [
    ("ferry", "one word only"),
    ("ferry, Ferries", "one word only"),
    ("ferry,", "a word is missing"),
    ("ferry, …", "'…' has no letter or number"),
    ("> boat", "a word is missing"),
    ("a > b > c", "more than one `>`"),
    (", ".join(f"word{n}" for n in range(13)), "it has 13 words; 12"),
    ("a, " * 100, "it has 299 characters"),
    pytest.param("ferry, bo\x07at", "a control character", id="control"),
]


@pytest.fixture
def file(tmp_path, settings):
    path = tmp_path / "synonyms.txt"
    settings.DATELINE_SEARCH_SYNONYMS = path
    return path


@pytest.mark.parametrize(("line", "said"), BAD)
def test_a_bad_line_is_named_and_the_others_are_used(line, said):
    found = read(f"# ours\n\nboat, ship\n{line}\nbus > coach\n".encode())

    assert found.groups == ("boat, ship", "bus > coach")
    assert [problem.line for problem in found.problems] == [4]
    assert said in found.problems[0].text


def test_what_is_not_utf_8_is_named_by_its_line():
    found = read(b"boat, ship\nf\xe4hre, ferry\n")

    assert found.groups == ()
    assert (found.problems[0].line, found.problems[0].text[:19]) == (2, "it is not UTF-8, so")


def test_a_file_has_an_end():
    found = read(b"boat, ship\n" * (MOST_LINES + 5))

    assert len(found.groups) == MOST_LINES
    assert "only 2,000 lines are read, and there are 2,005" in found.problems[0].text


@given(st.text(), st.binary())
def test_nothing_in_a_file_is_an_exception_and_all_that_is_kept_can_be_used(text, raw):
    for given_bytes in (text.encode(errors="replace"), raw):
        Synonyms(read(given_bytes).groups)


def test_a_word_finds_the_others_as_soon_as_the_file_is_saved(file):
    file.write_text("zeppelin, airship, 飛行船 # ours\n", "utf-8")
    ways = queries.understood("zeppelin").all_of[0].any_of
    assert len(ways) == 3
    assert len(queries.understood("earthquake").all_of[0].any_of) > 1  # those of ours stay

    file.write_text("blimp > airship\n")
    os.utime(file, ns=(1, 1))

    assert len(queries.understood("zeppelin").all_of[0].any_of) == 1
    assert len(queries.understood("blimp").all_of[0].any_of) == 2
    assert len(queries.understood("airship").all_of[0].any_of) == 1


def test_without_a_file_there_are_those_that_come_with_the_product(file, settings):
    assert synonyms.synonyms() is usual_synonyms()  # it is named and not there
    assert "cannot be read: No such file" in queries.synonym_problems()[0].text

    settings.DATELINE_SEARCH_SYNONYMS = None
    assert synonyms.synonyms() is usual_synonyms()
    assert queries.synonym_problems() == ()


def test_a_file_that_is_too_large_is_not_read(file, monkeypatch):
    monkeypatch.setattr(synonyms, "LARGEST", 10)
    file.write_text("boat, ship, ferry\n")

    assert "more than 10 bytes" in queries.synonym_problems()[0].text
