"""How heated a text is, without asking anybody: one scorer behind the interface of all scorers."""

import re
from typing import Protocol

from dateline.discussion.domain.folding import fold

_LETTERS = re.compile(r"[^\W\d_]")
_CAPITALS = re.compile(r"[A-ZÀ-Þ]")
_SHOUTS = re.compile(r"[!?\uff01\uff1f]{2,}")
_RUNS = re.compile(r"(\w)\1{3,}")
_AT_YOU = re.compile(r"\b(?:you|your|youre|u|ur)\b|おまえ|お前|てめえ|きさま|貴様")
FEWEST_LETTERS = 12  # "NHK" is no shouting


class Scorer(Protocol):
    """Whoever judges a text by itself: the local one, or an installation's own model."""

    name: str

    def score(self, text: str) -> float:
        """0 for a calm text to 1 for one that nobody should read. Must not wait for a network."""
        ...


class Heat:
    """Counts what heated texts share: capitals, runs of signs, stretched words, "you" over again.

    It knows no words of any language but a few for "you", has learnt nothing and so cannot be
    unfair to a dialect; it finds shouting, not opinions.
    """

    name = "heat"

    def score(self, text: str) -> float:
        """0 to 1, by the share of each sign; 0.5 is a text in capitals alone."""
        letters = len(_LETTERS.findall(text))
        if letters < FEWEST_LETTERS:
            return 0.0
        folded = fold(text)
        words = max(len(folded.split()), 1)
        shouting = min(len(_CAPITALS.findall(text)) / letters / 0.7, 1.0)
        signs = min(len(_SHOUTS.findall(text)) / 3, 1.0)
        runs = min(len(_RUNS.findall(text)) / 3, 1.0)
        at_you = min(len(_AT_YOU.findall(folded)) / words / 0.2, 1.0)
        return round(0.5 * shouting + 0.2 * signs + 0.15 * runs + 0.15 * at_you, 3)
