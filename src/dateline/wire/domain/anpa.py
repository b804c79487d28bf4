"""Read ANPA 1312 text messages, as AP sent them, and Kyodo's plain layout of them."""

import re
from dataclasses import dataclass

from dateline.wire.domain import anpa_text, bodies, flat_text, frames, stamps, telegrams
from dateline.wire.domain.anpa_text import Text
from dateline.wire.domain.datelines import opening_of
from dateline.wire.domain.embargo_words import embargoes
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.frames import Message
from dateline.wire.domain.item import IncomingItem, Topic
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "anpa"
_FIRST = r"(?P<service>[A-Za-z])(?P<number>[0-9]{4})(?P<source>[A-Za-z]{0,10})\x1f"
_FRAMED = re.compile(rb"\x01[\r\n]*" + _FIRST.encode())
_FIRST_LINE = re.compile(_FIRST + r"[^\n]*")
_SECOND_LINE = re.compile(
    r"(?P<priority>[A-Za-z]) (?P<category>[A-Za-z])[\x10-\x14]{1,2} *(?P<keyword>.*?)\s+"
    r"[0-9]{1,2}-[0-9]{1,2}(?: +[0-9]{1,5})?"
)
# ANPA 1312: bulletin to deferred. f is its flash, but AP sends features under it.
_URGENCY = {"b": "2", "u": "3", "r": "5", "d": "7"}
_ADVANCES = {"a": "for a weekday", "s": "for Sunday"}
_FLASH, _AT_WILL = "f", "w"
_ADVISORY = "v"
_TAILS = (
    # AP: month first. Kyodo (KWS): the time, then the day first.
    re.compile(
        r"(?P<agency>[A-Z]{2,6})-[A-Z]{1,4}-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})-"
        r"(?P<year>[0-9]{2}) (?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<zone>[A-Z]{3,4})?"
    ),
    re.compile(
        r"(?P<agency>KWS)-(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})-(?P<day>[0-9]{2})-"
        r"(?P<month>[0-9]{2})-(?P<year>[0-9]{2})(?P<zone>[A-Z]{3,4})?"
    ),
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows ETX: who sent it, and when (ISO 8601, or as it is where it is unclear)."""

    agency: str | None = None
    moment: str | None = None
    rest: str | None = None


def looks_like(data: bytes) -> bool:
    """Say whether bytes are ANPA 1312: SOH, service letter, number and a US before the selector."""
    start = frames.begins(data)
    return start.startswith(b"\x01") and bool(_FRAMED.search(start))


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn the messages of a document into items, in document order.

    The family is the service letter and number with the day, since both begin anew; a writethru
    comes under a new number and is a relation to an item named by its slug only. Notes to editors
    and picture numbers are never for readers. An advance is an embargo.

    Raises:
        WireFormatError: no message has a header that can be read, or all are cut off, or
            there are too many.

    """
    return telegrams.read(data, _sent, source=source, profile=profile)


def tail_of(text: str) -> Tail:
    """Read what follows ETX: `AP-WF-11-13-13 1509GMT<` or `KWS-21:37-09-12-18`."""
    bare = text.strip(frames.NOISE + "<")
    found = next((hit for hit in (tail.fullmatch(bare) for tail in _TAILS) if hit), None)
    if found is None:
        return Tail(rest=bare or None)
    parts = found.groupdict()
    agency = parts.pop("agency").replace("KWS", "Kyodo")
    return Tail(agency, stamps.iso(**parts) or bare)


def _first_line(message: Message, source: str) -> re.Match[str]:
    first = _FIRST_LINE.fullmatch(message.header.strip(" \n"))
    if message.stray or first is None:
        raise WireFormatError(
            source, "header", "expected a service letter, four digits and a selector, found "
            f"{message.header.strip(frames.NOISE)[:60]!r}."
        )  # fmt: skip
    if not message.ended:
        raise frames.cut_off(source)
    return first


def _sent(message: Message, source: str) -> Sent:
    """Collect what one message says."""
    first = _first_line(message, source)
    second = _SECOND_LINE.fullmatch(message.before.strip(" \n"))
    tail = tail_of(message.tail)
    text = anpa_text.read(message.text, keyword=second["keyword"] if second else None)
    opening = opening_of(text.body)
    number = f"{first['service']}{first['number']}" if int(first["number"]) else None
    identifier, weak = flat_text.identifier(number, tail.moment, message.text)
    said = embargoes(text.head, text.body.split("\n"))
    return Sent(
        format=FORMAT,
        provider=guess_provider(
            names=[tail.agency, first["source"], opening.agency], identifier=None
        ),
        identifier=identifier,
        embargoes=said or text.advances,
        version_created=tail.moment,
        headline=text.headline,
        summary=text.summary,
        slugline=text.slugline,
        dateline=opening.place,
        byline=text.byline,
        urgency=_URGENCY.get(second["priority"].lower()) if second else None,
        body=bodies.from_plain(text.body, source=source),
        relations=text.relations,
        topics=(Topic(qcode=second["category"].lower()),) if second else (),
        has_signals=False,
        ed_notes=(*text.notes, tail.rest or ""),
        holds=(*text.holds, *_holds(second, message.before, text, said)),
        hidden=_hidden(second),
        warnings=(*weak, *_warnings(second)),
    )


def _holds(
    second: re.Match[str] | None, sent: str, text: Text, said: tuple[str, ...]
) -> tuple[str, ...]:
    if second is None:
        shown = sent.strip(frames.NOISE)[:60]
        return (f"Its second line, {shown!r}, is not understood. It may be an advance: ask.",)
    letter = second["priority"].lower()
    if letter in _ADVANCES and not said and not text.advances:
        return (f"It is an advance {_ADVANCES[letter]}, but nothing says until when. Ask.",)
    if letter not in (*_URGENCY, *_ADVANCES, _FLASH, _AT_WILL):
        return (f"Its priority {letter!r} is none of ANPA 1312. Ask the agency what it means.",)
    return ()


def _warnings(second: re.Match[str] | None) -> tuple[str, ...]:
    if second and second["priority"].lower() == _FLASH:
        return ("Its priority is f: a flash, or a feature. Its urgency is left open.",)
    return ()


def _hidden(second: re.Match[str] | None) -> tuple[str, ...]:
    if second and second["category"].lower() == _ADVISORY:
        return ("Its category is v, advisories: it is for editors, not for readers.",)
    return ()
