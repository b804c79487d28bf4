"""Embargoes that are said in words: found in a line, and read only where nothing is left over."""

import re
from collections.abc import Iterable

from dateline.wire.domain import stamps
from dateline.wire.domain.wording import line

_LEAD = r"^[\W_]*"
_UNTIL = r"(?:until|till?|to|for|bis|jusqu|au\b|hasta|fino|tot|t/m)"
_MARK = r"[-:!=(.\u20130-9]|$"
_PATTERNS = (
    rf"{_LEAD}(?:strict(?:ly)? )?(?:under )?embargo(?:ed|ué|é|ado)?\b\s*(?:{_UNTIL}|{_MARK})",
    rf"\bembargo(?:ed|ué|ado)\s+{_UNTIL}",
    rf"\bunder (?:strict )?embargo\b.{{0,30}}?{_UNTIL}",
    rf"{_LEAD}(?:achtung\W+)?sperrfrist\b|\bsperrfrist\s*(?:[:!0-9]|bis|ende)",
    rf"{_LEAD}gesperrt (?:bis|für)\b",
    r"\bnot for (?:release|publication|broadcast|use)\b[^.]{0,30}\b(?:before|until|prior)\b",
    r"\bhold for release\b|\b(?:advance|hfr)\b[^.]{0,20}\bfor release\b",
    rf"{_LEAD}(?:for release|release date|release time|release at)\b(?! immediately)",
    r"^[\W_]*(?:解禁|(?:.{0,12}(?:まで|以降)?)(?:報道|公開|配信)(?:解禁|禁止))",
)
_SAID = re.compile("|".join(_PATTERNS), re.IGNORECASE)
_CAPITALS = re.compile(r"\bEMBARGO(?:ED)?\b|\bSPERRFRIST\b")
# An embargo that a note to editors tells in words. News is full of trade embargoes, so the word
# alone is not enough, and one that is denied or over is none.
_NOTED = re.compile(
    r"(?<!\bno )(?<!\bnot )(?:"
    r"\bembargoed\b|\b(?:under|strict|sous|unter) embargo\b|"
    r"\bembargo(?:\s*:|\s+(?:until|till|to|ends?|jusqu|bis|hasta|[0-9]))|"
    r"\bsperrfrist\b(?!\s+(?:ist )?(?:aufgehoben|abgelaufen))|解禁(?:日時|時間|まで|は)"
    r")[^\n.]{0,80}",
    re.IGNORECASE,
)
_NOW = re.compile(r"^[\W_]*for immediate release[\W_]*$|^[\W_]*no embargo[\W_]*$", re.IGNORECASE)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|"
    r"mittwoch)"
)
_CLOCK = (
    r"(?P<hour>[0-9]{1,2})[:.h]?(?P<minute>[0-9]{2})\s*(?:uhr|hours|hrs|h)?\s*"
    rf"(?P<zone>{stamps.ZONE})?"
)
_DATE = (
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?(?P<month>[^\W\d_]{3,9})\.?,?\s+"
    r"(?:de\s+)?(?P<year>[0-9]{4})"
)
_ISO = re.compile(
    r"(?P<moment>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)\s*"
    rf"(?P<zone>{stamps.ZONE}|Z|[+-][0-9]{{2}}:?[0-9]{{2}})?",
    re.IGNORECASE,
)
_BOTH_WAYS = (
    re.compile(rf"{_CLOCK}[\s,]+(?:(?:on|am|le|{_WEEKDAY})[,.]?\s+){{0,3}}{_DATE}", re.IGNORECASE),
    re.compile(rf"{_DATE}[\s,]+(?:(?:at|um|à)\s+)?{_CLOCK}", re.IGNORECASE),
)
_FILLER = re.compile(
    rf"\b(?:strict(?:ly)?|under|for|release|embargo(?:ed)?|sperrfrist|until|till|til|to|bis|on|at|the|um|am|"
    rf"uhr|{_WEEKDAY})\b|[\W_]",
    re.IGNORECASE,
)


def embargoes(head: Iterable[str], body: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the embargoes that lines say, each as an ISO 8601 time or as its words.

    In the lines of a `head`, which are the desk's, the word in capitals is enough; in a `body` it
    must begin a line or come with a time. Words that are not understood to the last come back as
    they are, so that the item is held: `judgement` cannot read them as a time.
    """
    said = [one for one in head if _SAID.search(one) or _CAPITALS.search(one)]
    said += [one for one in body if _SAID.search(one)]
    return tuple(dict.fromkeys(end_of(one) for one in said if not _NOW.match(one)))


def noted(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the reason to hold an item whose notes speak of an embargo, () where none does.

    For documents that give no embargo in its own field. A note that denies one does not count.
    """
    found = (_NOTED.search(text) for text in texts)
    said = next((hit.group().strip() for hit in found if hit), None)
    if said is None:
        return ()
    return (_EMBARGO_IN_WORDS.format(said=said[:80]),)


_EMBARGO_IN_WORDS = (
    "Its notes speak of an embargo ({said!r}), but no field gives its end. Ask the agency when it "
    "ends."
)


def end_of(text: str) -> str:
    """Return the end of an embargo in ISO 8601, with its offset where one is given; else `text`."""
    whole = line(text) or ""
    for pattern in (_ISO, *_BOTH_WAYS):
        found = pattern.search(whole)
        if found:
            read = _iso_of(found)
            return whole if read is None or _left_over(whole, found) else read
    return whole


def _iso_of(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    if "moment" not in parts:
        return stamps.iso(**parts)
    zone = parts["zone"] or ""
    return parts["moment"] + stamps.ZONES.get(zone.lower(), zone)


def _left_over(whole: str, found: re.Match[str]) -> str:
    """What of the words is not understood: another time, a condition, a place."""
    return _FILLER.sub("", whole[: found.start()] + " " + whole[found.end() :])
