"""Plain text of letters: written by hand into HTML, and drawn text tidied up."""

import re
from html import escape

NO_ADDRESS = r"\s<>\"'\u3000-\u303f\uff00-\uffef"  # Japanese sentences have no space after one
ADDRESS = re.compile(rf"https://[^{NO_ADDRESS}]*[^{NO_ADDRESS}.,;:!?)]")
ANY_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://\S+")
BREAKS = re.compile(r"\n{3,}")


def linked(text: str) -> str:
    """A paragraph of plain text as HTML: escaped, its https addresses as links, lines kept."""
    found, last = [], 0
    for match in ADDRESS.finditer(text):
        url = escape(match[0])
        found += [escape(text[last : match.start()]), f'<a href="{url}">{url}</a>']
        last = match.end()
    found.append(escape(text[last:]))
    return "".join(found).strip().replace("\n", "<br>")


def addresses(text: str) -> list[str]:
    """Every address in a plain text, of any scheme."""
    return ANY_ADDRESS.findall(text)


def tidied(text: str) -> str:
    """Drawn plain text without spaces at ends of lines, with at most one empty line on end."""
    lines = (line.rstrip() for line in text.splitlines())
    return BREAKS.sub("\n\n", "\n".join(lines)).strip() + "\n"
