"""The words of the account host are there in each language, with the same facts in them."""

import re

import pytest

from dateline.accounts.domain.words import ENGLISH, JAPANESE, language_of, words_for


def test_every_word_is_there_in_both_languages_with_the_same_facts():
    assert set(ENGLISH) == set(JAPANESE)
    for key, sentence in ENGLISH.items():
        facts = set(re.findall(r"{(\w+)", sentence))
        assert facts == set(re.findall(r"{(\w+)", JAPANESE[key])), key
        assert JAPANESE[key], key


@pytest.mark.parametrize(
    ("tag", "language"), [("ja", "ja"), ("ja-JP", "ja"), ("en-gb", "en"), ("de", "en"), ("", "en")]
)
def test_a_tag_gets_its_language_and_an_unknown_one_english(tag, language):
    assert language_of(tag) == language
    assert words_for(tag) is (JAPANESE if language == "ja" else ENGLISH)
