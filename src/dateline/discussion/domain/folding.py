"""Text as it sounds: without disguise by case, width, accents, unseen characters or digits."""

import re
import unicodedata

# What is written instead of a letter; `1`, `!` and `|` stand for i, or for l (see `views`).
_DIGITS = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_AS_I = str.maketrans(_DIGITS | {"!": "i", "|": "i", "+": "t"})
_AS_L = str.maketrans(_DIGITS | {"1": "l", "!": "l", "|": "l", "+": "t"})
_SIGNS = re.compile(r"[!|+](?![a-z0-9@$])")  # one that ends a word is no letter: "idiot!"
# Cyrillic and Greek letters that look like Latin ones (Unicode TR39, the common few).
_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0458\u0455"
    "\u0501\u0261\u03bf\u03b1\u03b5\u03c1\u03c4\u03c5\u03bd\u03b9\u03ba",
    "abekmhopctyxijsdgoaeptuvik",
)
_READ_AS: dict[int, int] = _ALIKE | {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_DISGUISES = re.compile(r"[0-9@$!|+]")
_BETWEEN = re.compile(r"[\W_]+")
_RUNS = re.compile(r"([a-z])\1{2,}")
_SPELT = re.compile(r"(?<![a-z])[a-z](?: [a-z]){2,}(?![a-z])")
_VOICING = "\u3099\u309a"  # marks that make another Japanese sound
_UNSEEN = {"Cf", "Mn", "Me"}


def fold(text: str) -> str:
    """Words of `text` as plain lower-case letters, one space between.

    NFKC makes wide and circled letters plain and joins Japanese voicing marks; zero-width and other
    unseen characters (Cf) and accents (Mn) vanish; look-alikes of other alphabets and digits in
    place of letters become Latin; katakana becomes hiragana. NFKC is Unicode TR15.
    """
    return _read(_plain(text), _AS_I)


def views(text: str) -> str:
    """Every way to read a text, a line each: folded, with l for 1, without signs, joined, short.

    "w o r d" and "w.o.r.d" are joined to a word, "wooord" is read as "woord" and "word".
    """
    plain = _plain(text)
    first = _read(plain, _AS_I)
    found = [first]
    if _DISGUISES.search(plain):
        found += [_BETWEEN.sub(" ", plain).strip(), _read(plain, _AS_L)]
    if _RUNS.search(first):
        found += [_RUNS.sub(r"\1\1", first), _RUNS.sub(r"\1", first)]
    if _SPELT.search(first):
        found.append(_SPELT.sub(lambda spelt: spelt[0].replace(" ", ""), first))
    return "\n".join(dict.fromkeys(found))


def _plain(text: str) -> str:
    joined = unicodedata.normalize("NFKC", text).casefold()
    if joined.isascii():
        return joined
    apart = unicodedata.normalize("NFD", joined)
    unseen = dict.fromkeys(map(ord, filter(_unseen, set(apart))))
    seen = apart.translate(unseen) if unseen else apart
    whole = unicodedata.normalize("NFC", seen)
    known = {code: _READ_AS[code] for code in map(ord, set(whole)) if code in _READ_AS}
    return whole.translate(known) if known else whole


def _read(plain: str, table: dict[int, str]) -> str:
    return _BETWEEN.sub(" ", _SIGNS.sub(" ", plain).translate(table)).strip()


def _unseen(character: str) -> bool:
    return character not in _VOICING and unicodedata.category(character) in _UNSEEN
