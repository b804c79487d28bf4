"""What somebody may have meant: words a letter away, and Japanese parted at its particles."""

import re
from string import ascii_lowercase

from dateline.search.domain.analyser import is_cjk, terms

_PARTICLES = re.compile(r"(?<=[^\s\u3041-\u3096])[のがをにはでとへもや]+(?=[^\s\u3041-\u3096])")


def candidates(word: str) -> list[tuple[str, str]]:
    """(word, stem) of `word` itself and of all words one letter away, likelier slips first.

    Letters that changed places, one too many, a wrong one, one too few: after Norvig. Empty for
    what is not written in ASCII letters.
    """
    lower = word.lower()
    if not (lower.isascii() and lower.isalpha()):
        return []
    cuts = [(lower[:at], lower[at:]) for at in range(len(lower) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1]
    less = [a + b[1:] for a, b in cuts if b]
    wrong = [a + c + b[1:] for a, b in cuts if b for c in ascii_lowercase]
    more = [a + c + b for a, b in cuts for c in ascii_lowercase]
    found = dict.fromkeys([lower, *swapped, *less, *wrong, *more])
    return [(one, stem) for one in found for stem in terms(one)]


def shortest(word: str, stem: str) -> str:
    """The word without a last letter that is there twice and that its stem does without."""
    return stem if word == stem + stem[-1:] else word


def parted(typed: str) -> str:
    """Japanese with spaces for its particles (東京の天気: 東京 天気), or "" for no change."""
    if not is_cjk(typed):
        return ""
    found = _PARTICLES.sub(" ", typed)
    return found if found != typed else ""
