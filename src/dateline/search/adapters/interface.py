"""What every engine of search can do. tests/search/test_engines.py is its contract."""

from collections.abc import Iterable
from typing import Protocol

from dateline.search.domain.index import Answer, Question, StoryDocuments


class Engine(Protocol):
    """Holds documents and finds them. Every method may raise EngineAway."""

    name: str

    def replace(self, stories: Iterable[StoryDocuments]) -> int:
        """Make these the only documents of each story; return of how many stories.

        A story of which a greater stamp was seen is left as it is. What is written is found by the
        next question.
        """
        ...

    def ask(self, question: Question) -> Answer:
        """The hits of one page, how many there are, and by what they may be narrowed."""
        ...

    def known(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many documents each of these words stands; those in none are left out."""
        ...

    def rebuild(self, stories: Iterable[StoryDocuments]) -> int:
        """Make a new index of these alone and put it in the place of the old one, in one step.

        The old one answers meanwhile. Returns how many documents there are.
        """
        ...

    def analyser(self) -> int:
        """`analyser.version()` when the index was made; 0 where that is not known."""
        ...

    def count(self) -> int:
        """How many documents there are."""
        ...
