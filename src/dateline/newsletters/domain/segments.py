"""Which readers get which text: blocks for some of them only, and the language around them."""

import re
from dataclasses import dataclass

from dateline.newsletters.domain.edition_words import JAPANESE, is_japanese
from dateline.newsletters.domain.editions import Block, Content

RULE = re.compile(r"(language|zone):([A-Za-z0-9_+/-]{2,40})\Z")


@dataclass(frozen=True, slots=True)
class Segment:
    """What decides of a reader which text they get: a language tag and the name of a time zone."""

    language: str
    zone: str

    def gets(self, block: Block) -> bool:
        """Whether a block stands in this reader's letter; `zone:Asia` means all of Asia."""
        found = RULE.match(block.only_for)
        if found is None:
            return True
        told = {"language": self.language.split("-")[0], "zone": self.zone}[found[1]]
        return told == found[2] or told.startswith(f"{found[2]}/")

    @staticmethod
    def fits(rule: str) -> bool:
        """Whether a rule names readers at all; an empty one names everybody."""
        return not rule or RULE.match(rule) is not None


@dataclass(frozen=True, slots=True)
class Variant:
    """One text of an edition: the language of the words around it, and the blocks it shows."""

    language: str
    blocks: tuple[str, ...]

    def of(self, content: Content) -> Content:
        """An edition's content, as far as this text shows it."""
        return Content(tuple(block for block in content.blocks if block.key in self.blocks))


def variant_of(content: Content, reader: Segment, *, list_language: str) -> Variant:
    """Which text one reader gets. Words around it are in their language where we have it."""
    told = reader.language or list_language
    language = JAPANESE if is_japanese(told) else "en"
    return Variant(language, tuple(b.key for b in content.blocks if reader.gets(b)))
