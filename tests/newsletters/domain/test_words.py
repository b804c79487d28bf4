"""The words of pages and mails: every one in both languages, with the same places to fill."""

import re

import pytest

from dateline.newsletters.domain import mail_words, page_words


@pytest.mark.parametrize("words", [page_words, mail_words], ids=["pages", "mails"])
def test_every_word_is_there_in_both_languages(words):
    assert list(words.ENGLISH) == list(words.JAPANESE)
    for name, english in words.ENGLISH.items():
        places = set(re.findall(r"{\w*}", english))
        assert set(re.findall(r"{\w*}", words.JAPANESE[name])) == places, name


def test_a_language_nobody_has_words_for_is_english():
    assert page_words.page_words_for("pt-BR") is page_words.ENGLISH
    assert page_words.page_words_for("ja-JP") is page_words.JAPANESE
    assert mail_words.mail_words_for("en") is mail_words.ENGLISH
