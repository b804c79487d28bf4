"""A cut letter taken apart again, for ESPs: they want a mail's parts, and make the message."""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property

from dateline.mail.domain.copies import Copy, in_link
from dateline.mail.domain.encodings import one_line

MADE_BY_ESP = frozenset(
    {"from", "to", "subject", "reply-to", "date", "message-id", "mime-version", "content-type"}
    | {"content-transfer-encoding"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """Text with slots in it: a literal, a slot's name, a literal, and so on."""

    pieces: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return it with `values` as they are; a slot without one stays empty."""
        parts = [*self.pieces]
        parts[1::2] = [values.get(name, "") for name in parts[1::2]]
        return "".join(parts)

    @property
    def names(self) -> tuple[str, ...]:
        """Of its slots, in their order."""
        return self.pieces[1::2]


@dataclass(frozen=True, slots=True)
class Parts:
    """All that differs between letters, filled for one reader or ready for an ESP to fill."""

    sender: str
    subject: str
    reply_to: str
    text: str
    html: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Pattern:
    """The parts of a letter, each with its slots."""

    sender: Part
    subject: Part
    reply_to: Part
    text: Part
    html: Part
    headers: dict[str, Part]

    def filled(self, values: Mapping[str, str]) -> Parts:
        """Return the parts as one reader gets them."""
        in_html, in_words, in_links = (made(values) for made in (_in_html, _in_words, _in_links))
        return Parts(
            self.sender.filled(in_words),
            self.subject.filled(in_words),
            self.reply_to.filled(in_links),
            self.text.filled(values),
            self.html.filled(in_html),
            {name: part.filled(in_links) for name, part in self.headers.items()},
        )

    @cached_property
    def _named(self) -> dict[tuple[str, str], str]:
        """Kind and slot → the name under which an ESP fills it."""
        kinds = {
            "w": [self.sender, self.subject], "t": [self.text], "h": [self.html],
            "l": [self.reply_to, *self.headers.values()],
        }  # fmt: skip
        slots = [(kind, n) for kind, parts in kinds.items() for p in parts for n in p.names]
        return {slot: f"{slot[0]}{number}" for number, slot in enumerate(dict.fromkeys(slots))}

    def marked(self, mark: str) -> Parts:
        """Return the parts with an ESP's own marks for slots: `mark` with `{}` for the name."""

        def marks(kind: str) -> dict[str, str]:
            named = self._named.items()
            return {slot: mark.format(name) for (of, slot), name in named if of == kind}

        words, links = marks("w"), marks("l")
        return Parts(
            self.sender.filled(words), self.subject.filled(words), self.reply_to.filled(links),
            self.text.filled(marks("t")), self.html.filled(marks("h")),
            {name: part.filled(links) for name, part in self.headers.items()},
        )  # fmt: skip

    def fillings(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return what an ESP puts where `marked` left its marks, for one reader."""
        made = {
            "w": _in_words(values), "t": dict(values), "h": _in_html(values),
            "l": _in_links(values),
        }  # fmt: skip
        return {name: made[kind].get(slot, "") for (kind, slot), name in self._named.items()}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One reader's mail, on its way to an ESP. `message_id` is ours, without brackets."""

    address: str
    message_id: str
    pattern: Pattern
    values: Mapping[str, str]


def pattern_of(copy: Copy) -> Pattern:
    """Return the parts of a letter that was cut."""
    told = hashlib.sha256(b"\0".join(copy.literals)).hexdigest()[:12]
    names = list(dict.fromkeys(name for name, _ in copy.slots))
    marks = {name: f"x{told}n{number}x" for number, name in enumerate(names)}
    read = message_from_bytes(copy.joined(marks), policy=policy.default)
    mark = re.compile(rf"x{told}n([0-9]+)x")

    def part(text: str) -> Part:
        pieces = mark.split(text)
        pieces[1::2] = [names[int(number)] for number in pieces[1::2]]
        return Part(tuple(pieces))

    return Pattern(
        part(str(read["From"])),
        part(str(read["Subject"] or "")),
        part(str(read["Reply-To"] or "")),
        part(_body(read, "plain")),
        part(_body(read, "html")),
        {n: part(str(value)) for n, value in read.items() if n.lower() not in MADE_BY_ESP},
    )


def _body(read: EmailMessage, kind: str) -> str:
    found = read.get_body((kind,))
    return str(found.get_content()) if found else ""


def _in_html(values: Mapping[str, str]) -> dict[str, str]:
    return {name: html.escape(value) for name, value in values.items()}


def _in_words(values: Mapping[str, str]) -> dict[str, str]:
    return {name: one_line(value) for name, value in values.items()}


def _in_links(values: Mapping[str, str]) -> dict[str, str]:
    return {name: in_link(value).decode("ascii") for name, value in values.items()}
