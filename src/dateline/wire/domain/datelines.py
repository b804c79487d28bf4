"""The place of a dateline: agencies send it with the date, their own name and a dash."""

import re
from dataclasses import dataclass

from dateline.wire.domain.wording import line

_LONGEST = 200  # characters; what is longer is no dateline, and not worth the search
_AGENCY = (
    r"(?:AAP|AFP|ANP|ANSA|AP|APA|ATS|Belga|CP|dpa(?:/[a-z]{2,4})?|EFE|epd|Jiji(?: Press)?|KNA|"
    r"Kyodo(?: News)?|Lusa|NTB|PA(?: Media)?|Reuters|Ritzau|SDA|SID|STT|TASS|TT|UPI|Xinhua|Yonhap|"
    r"أ ف ب|共同(?:通信)?|時事(?:通信)?|ロイター|Thomson Reuters(?: Foundation)?)"
)
_MONTH = (
    r"(?:jan|feb|fév|fev|mar|mär|mrt|apr|avr|abr|may|mai|mag|mei|maj|jun|jui|giu|jul|lug|aug|aoû|"
    r"aou|ago|sep|set|oct|okt|ott|out|nov|déc|dec|dez|dic|gen|ene)[^\W\d_]{0,7}\.?"
)
_DAY = r"(?:[0-3]?[0-9])(?:st|nd|rd|th|er|\.)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_OF = r"(?:\s+(?:de|of))?"
_DATE = (
    rf"(?:{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,?\s+[0-9]{{4}})?|"
    rf"{_WEEKDAY}{_DAY}{_OF}\s+{_MONTH}(?:,?{_OF}\s+[0-9]{{4}})?|"
    r"[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|"
    r"(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?[0-9]{1,2}日)"
)
# In capitals and short, a word in brackets is an agency we do not know yet; "(Oder)" is a river.
_TAG = rf"\s*\((?:(?i:{_AGENCY})|[A-Z]{{2,6}})\)"
_MARKS = r"[\s,;:.=\uff1d\u2013\u2014-]"
_BRACKETS = re.compile(r"^[【\u3014\[](.*)[】\u3015\]](?:\s*[-\u2013\u2014]+)?$")
_BEFORE = re.compile(
    rf"^(?:\((?i:{_AGENCY})\)|(?:{_AGENCY})(?: [A-Z]{{2,10}})?)\s*[-\u2013\u2014]+\s*"
)
_AFTER = re.compile(
    rf"(?:{_TAG}{_MARKS}*|(?:^|[,\s]\s*|(?<=[^\W\d_a-zA-Z]))(?i:{_DATE}){_MARKS}*|"
    rf"(?:^|\s|\uff1d|=|(?<=[^\W\d_a-zA-Z])|(?<=日)){_AGENCY}{_MARKS}*|"
    r"\s*[-\u2013\u2014]+\s*|\s*[,;:]\s*|\.-+)$"
)

_OPENING = re.compile(
    r"\s*(?P<place>[^\W\d_][^\n()]{1,60}(?:\([^()\n]{1,20}\)[^\n()]{0,20})?)\s*"
    r"\((?P<agency>[^()\n]{2,40})\)(?=\s|[-\u2013\u2014:=])"
)
_KYODO_OPENING = re.compile(r"\s*(?P<place>[A-Z][^\n]{1,60}?) (?P<agency>Kyodo)\s+-+\s")
_FIRST_PARAGRAPHS = 3
_AGENCY_CODES = frozenset(
    {"aap", "afp", "anp", "ansa", "ap", "apa", "ats", "belga", "cp", "dpa", "efe", "epd", "jiji",
     "kna", "kyodo", "lusa", "ntb", "pa", "reuters", "ritzau", "sda", "sid", "stt", "tass", "tt",
     "upi", "xinhua", "yonhap"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opening:
    """How a story opens: the place of its dateline, and the agency named there (a code)."""

    place: str | None = None
    agency: str | None = None


def agency_of(named: str | None) -> str | None:
    """Return the code of an agency we know from how it signs (`dpa/lni`, `ats afp`), or None."""
    first = re.split(r"[\W\d_]+", (named or "").strip().lower())[0]
    return first if first in _AGENCY_CODES else None


def opening_of(text: str) -> Opening:
    """Return the dateline in the first paragraphs of a plain text: `BERLIN (dpa) - ...`.

    The dateline stays in the text, as the agency has it. Empty where no known agency signs it.
    """
    for paragraph in re.split(r"\n\s*\n|\n(?=\s{2,})", text.strip("\n"))[:_FIRST_PARAGRAPHS]:
        start = (line(paragraph) or "")[:_LONGEST]
        found = _OPENING.match(start) or _KYODO_OPENING.match(start)
        if found and (agency := agency_of(found["agency"])):
            return Opening(place_of(found["place"]), agency)
    return Opening()


def place_of(sent: str | None) -> str | None:
    """Return the place of a dateline as the agency writes it, or None where it names none.

    `TOKYO, July 24 (AP) -` is TOKYO; `PORT WASHINGTON, Pa.` stays whole, since the state belongs to
    the place; `【ソウル共同】` is ソウル.
    """
    text = line(sent) or ""
    if len(text) > _LONGEST:
        return text
    inside = _BRACKETS.match(text)
    text = _BEFORE.sub("", inside[1] if inside else text).strip()
    while True:
        rest = _AFTER.sub("", text).rstrip()
        if rest == text:
            return text or None
        text = rest
