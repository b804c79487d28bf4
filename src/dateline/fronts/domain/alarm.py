"""How alarmed the network is, and what every page then says first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

LONGEST_TEXT = 600  # characters in each language: every page of 10 kB carries it
MOST_LINKS = 6
LONGEST_LINKS = 1_200


class Level(IntEnum):
    """What readers get. The number is kept with each masthead."""

    OFF = 0
    BANNER = 1  # pages as always, with a notice above them
    EMERGENCY = 2  # text only, one request, 10 kB at most


@dataclass(frozen=True, slots=True)
class Told:
    """What the desk says, in two languages. Links are lines: words, then an https address."""

    english: str = ""
    japanese: str = ""
    links_english: str = ""
    links_japanese: str = ""

    def in_language(self, language: str) -> tuple[str, str]:
        """(text, links) for a BCP 47 tag; the other language where this one says nothing."""
        ours, other = (self.english, self.links_english), (self.japanese, self.links_japanese)
        if language.startswith("ja"):
            ours, other = other, ours
        return (ours[0] or other[0], ours[1] or other[1])


@dataclass(frozen=True, slots=True)
class Link:
    """One way to official information."""

    words: str
    address: str


def links(lines: str) -> list[Link]:
    """The links of a text, one a line; lines that are none are left out."""
    found = []
    for line in lines.splitlines():
        words, _, address = line.strip().rpartition(" ")
        if _is_address(address):
            found.append(Link(words.strip() or address, address))
    return found[:MOST_LINKS]


def paragraphs(text: str) -> list[str]:
    """A text apart at its line ends."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def problems(level: Level, told: Told) -> dict[str, str]:
    """What is wrong with a notice, as keys of the words by field; empty where it is fine."""
    if level is Level.OFF:
        return {}
    found: dict[str, str] = {}
    texts: Mapping[str, str] = {"english": told.english, "japanese": told.japanese}
    for name, text in texts.items():
        if not text.strip():
            found[name] = "no_text"
        elif len(text) > LONGEST_TEXT:
            found[name] = "long_text"
    lines = {"links_english": told.links_english, "links_japanese": told.links_japanese}
    found |= {name: "bad_links" for name, text in lines.items() if not _are_links(text)}
    return found


def _are_links(text: str) -> bool:
    written = [line for line in text.splitlines() if line.strip()]
    return len(text) <= LONGEST_LINKS and len(links(text)) == len(written)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)
