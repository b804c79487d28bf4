"""The part of a text in which what was looked for stands, with that marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.search.domain.analyser import CJK, HIDDEN, Phrase, is_cjk, normalised, terms

READ = 6_000  # characters of a text that are looked through
LONG, LONG_CJK = 220, 110  # characters of an extract
BEFORE = 50  # of them before the first mark
_HALF = "\uff66-\uff9f"
_RUN = re.compile(
    f"[{CJK}{_HALF}]+|(?:(?![{CJK}{_HALF}])[^\\W_])+(?:['’.](?:(?![{CJK}{_HALF}])[^\\W_])+)*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, plain: whoever shows it escapes it. `marked`: it was looked for."""

    text: str
    marked: bool = False


class Wanted:
    """What is marked: words by their stems, Japanese by its characters."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.words: set[str] = set()
        self.runs: dict[str, str] = {}  # characters that stand together → first pair as a term
        for phrase in phrases:
            self._take(phrase)

    def _take(self, phrase: Phrase) -> None:
        run, first = "", ""
        for term in phrase.terms:
            bare = term.removesuffix(HIDDEN)
            if not is_cjk(bare):
                self.words.add(term)
            elif run and bare[0] == run[-1]:
                run += bare[1:]
                continue
            self._keep(run, first)
            run, first = (bare, term) if is_cjk(bare) else ("", "")
        self._keep(run, first)

    def _keep(self, run: str, first: str) -> None:
        if run:
            self.runs[run] = first

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where in `text` what is wanted begins and ends, in order, none over another."""
        found: list[tuple[int, int]] = []
        for part in _RUN.finditer(text):
            if is_cjk(normalised(part[0])):
                found += self._in_run(part[0], part.start())
            elif self.words.intersection(terms(part[0])):
                found.append(part.span())
        return _merged(found)

    def _in_run(self, run: str, offset: int) -> list[tuple[int, int]]:
        plain = normalised(run)
        if len(plain) != len(run):  # half-width kana: mark all of it or nothing
            whole = (offset, offset + len(run))
            return [whole] if any(wanted in plain for wanted in self.runs) else []
        pairs = terms(run)
        return [
            (offset + found.start(), offset + found.start() + len(wanted))
            for wanted, first in self.runs.items()
            for found in re.finditer(f"(?={re.escape(wanted)})", plain)
            if len(first) == 1 or pairs[found.start()] == first
        ]


def marked(text: str, wanted: Wanted) -> tuple[Piece, ...]:
    """All of a short text, with what is wanted marked."""
    return _pieces(text, wanted.spans(text))


def extract(text: str, wanted: Wanted) -> tuple[Piece, ...]:
    """The part of a text with the most that is wanted, else its beginning; in one line."""
    flat = " ".join(text[:READ].split())
    spans = wanted.spans(flat)
    length = LONG_CJK if is_cjk(flat[:200]) else LONG
    best = max(spans, key=lambda span: _worth(flat, spans, span[0], length), default=(0, 0))
    start = _word_start(flat, max(0, best[0] - BEFORE * length // LONG))
    end = _word_end(flat, min(len(flat), start + length), at_least=best[1])
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    pieces = _pieces(flat[start:end], inside)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(flat) else ()
    return (*before, *pieces, *after)


def _worth(text: str, spans: Sequence[tuple[int, int]], start: int, length: int) -> tuple[int, int]:
    """How many different things are marked from `start` on; of two the earlier."""
    seen = {text[a:b].lower() for a, b in spans if start <= a and b <= start + length - BEFORE}
    return len(seen), -start


def _word_start(text: str, at: int) -> int:
    if at == 0 or is_cjk(text[at : at + 1]):
        return at
    space = text.find(" ", at, at + BEFORE)
    return at if space < 0 else space + 1


def _word_end(text: str, at: int, *, at_least: int) -> int:
    if at >= len(text) or is_cjk(text[at - 1 : at]):
        return max(at, at_least)
    space = text.rfind(" ", at_least, at)
    return max(at if space < 0 else space, at_least)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces, last = [], 0
    for start, end in spans:
        pieces += [Piece(text[last:start]), Piece(text[start:end], marked=True)]
        last = end
    pieces.append(Piece(text[last:]))
    return tuple(piece for piece in pieces if piece.text)
