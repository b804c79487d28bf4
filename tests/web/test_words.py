"""The interface's words: every language has all of them, and they hold what is put into them."""

import pytest

from dateline.web.domain.words import ENGLISH, LANGUAGES, language_name, words_for


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    words = words_for(language)

    assert words.keys() == ENGLISH.keys()
    assert all(text.strip() for text in words.values())
    assert {k for k, v in words.items() if "{}" in v} == {
        k for k, v in ENGLISH.items() if "{}" in v
    }


def test_a_regional_tag_gets_its_language_and_an_unknown_one_english():
    assert words_for("ja-JP") is LANGUAGES["ja"]
    assert words_for("EN-gb") is ENGLISH
    assert words_for("fr") is ENGLISH


def test_a_language_is_named_in_its_own_words():
    assert language_name("ja") == "日本語"
    assert language_name("fr") == "fr"
