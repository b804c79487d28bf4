"""Find listed words in a comment in one pass, however many are listed."""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from dateline.discussion.domain.folding import fold, views
from dateline.discussion.domain.status import WordKind


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a word list as an editor wrote it. `*` at its end means any ending."""

    word: str
    kind: WordKind


class WordList:
    """Listed words, ready to be looked for: built once, asked for each comment.

    A word in Latin letters is found as a whole word, one in Japanese anywhere, as no spaces part
    words there. Both sides are folded (see `folding`), so that one line stands for every disguise.
    """

    def __init__(self, listed: Iterable[Listed]) -> None:
        known: dict[str, Listed] = {}
        for line in listed:
            folded = fold(line.word)
            if folded and (folded not in known or line.kind is WordKind.BANNED):
                known[folded] = line
        self._patterns = list(known)
        self._listed = list(known.values())
        self._open = [line.word.rstrip().endswith("*") for line in self._listed]
        self._beside = max((pattern.count(" ") for pattern in self._patterns), default=0)
        self._search = AhoCorasick(self._patterns) if self._patterns else None

    def find(self, text: str) -> list[Listed]:
        """The lines that `text` meets, each once, banned words before suspect ones."""
        if self._search is None:
            return []
        haystack = views(text, beside=self._beside)
        found = {
            place: None
            for place, start, end in self._search.find_matches_as_indexes(
                haystack, overlapping=True
            )
            if self._stands_alone(haystack, place, start, end)
        }
        return sorted((self._listed[place] for place in found), key=lambda line: line.kind)

    def _stands_alone(self, haystack: str, place: int, start: int, end: int) -> bool:
        pattern = self._patterns[place]
        if _latin(pattern[0]) and start and _latin(haystack[start - 1]):
            return False
        return self._open[place] or not (
            _latin(pattern[-1]) and end < len(haystack) and _latin(haystack[end])
        )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
