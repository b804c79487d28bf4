"""What is looked at of a text is as good as reading all of it in every way there is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.discussion.domain import folding
from dateline.discussion.domain.folding import fold, views
from dateline.discussion.domain.status import WordKind
from dateline.discussion.domain.words import Listed, WordList

PATTERNS = ["aa", "la a", "ab", "bla b", "i l a", "bal", "かな", "aか", "lal*", "iii", "a a"]
LIST = WordList([Listed(word, WordKind.SUSPECT) for word in PATTERNS])
LETTERS = "aabbll  1!|+@0. _-\nа́\u200bäかガな１ａ。"


def read_all(text):
    """Every reading of the whole text, a line each, in the plainest way to say it."""
    joined = unicodedata.normalize("NFKC", text).casefold()
    apart = unicodedata.normalize("NFD", joined)
    seen = "".join(one for one in apart if not folding._unseen(one))
    plain = unicodedata.normalize("NFC", seen).translate(folding._READ_AS)

    def between(line):
        return re.sub(r"[\W_]+", " ", line).strip()

    def read(table):
        return between(folding._SIGNS.sub(" ", plain).translate(str.maketrans(table)))

    first = read(folding._AS_I)
    return [
        first, between(plain), read(folding._AS_L),
        re.sub(r"([a-z])\1{2,}", r"\1\1", first), re.sub(r"([a-z])\1{2,}", r"\1", first),
        folding._SPELT.sub(lambda spelt: spelt[0].replace(" ", ""), first),
    ]  # fmt: skip


def found_in(lines):
    """The listed words that stand in any of these lines, each looked for by itself."""
    found = set()
    for word in PATTERNS:
        latin_before = "(?<![a-z0-9])" if word[0].isascii() else ""
        latin_after = "(?![a-z0-9])" if word[-1].isascii() and not word.endswith("*") else ""
        wanted = re.compile(f"{latin_before}{fold(word)}{latin_after}")
        found |= {word for line in lines if wanted.search(line)}
    return found


@given(st.text(st.sampled_from(LETTERS), max_size=40))
def test_every_reading_is_looked_at_where_it_differs(text):
    lines = read_all(text)

    assert fold(text) == lines[0]
    assert {line.word for line in LIST.find(text)} == found_in(lines)


@given(st.text(max_size=40))
def test_a_text_is_folded_as_a_whole_would_be(text):
    assert fold(text) == read_all(text)[0]


def test_only_what_reads_otherwise_is_read_again():
    long = "the ferry came back at noon " * 20

    assert views(long, beside=3) == long.strip()
    assert views(f"{long}and l0ut {long}", beside=0).split("\n")[1:] == ["l0ut", "lout"]
    assert views(f"{long}and l0ut {long}", beside=1).split("\n")[1:] == [
        "and l0ut the", "and lout the",
    ]  # fmt: skip
    assert views(f"a1 b {long} c2", beside=1).split("\n")[1:] == [
        "a1 b", "al b", "noon c2", "noon c2",
    ]  # fmt: skip
    assert views("a1 bb cc dd e2", beside=1).split("\n")[1::2] == ["a1 bb", "dd e2"]
    assert views("a1 b c3", beside=1).split("\n")[1:3] == ["a1 b c3", "al b ce"]


def test_what_is_remembered_of_letters_has_an_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folding, "MOST_LETTERS", 2)
    monkeypatch.setattr(folding, "_LETTERS", letters := folding._Letters())

    assert fold("Äbc カ") == "abc か"
    assert len(letters) <= 2


def test_what_is_passed_over_reads_as_it_stands():
    passed = [chr(code) for code in range(0x10000) if not folding._OTHER.match(chr(code))]

    assert len(passed) > 20_000
    assert [one for one in passed if folding._LETTERS[ord(one)] != one] == []
