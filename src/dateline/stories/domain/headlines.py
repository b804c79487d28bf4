"""What lists of one masthead show in place of a story's own headline: another, or some on trial."""

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tried:
    """Headlines of a card. `number` is that of their test, and the first text is the story's own.

    Without a test `number` is 0, and the only text stands in place of the story's own.
    """

    number: int
    texts: tuple[str, ...]

    @property
    def stands(self) -> str:
        """What stands in place of the story's headline; empty while a test goes on."""
        return "" if self.number else self.texts[0]


def own_of(headline: str, short_headline: str) -> str:
    """What was true of a story when its headlines were written: they hold no longer than that."""
    return f"{headline}\n{short_headline}"


def as_text(tried: Tried, *, own: str) -> str:
    """How headlines are kept, for a story whose own were `own`."""
    return json.dumps([tried.number, own, *tried.texts], ensure_ascii=False)


def read(text: str | None, *, own: str) -> Tried | None:
    """The headlines kept as `text`; None for none, and where the story's own are not as they were.

    A headline that was corrected is shown at once, whoever has not heard of it yet.
    """
    if not text:
        return None
    number, was, *texts = json.loads(text)
    return Tried(number, tuple(texts)) if was == own and texts else None
