"""What a reader typed, and the safe HTML that is shown of it."""

import hashlib
import re
from html import escape

from dateline import markup
from dateline.discussion.domain.folding import fold

SHORTEST, LONGEST = 1, 5_000  # characters, without white space at both ends
QUOTE_LONGEST = 500
SANITISER = 1  # raise it when `html_of` or markup.clean changes: stored HTML is then made again
LINKS = "ugc nofollow noopener"  # a reader's link is not our recommendation to search engines

_ADDRESS = re.compile(r"https?://[^\s<>\"'\u3000-\u303f\uff00-\uff60]+", re.IGNORECASE)
_TRAILING = ".,;:!?)]}"
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def typed(text: str) -> str:
    """The text as it is stored: one kind of line end, no control characters, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN).strip()


def fingerprint(text: str) -> str:
    """16 hexadecimal digits that are equal for texts that differ in case, spaces or disguise only.

    A text of signs alone, which fold to nothing, is told apart by the signs.
    """
    folded = "".join(fold(text).split()) or text
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).hexdigest()


def links_in(text: str) -> list[str]:
    """Every web address in a text, in order, as a reader would click it."""
    return [found.rstrip(_TRAILING) for found in _ADDRESS.findall(text)]


def holds_quote(text: str, quote: str) -> bool:
    """Whether `quote` stands in `text`, white space aside: nobody puts words in others' mouths."""
    return " ".join(quote.split()) in " ".join(text.split())


def html_of(text: str) -> str:
    """The safe HTML of a typed text: paragraphs, line breaks, `>` quotes, links. No other markup.

    Everything is escaped, then cleaned by `markup` as anything from outside is. Links carry
    rel="ugc nofollow noopener". The length is checked before, never by cutting the result.
    """
    blocks = re.split(r"\n\s*\n", typed(text))
    return markup.clean("".join(_block(block) for block in blocks if block), link_rel=LINKS)


def _block(block: str) -> str:
    lines = block.split("\n")
    if all(line.startswith(">") for line in lines):
        inner = "<br>".join(_inline(line[1:].strip()) for line in lines)
        return f"<blockquote><p>{inner}</p></blockquote>"
    return f"<p>{'<br>'.join(map(_inline, lines))}</p>"


def _inline(line: str) -> str:
    parts, end = [], 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(_TRAILING)
        parts.append(escape(line[end : found.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = found.start() + len(address)
    return "".join([*parts, escape(line[end:])])
