"""A legal demand that keeps a story from readers, and what they are told of it (RFC 7725)."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SHORTEST_TRACE = 8  # characters: a shorter headline is a word that anybody may need


class Ground(StrEnum):
    """What a demand rests on."""

    COURT = "court"
    AUTHORITY = "authority"
    REPUTATION = "reputation"
    PRIVACY = "privacy"
    DATA = "data"
    COPYRIGHT = "copyright"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Who demands that a story is not shown, and why. All of it is public.

    `by` is empty where it may not be said, `made_on` None where nobody wrote the day down. `place`
    is where the demand holds, `reference` its number, `copy_url` a page with its text. `words` are
    the desk's own for readers, by BCP 47 tag.
    """

    ground: Ground
    by: str = ""
    place: str = ""
    reference: str = ""
    made_on: date | None = None
    copy_url: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def words_in(self, language: str) -> str:
        """The desk's words for a masthead's language, a BCP 47 tag; empty where there are none."""
        found = self.words.get(language) or self.words.get(language.partition("-")[0])
        return found or ""


def repeated(demand: Demand, headlines: Iterable[str]) -> str:
    """The headline of the story that what readers would be told repeats; empty for none.

    Letters are compared in any case and width. A headline of a word or two is not looked for.
    """
    told = _plain(" ".join((demand.by, demand.place, demand.reference, *demand.words.values())))
    return next(
        (one for one in headlines if len(one) >= SHORTEST_TRACE and _plain(one) in told), ""
    )


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
