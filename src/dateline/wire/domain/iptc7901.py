"""Read IPTC 7901 text messages (IPTC 7901, fifth edition) as dpa, ATS, EFE and others send them."""

import re
from dataclasses import dataclass

from dateline.wire.domain import bodies, flat_text, frames, iptc7901_head, stamps, telegrams
from dateline.wire.domain.datelines import agency_of, opening_of
from dateline.wire.domain.embargo_words import embargoes
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.frames import Message
from dateline.wire.domain.item import IncomingItem, Relation, Topic
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "iptc7901"
_HEADER = (
    r"(?P<service>[A-Za-z]{2,4})(?P<number>[0-9]{3,6}) +(?P<priority>[0-9]) +"
    r"(?P<category>[A-Za-z]{1,3}) +(?P<words>[0-9]{1,6})(?P<rest>[^\n]*)"
)
_LINE = re.compile(_HEADER)
_FRAMED = re.compile(rb"\x01[\r\n]*" + _HEADER.encode())
_SIGNED = rb"(?P<rest> {2,}[A-Za-z-]{2,9} +[0-9]{3,5}[^\n]*)\n"
_UNFRAMED = re.compile(_HEADER.partition("(?P<rest>")[0].encode() + _SIGNED)
_AGENCY = re.compile(r"(?P<agency>[A-Za-z][A-Za-z-]{1,9}) +(?P<number>[0-9]{3,5})\b(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a message: `eca062 4 i 211 ccccb   dpa 061`.

    mark: the agency and its own number, which is the same on all its services and by which a kill
    names an item; the service's where there is none. earlier: what follows (dpa's BEZU).
    """

    mark: str | None
    agency: str | None
    priority: str
    category: str
    earlier: str | None


def looks_like(data: bytes) -> bool:
    """Say whether bytes are IPTC 7901: a header behind SOH, or, without frames, as the first line.

    Without frames the header must end in the agency and its number, as no prose does.
    """
    start = frames.begins(data)
    if start.startswith(b"\x01"):
        return bool(_FRAMED.search(start))
    return bool(_UNFRAMED.match(start.replace(b"\r\n", b"\n")))


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn the messages of a document into items, in document order.

    Letters are read in the profile's character set, else as their bytes tell. The family is the
    agency's number with the day; leads and REFILE lines are relations to an item that they do not
    name. What trails the story (notebook, telephone numbers, initials) goes to editors.

    Raises:
        WireFormatError: no message has a header that can be read, or all are cut off, or
            there are too many.

    """
    return telegrams.read(data, _sent, source=source, profile=profile)


def header_of(message: Message, source: str) -> Header:
    """Read the header line of a message.

    Raises:
        WireFormatError: the line is none.

    """
    found = _LINE.fullmatch(message.header.strip(frames.NOISE))
    if not found or message.stray:
        raise WireFormatError(
            source, "header", f"expected a line such as 'abc0001 4 pl 120', found "
            f"{message.header.strip(frames.NOISE)[:60]!r}."
        )  # fmt: skip
    signed = _AGENCY.search(found["rest"])
    agency, number = (signed["agency"], signed["number"]) if signed else (None, "0")
    if not int(number):
        agency_mark, number = found["service"], found["number"]
    else:
        agency_mark = agency or ""
    return Header(
        mark=f"{agency_mark.lower()}-{int(number)}" if int(number) else None,
        agency=agency_of(agency),
        priority=found["priority"],
        category=found["category"],
        earlier=signed["rest"].strip() or None if signed else None,
    )


def _sent(message: Message, source: str) -> Sent:
    """Collect what one message says."""
    header = header_of(message, source)
    if message.framed and not message.ended:
        raise frames.cut_off(source)
    text, tail = _text_and_tail(message)
    moment = stamps.of_7901(tail) if tail else None
    head = iptc7901_head.read(message.before, text)
    parts = flat_text.parts_of(head.rest)
    opening = opening_of(parts.body)
    identifier, weak = flat_text.identifier(header.mark, moment, f"{message.before} {text}")
    holds = [*head.holds]
    if not message.ended and moment is None:
        holds.append("Nothing says where it ends, so it may be cut off. Compare it with the wire.")
    return Sent(
        format=FORMAT,
        provider=guess_provider(names=[header.agency or opening.agency], identifier=None),
        identifier=identifier,
        embargoes=embargoes(head.lines, parts.body.split("\n")),
        version_created=moment,
        headline=head.headline,
        subheadline=head.subheadline,
        slugline=head.slugline,
        dateline=opening.place,
        byline=head.byline,
        urgency=header.priority if header.priority != "0" else None,
        body=bodies.from_plain(parts.body, source=source),
        relations=(*head.relations, *_earlier(header)),
        topics=(Topic(qcode=header.category),),
        keywords=head.keywords,
        has_signals=False,
        ed_notes=(*head.notes, parts.notes, *_after(tail, moment)),
        holds=tuple(holds),
        warnings=weak,
    )


def _text_and_tail(message: Message) -> tuple[str, str]:
    """The text and the line of its time: behind ETX, or, without frames, the last line there is."""
    text = frames.spaced(message.text)
    if message.ended:
        return text, message.tail.strip(frames.NOISE)
    above, _, last = text.rstrip(frames.NOISE).rpartition("\n")
    return (above, last) if stamps.of_7901(last) else (text, "")


def _after(tail: str, moment: str | None) -> tuple[str, ...]:
    return (tail,) if tail and moment is None else ()


def _earlier(header: Header) -> tuple[Relation, ...]:
    if header.earlier is None:
        return ()
    return (Relation(type="see-also", note=header.earlier, certain=False),)
