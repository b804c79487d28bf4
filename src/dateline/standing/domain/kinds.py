"""Which pages stand around the stories of every title, and what they may hold."""

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape

LONGEST = 60_000  # characters of a page with its markup; long terms of use have a third of that
LONGEST_MESSAGE = 5_000
BLANK = re.compile(r"\[\[[^\[\]]*\]\]")


class PageKind(StrEnum):
    """A page that every title has. Its value is its address: /about/, /imprint/ and so on."""

    ABOUT = "about"
    STAFF = "staff"
    CONTACT = "contact"
    IMPRINT = "imprint"
    PRIVACY = "privacy"
    TERMS = "terms"
    RULES = "rules"

    @property
    def path(self) -> str:
        """Its address on a masthead."""
        return f"/{self.value}/"


# Readers must be able to find these: while one has blanks, the desk is told.
OWED = frozenset({PageKind.CONTACT, PageKind.IMPRINT, PageKind.PRIVACY})


@dataclass(frozen=True, slots=True)
class Given:
    """A message as somebody typed it. An empty `email` is somebody who wants no answer."""

    name: str
    email: str
    text: str


def blanks(text: str) -> list[str]:
    """What is still to be filled in, in the order of the text: `[[name of the publisher]]`."""
    return [found[2:-2].strip() for found in BLANK.findall(text)]


def without_blanks(text: str, unsaid: str) -> str:
    """Return `text`, HTML, with each blank replaced by `unsaid`: a reader is told, not misled."""
    return BLANK.sub(f"<em>{escape(unsaid)}</em>", text)
