"""One analyser for the index and the query: what is a word, in English, in Japanese, in both."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.search.domain import analyser
from dateline.search.domain.analyser import Phrase, Synonyms, is_cjk, phrase, terms, usual_synonyms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ferries returned", ["ferri", "return"]),
        ("Japan's O’Harrow", ["japan", "oharrow"]),
        ("CAFÉ in Ōkawa", ["cafe", "in", "okawa"]),
        ("ＦＥＲＲＹ ｾｰﾙ", ["ferri", "セー", "ール", "ル"]),
        ("Women ran to the children", ["woman", "run", "to", "the", "child"]),
        ("to be or not to be", ["to", "be", "or", "not", "to", "be"]),
        ("COVID-19, 5G and 2,000 yen", ["covid", "19", "5g", "and", "2000", "yen"]),
        ("The U.S. told us. The US too", ["the", "u·s", "told", "us", "the", "u·s", "too"]),
        ("9 p.m. is no PM", ["9", "p·m", "is", "no", "pm"]),
        ("新幹線", ["新幹", "幹線", "線"]),
        ("雨", ["雨"]),
        ("14号・台風", ["14", "号", "台風", "風"]),
        ("서울역", ["서울", "울역", "역"]),
        pytest.param("🚆 \u202e \x00 ~", [], id="nothing that can be read"),
        ("", []),
    ],
)
def test_a_text_is_these_words(text, words):
    assert terms(text) == words


@pytest.mark.parametrize(
    ("inside", "word", "is_found"),
    [
        ("東京都知事", "京都", False),
        ("東京都知事", "東京都", True),
        ("京都市", "京都", True),
        ("日本人研究者", "本人", False),
        ("日本人研究者", "日本", True),
        ("国会議員", "会議", False),
        ("国会議員", "国会", True),
        ("バスケット", "バス", False),
        ("観光バス", "バス", True),
        ("ステロイド", "テロ", False),
    ],
)
def test_what_stands_inside_another_word_is_not_meant(inside, word, is_found):
    wanted = phrase(word).terms
    there = terms(inside)

    assert any(there[at : at + len(wanted)] == list(wanted) for at in range(len(there))) is is_found


def test_a_phrase_of_japanese_may_go_on():
    assert phrase("新幹線") == Phrase(("新幹", "幹線"))
    assert phrase("震度6弱") == Phrase(("震度", "度", "6", "弱"), prefix=True)
    assert phrase("大雨 warning") == Phrase(("大雨", "雨", "warn"))
    assert phrase("雨") == Phrase(("雨",), prefix=True)
    assert phrase("?!") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_every_phrase_is_found_in_the_text_it_was_taken_from(before, text):
    wanted, there = phrase(text), terms(text)

    if wanted is None:
        assert there == []
        return
    *first, last = wanted.terms
    assert there[: len(first)] == first
    assert there[len(first)].startswith(last) if wanted.prefix else there[len(first)] == last
    assert is_cjk(before) == any(is_cjk(one) for one in terms(before))


@given(st.text(max_size=200))
def test_no_word_has_a_space_or_a_quote_or_is_long(text):
    assert all(0 < len(one) <= 41 and not set(one) & set(" \t\n'\"\\") for one in terms(text))


def test_synonyms_go_both_ways_unless_they_say_otherwise():
    synonyms = Synonyms(["quake, 地震", "pm > 首相", "?! > 首相", "single"])

    assert synonyms.of(("quak",)) == (Phrase(("地震",)),)
    assert synonyms.of(("地震",)) == (Phrase(("quak",)),)
    assert synonyms.of(("pm",)) == (Phrase(("首相",)),)
    assert synonyms.of(("首相",)) == synonyms.of(("singl",)) == ()
    assert synonyms.longest == 1
    assert Synonyms([]).longest == 0


def test_the_usual_synonyms_are_read_once_and_have_no_empty_line():
    assert usual_synonyms() is usual_synonyms()
    assert usual_synonyms().of(("地震",))


def test_threads_that_stem_at_once_find_the_same_stems(monkeypatch):
    words = [word + letter for word in ("running", "flies", "hopefulness") for letter in "abcdefgh"]
    analyser._stem.cache_clear()
    wanted = [analyser._stem(word) for word in words]
    monkeypatch.setattr(analyser, "_stem", analyser._stem.__wrapped__)  # as if none were kept
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda _: [analyser._stem(word) for word in words], range(60)))
    finally:
        sys.setswitchinterval(before)

    assert found == [wanted] * 60
