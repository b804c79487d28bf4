"""What is found, and what somebody may have meant who found nothing."""

import re
from dataclasses import dataclass

from dateline.search.adapters import synonyms
from dateline.search.adapters.connect import engine
from dateline.search.domain import analyser
from dateline.search.domain.index import Answer, EngineAway, Question
from dateline.search.domain.meant import candidates, parted, shortest
from dateline.search.domain.own_synonyms import Problem
from dateline.search.domain.query import Query, parse

__all__ = ["EngineAway"]  # rooms above may not look into our adapters

_WORD = re.compile(r"[^\W\d_]{4,20}")
WORDS_TRIED = 2  # words of a query that are looked at: each costs some hundred looks


@dataclass(frozen=True, slots=True)
class Status:
    """Which engine there is, and how many documents it holds.

    `is_current`: they were analysed as questions are now; if not, some words are not found.
    """

    engine: str
    documents: int
    is_current: bool


def understood(typed: str) -> Query:
    """What a reader typed, with all words of one meaning. Never raises."""
    return parse(typed, synonyms.synonyms())


def ask(question: Question) -> Answer:
    """The hits of one page. Ask the gate about each before it is shown.

    Raises:
        EngineAway: the engine did not answer, or not in time.

    """
    return engine().ask(question)


def meant(typed: str) -> str:
    """What somebody may have meant by a query that finds nothing, or "".

    An English word that stands nowhere is replaced by the most frequent one of a letter's
    difference; Japanese without a space is parted at its particles. Whether it finds anything has
    to be asked.

    Raises:
        EngineAway: the engine did not answer, or not in time.

    """
    words = list(dict.fromkeys(_WORD.findall(typed)))
    changed = typed
    for word in words[:WORDS_TRIED]:
        near = candidates(word)
        if not near:
            continue
        counts = engine().known({stem for _, stem in near})
        if near[0][1] in counts:
            continue  # the word as it is
        known = [
            (counts[stem], -place, shortest(other, stem))
            for place, (other, stem) in enumerate(near)
            if stem in counts
        ]
        if known:
            changed = changed.replace(word, max(known)[2])
    return changed if changed != typed else parted(typed)


def status() -> Status:
    """How the index stands.

    Raises:
        EngineAway: the engine did not answer.

    """
    used = engine()
    return Status(used.name, used.count(), used.analyser() == analyser.version())


def synonym_problems() -> tuple[Problem, ...]:
    """What is wrong with the newsroom's own synonyms, line by line."""
    return synonyms.own().problems
