"""In which language a short text stands, told by its letters: captions say it nowhere."""

import re

KANA = re.compile("[\u3041-\u30ff]")
LETTERS = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
JAPANESE, ENGLISH = "ja", "en"


def foreign(text: str, language: str) -> str:
    """The language of a text that is not in the language of its page; empty where it may be.

    Both are BCP 47 tags. Kana is Japanese; what is written in Latin letters alone is taken for
    English on a Japanese page, and for the page's own on any other.
    """
    if language.startswith(JAPANESE):
        letters = LETTERS.findall(text)
        return ENGLISH if letters and all(map(LATIN.match, letters)) else ""
    return JAPANESE if KANA.search(text) else ""
