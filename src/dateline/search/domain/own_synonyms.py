"""A newsroom's own words of one meaning: a file of lines, read strictly and told of kindly."""

import unicodedata
from dataclasses import dataclass

from dateline.search.domain.analyser import phrase

MOST_LINES = 2_000
MOST_WORDS = 12  # of one group: each is one more thing that an engine looks for
LONGEST = 200  # characters of a line
NOTE = "#"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, counted from 1; 0 is the file as a whole."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class OwnSynonyms:
    """The groups that can be used, as they were written, and what was left out."""

    groups: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: bytes) -> OwnSynonyms:
    """Read a file of synonyms. Never raises: a line that cannot be used is left out, and said.

    UTF-8; one group of words a line, with commas between them; with `first > others` only the first
    finds the others; `#` begins a note. See docs/reference/search.md.
    """
    try:
        lines = text.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        at = text[: error.start].count(b"\n") + 1
        return OwnSynonyms(problems=(Problem(at, "it is not UTF-8, so nothing was read."),))
    groups: list[str] = []
    problems: list[Problem] = []
    for number, raw in enumerate(lines[:MOST_LINES], 1):
        line = raw.partition(NOTE)[0].strip()
        if not line:
            continue
        if wrong := _wrong(line):
            problems.append(Problem(number, wrong))
        else:
            groups.append(line)
    if len(lines) > MOST_LINES:
        text_of = f"only {MOST_LINES:,} lines are read, and there are {len(lines):,}."
        problems.append(Problem(MOST_LINES + 1, text_of))
    return OwnSynonyms(tuple(groups), tuple(problems))


def _wrong(line: str) -> str:
    """What keeps a line from being used, or ""."""
    if len(line) > LONGEST:
        return f"it has {len(line)} characters; {LONGEST} are read at most."
    if any(unicodedata.category(sign) == "Cc" for sign in line):
        return "there is a control character in it. Take it out."
    if line.count(">") > 1:
        return "there is more than one `>` in it. Write `first > others`."
    first, one_way, rest = line.partition(">")
    words = [first, *rest.split(",")] if one_way else line.split(",")
    return _wrong_words([word.strip() for word in words])


def _wrong_words(words: list[str]) -> str:
    empty = [word for word in words if phrase(word) is None]
    if empty:
        named = f"{empty[0]!r} has no letter or number" if empty[0] else "a word is missing"
        return f"{named}. Write words with commas between them."
    if len({phrase(word) for word in words}) == 1:
        return "it has one word only. Write two at least, with a comma between them."
    if len(words) > MOST_WORDS:
        return f"it has {len(words)} words; {MOST_WORDS} are looked for at most."
    return ""
