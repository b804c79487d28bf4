"""Text as it sounds: without disguise by case, width, accents, unseen characters or digits."""

import re
import unicodedata
from collections.abc import Iterator
from string import ascii_lowercase

# What is written instead of a letter; `1`, `!` and `|` stand for i, or for l (see `views`).
_DIGITS = {"0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "+": "t"}
_AS_I = _DIGITS | dict.fromkeys("1!|", "i")
_AS_L = _DIGITS | dict.fromkeys("1!|", "l")
_APART = dict.fromkeys("@$!|+", " ")
_SIGNS = re.compile(r"[!|+](?![a-z0-9@$])")  # one that ends a word is no letter: "idiot!"
# Cyrillic and Greek letters that look like Latin ones (Unicode TR39, the common few).
_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u0501\u0261\u03bf\u03b1\u03b5\u03c1\u03c4\u03c5\u03bd\u03b9\u03ba",
    "abekmhopctyxijsdgoaeptuvik",
)
_READ_AS: dict[int, int] = _ALIKE | {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_DISGUISES = re.compile(r"[0-9@$!|+]")
_RUNS = re.compile(r"([a-z])\1{2,}")
_SPELT = re.compile(r"(?<![a-z])[a-z](?: [a-z]){2,}(?![a-z])")
_VOICING = "\u3099\u309a"  # marks that make another Japanese sound
_UNSEEN = {"Cf", "Mn", "Me"}
# What is looked for first, as it is found in no time.
_THRICE = [letter * 3 for letter in ascii_lowercase]
_ALONE = re.compile(r" [a-z](?: [a-z](?![a-z]))+")
_OTHER = re.compile(r"[^ a-z0-9@$!|+\u3041-\u3096\u30fc\u4e00-\u9fff]+")  # than reads as it stands
MOST_LETTERS = 20_000  # that are remembered; one more, and all are looked up anew


class _Letters(dict[int, str]):
    """What each character is read as, looked up in Unicode's tables once."""

    def __missing__(self, code: int) -> str:
        if len(self) >= MOST_LETTERS:
            self.clear()
        apart = unicodedata.normalize("NFD", chr(code))
        seen = "".join(character for character in apart if not _unseen(character))
        whole = unicodedata.normalize("NFC", seen).translate(_READ_AS)
        self[code] = read = "".join(one if _in_a_word(one) else " " for one in whole)
        return read


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Words of `text` as plain lower-case letters, one space between.

    NFKC makes wide and circled letters plain and joins Japanese voicing marks; zero-width and other
    unseen characters (Cf) and accents (Mn) vanish; look-alikes of other alphabets and digits in
    place of letters become Latin; katakana becomes hiragana. NFKC is Unicode TR15.
    """
    return _read(_chunks(text), _AS_I)


def views(text: str, *, beside: int) -> str:
    """Every way to read a text, a line each: folded, with l for 1, without signs, joined, short.

    "w o r d" and "w.o.r.d" are joined to a word, "wooord" is read as "woord" and "word". The first
    line is all of it. The others hold what reads otherwise there, with `beside` words on both
    sides: as many as a phrase that is looked for has spaces.
    """
    chunks = _chunks(text)
    disguised = _near(chunks, _DISGUISES, beside)
    first = _read(chunks, _AS_I)
    found = [first, *(_read(near, table) for near in disguised for table in (_APART, _AS_L))]
    if runs := "|".join(run for run in _THRICE if run in first):
        for near in _near(first, re.compile(runs), beside):
            found += [_RUNS.sub(r"\1\1", near), _RUNS.sub(r"\1", near)]
    for near in _near(first, _ALONE, beside):
        found.append(_SPELT.sub(lambda one: one[0].replace(" ", ""), near))
    return "\n".join(found)


def _chunks(text: str) -> str:
    """What no reading takes apart, one space between: letters, and what may stand for one."""
    joined = unicodedata.normalize("NFKC", text).casefold()
    if any(mark in joined for mark in _VOICING):  # of something unseen between a letter and them
        apart = unicodedata.normalize("NFD", joined)
        joined = unicodedata.normalize("NFC", "".join(c for c in apart if not _unseen(c)))
    if joined.isascii():
        return _spaced(joined.translate(_LETTERS))
    read = _OTHER.sub(lambda run: run[0].translate(_LETTERS), joined)
    return _spaced(unicodedata.normalize("NFC", read))


def _read(chunks: str, table: dict[str, str]) -> str:
    """Chunks as words, with each disguise read as `table` says."""
    plain = chunks
    if any(sign in chunks for sign in "!|+"):
        plain = _SIGNS.sub(" ", chunks)
    for sign, letter in table.items():
        plain = plain.replace(sign, letter)
    return _spaced(plain)


def _spaced(text: str) -> str:
    """`text` with one space where there are several, and none at its ends."""
    return " ".join(text.split()) if "  " in text else text.strip(" ")


def _near(text: str, wanted: re.Pattern[str], beside: int) -> Iterator[str]:
    """The parts of `text` around what is `wanted`: whole words, and `beside` more on both sides."""
    start = end = 0
    found = wanted.search(text)
    while found:
        first, last = _words_before(text, found.start(), beside), found.end()
        if first > end:
            if end:
                yield text[start:end]
            start = first
        word_ends = _words_after(text, last, 0)
        end = _words_after(text, last, beside)
        found = wanted.search(text, word_ends)
    if end:
        yield text[start:end]


def _words_before(text: str, at: int, count: int) -> int:
    for _ in range(count + 1):
        at = text.rfind(" ", 0, max(at, 0))
    return at + 1


def _words_after(text: str, at: int, count: int) -> int:
    at = text.find(" ", at)
    while at >= 0 and count:
        at, count = text.find(" ", at + 1), count - 1
    return len(text) if at < 0 else at


def _unseen(character: str) -> bool:
    return character not in _VOICING and unicodedata.category(character) in _UNSEEN


def _in_a_word(character: str) -> bool:
    return character.isalnum() or character in _APART
