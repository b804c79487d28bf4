"""The one analyser: what a text is to the index, and what a query is, so that every engine agrees.

Text is normalised (Unicode NFKC, lower case, accents of Latin letters off), cut into words, and
English words are stemmed (Snowball "english"). Chinese, Japanese and Korean characters become
pairs: 新幹線 is 新幹 幹線 線. No word is ever left out, so "to be or not to be" is found.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import snowballstemmer

from dateline.search.domain import word_lists

LONGEST = 40  # characters of one word; what is longer is cut in the index and in the query alike
HIDDEN = "¬"  # behind a pair that stands in a word without its meaning
ACRONYM = "·"  # between the letters of U.S., which is not the word us
VERSION = 1  # raise it with each change of what a text becomes: indexes have to be made anew
KEPT = 100_000  # stems each process remembers

# Han with its signs of repetition, kana, Hangul; the middle dot parts words and is not among them.
CJK = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af"
)
_CJK_RUN = re.compile(f"[{CJK}]+")
_PIECE = re.compile(
    f"(?P<cjk>[{CJK}]+)"
    r"|(?P<acronym>(?<![^\W_])(?:[a-z]\.)+[a-z](?![^\W_])\.?)"
    r"|(?P<number>(?<!\d)\d{1,3}(?:,\d{3})+(?!\d))"
    f"|(?P<word>(?:(?![{CJK}])[^\\W_])+(?:'(?:(?![{CJK}])[^\\W_])+)*)"
)
_UNITED_STATES = re.compile(r"\bUS\b")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
_own = threading.local()  # a stemmer keeps the word it is at: each thread has its own


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must follow each other. With `prefix` the last one only begins like that."""

    terms: tuple[str, ...]
    prefix: bool = False


def normalised(text: str) -> str:
    """`text` as it is compared: NFKC, lower case, one apostrophe, Latin letters without accents."""
    plain = _UNITED_STATES.sub("U.S.", unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)))
    return plain.lower().translate(_accents())


def terms(text: str) -> list[str]:
    """The words of a text for the index, in order.

    A run of CJK characters gives its pairs and then its last character, so that a single one is
    found as the beginning of a word.
    """
    return [term for run in _runs(text) for term in run]


def phrase(text: str) -> Phrase | None:
    """What a reader typed without a space, or between quotes, as a phrase; None without a word.

    The last pair of CJK characters may be followed by others, so what comes after it is left out;
    a single one is looked for as the beginning of a pair.
    """
    runs = list(_runs(text))
    if not runs:
        return None
    found = [term for run in runs for term in run]
    if not _CJK_RUN.match(found[-1]):
        return Phrase(tuple(found))
    single = len(runs[-1]) == 1
    return Phrase(tuple(found if single else found[:-1]), prefix=single)


@lru_cache(maxsize=1)
def version() -> int:
    """A number of 31 bits that changes with the analyser and with the lists that the index knows.

    Synonyms are not among them: they are looked up with each question.
    """
    made_of = f"{VERSION}\n{word_lists.GUARDS}\n{word_lists.OTHER_FORMS}"
    return crc32(made_of.encode()) >> 1


def is_cjk(text: str) -> bool:
    """Whether there is a Chinese, Japanese or Korean character in a text."""
    return _CJK_RUN.search(text) is not None


def _runs(text: str) -> Iterator[list[str]]:
    for piece in _PIECE.finditer(normalised(text)):
        kind, found = str(piece.lastgroup), piece[0]
        if kind == "cjk":
            yield _pairs(found)
        elif kind == "acronym":
            yield [found.strip(".").replace(".", ACRONYM)]
        elif kind == "number":
            yield [found.replace(",", "")[:LONGEST]]
        else:
            yield [_stem(found)]


def _pairs(run: str) -> list[str]:
    hidden = _hidden(run)
    pairs = [
        run[at : at + 2] + (HIDDEN if at in hidden else "") for at in range(len(run) - 1)
    ]  # fmt: skip
    return [*pairs, run[-1]]


def _hidden(run: str) -> set[int]:
    """Where in a run pairs begin that stand in another word without their meaning."""
    pattern, inside = _guards()
    found: set[int] = set()
    for word in pattern.finditer(run):
        first, last = inside[word[1]]
        found.update(range(word.start() + first, word.start() + last - 1))
    return found


@lru_cache(maxsize=KEPT)
def _stem(word: str) -> str:
    bare = word.removesuffix("'s").replace("'", "")
    bare = _other_forms().get(bare, bare)
    stem = _stemmer().stemWord(bare) if bare.isascii() and bare.isalpha() else bare
    return str(stem)[:LONGEST]


def _stemmer() -> Any:
    if not hasattr(_own, "stemmer"):
        _own.stemmer = snowballstemmer.stemmer("english")
    return _own.stemmer


@lru_cache(maxsize=1)
def _accents() -> dict[int, str | None]:
    """Latin letters with accents to those without; loose accents to nothing."""
    marks: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFKD", chr(code))[0]
        if bare != chr(code):
            marks[code] = bare
    return marks


@lru_cache(maxsize=1)
def _guards() -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    """A pattern of all guarded words, and from where to where in each the other word stands."""
    inside = {}
    for written in word_lists.GUARDS.split():
        before, _, rest = written.partition("[")
        word = written.replace("[", "").replace("]", "")
        inside[word] = (len(before), len(before) + rest.index("]"))
    either = "|".join(sorted(inside, key=len, reverse=True))
    return re.compile(f"(?=({either}))"), inside  # one may begin within another


@lru_cache(maxsize=1)
def _other_forms() -> dict[str, str]:
    pairs = (line.split(" > ") for line in re.split("[\n\u3000]", word_lists.OTHER_FORMS.strip()))
    return {form.strip(): word.strip() for form, word in pairs}


class Synonyms:
    """Words of one meaning, by the words a reader may use for it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._others: dict[tuple[str, ...], tuple[Phrase, ...]] = {}
        for line in lines:
            self._take(line)
        self.longest = max((len(key) for key in self._others), default=0)

    def _take(self, line: str) -> None:
        first, one_way, rest = line.partition(">")
        members = [found for text in (rest or first).split(",") if (found := phrase(text))]
        if one_way:
            asked = phrase(first)
            members, keys = [*([asked] if asked else []), *members], [asked] if asked else []
        else:
            keys = list(members)
        for key in keys:
            others = tuple(dict.fromkeys(one for one in members if one != key))
            self._others[key.terms] = (*self._others.get(key.terms, ()), *others)

    def of(self, words: tuple[str, ...]) -> tuple[Phrase, ...]:
        """The other words for these terms, none of them among the result."""
        return self._others.get(words, ())


@lru_cache(maxsize=1)
def usual_synonyms() -> Synonyms:
    """The synonyms that come with the product."""
    return Synonyms(word_lists.SYNONYMS.strip().splitlines())
