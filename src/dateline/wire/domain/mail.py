"""Read a mail (RFC 5322, MIME): its text as an item, or the documents it carries as theirs."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import parseaddr

from dateline.wire.domain import alarms, bodies, flat_text, jpeg, mail_parts, plain, stamps
from dateline.wire.domain.bodies import Body
from dateline.wire.domain.embargo_words import embargoes
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Picture, Relation, Usability
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.mail_parts import Attachment, Mail
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "mail"
_LONGEST_ID = 200
_MOST_REFERENCES = 10
_ORDERS = ("kills", "holds")
_FAILED = re.compile(r"\b(?:dmarc|spf|dkim)=fail\b", re.IGNORECASE)

ReadPart = Callable[..., tuple[IncomingItem, ...]]
ReaderOf = Callable[[bytes, str], ReadPart | None]


@dataclass(slots=True)
class _Carried:
    """What the files of a mail are: documents with their items, pictures, texts, and doubts."""

    items: list[IncomingItem]
    pictures: list[Picture]
    texts: list[mail_parts.Text]
    warnings: list[str]
    holds: list[str]


def looks_like(data: bytes) -> bool:
    """Say whether bytes are a mail."""
    return mail_parts.looks_like(data)


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None, reader_of: ReaderOf
) -> tuple[IncomingItem, ...]:
    """Turn a mail into items: those of the documents it carries, else one of its own text.

    `reader_of` gives the reader of a file in it, or None. The family of a mail is its Message-ID as
    a `mid:` address (RFC 2392). A mail with documents is their context: its words go to their
    editors, and what holds or embargoes the mail holds or embargoes them.

    Raises:
        WireFormatError: it is nested too deeply, has too many parts, or a body is too long.

    """
    mail = mail_parts.parse(data, source=source)
    return _items(mail, source, profile, reader_of, deep=0)


def _items(
    mail: Mail, source: str, profile: ProviderProfile | None, reader_of: ReaderOf, *, deep: int
) -> tuple[IncomingItem, ...]:
    if deep > mail_parts.MAX_MAILS_DEEP:
        raise mail_parts.too_deep(source)
    carried = _carried(mail, source, profile, reader_of)
    for inside in mail.mails:
        carried.items += _items(inside, source, profile, reader_of, deep=deep + 1)
    itself = judge(_sent(mail, carried, source), source=source, profile=profile)
    if not carried.items:
        return (itself,)
    return tuple(_in_context(one, itself) for one in carried.items)


def _carried(
    mail: Mail, source: str, profile: ProviderProfile | None, reader_of: ReaderOf
) -> _Carried:
    found = _Carried([], [], [], [], [])
    for one in mail.attachments:
        name = f"{source}/{one.name}"
        try:
            if mail_parts.looks_like(one.data):
                mail.mails.append(mail_parts.parse(one.data, source=name))
            elif reader := reader_of(one.data, name):
                _sort(reader(one.data, source=name, profile=profile), one, found)
            else:
                _unread(one, found)
        except WireFormatError as refusal:
            found.holds.append(
                f"Its attachment {one.name!r} could not be read: {refusal.field}: "
                f"{refusal.problem} Look at it before using the rest."
            )
    return found


def _sort(items: tuple[IncomingItem, ...], one: Attachment, found: _Carried) -> None:
    if not one.data.startswith(jpeg.MAGIC):
        found.items += items
        return
    for item in items:
        found.pictures += [replace(picture, guid=item.family) for picture in item.pictures]
        found.warnings += [f"Picture {one.name!r}: {said}" for said in item.warnings]
        if item.reason:
            found.warnings.append(f"Picture {one.name!r} may not be used now: {item.reason}")


def _unread(one: Attachment, found: _Carried) -> None:
    """Keep the words of a text file with the mail's own; name any other file."""
    if one.type in ("text/plain", "text/html"):
        text, warnings = mail_parts.text_of(one.data)
        found.texts.append(mail_parts.Text(text, html=one.type == "text/html"))
        found.warnings += warnings
    else:
        found.warnings.append(f"Its attachment {one.name!r} ({one.type}) was left out.")


def _sent(mail: Mail, carried: _Carried, source: str) -> Sent:
    """Collect what the mail itself says."""
    headers = mail.headers
    body, notes, holds = _body([*mail.texts, *carried.texts], source)
    name, address = parseaddr(headers.get("from", ""))
    identifier, weak = _identifier(mail)
    said = "\n".join([body.text or "", notes, *mail.unseen]).replace("\r", "").split("\n")
    return Sent(
        format=FORMAT,
        provider=guess_provider(names=[address.rpartition("@")[2], name], identifier=None),
        identifier=identifier,
        embargoes=embargoes([headers.get("subject", "")], said),
        version_created=stamps.of_mail(headers.get("date")),
        headline=headers.get("subject"),
        body=body,
        pictures=tuple(carried.pictures),
        relations=_references(headers),
        has_signals=False,
        ed_notes=(f"From: {headers['from']}" if headers.get("from") else "", notes),
        holds=(*holds, *carried.holds, *_unseen_orders(mail)),
        hidden=_automatic(mail),
        warnings=(*mail.warnings, *carried.warnings, *weak, *_doubts(headers)),
    )


def _unseen_orders(mail: Mail) -> tuple[str, ...]:
    if alarms.prose_kill(mail.unseen):
        return ("Words in it that mail programs hide ask editors to kill or to hold a story.",)
    return ()


def _body(texts: list[mail_parts.Text], source: str) -> tuple[Body, str, tuple[str, ...]]:
    """Return the body, the notes that trail a plain text, and the reason to hold it."""
    if not any(one.html for one in texts):
        parts = flat_text.parts_of("\n\n".join(one.text.replace("\r", "") for one in texts))
        return bodies.from_plain(parts.body, source=source), parts.notes, ()
    pieces = (one.text if one.html else plain.html_of(one.text) for one in texts)
    body = bodies.from_html("\n".join(pieces), source=source)
    private = flat_text.parts_of(body.text or "").notes
    reason = "Its end reads like notes for editors. Take them out before using it."
    return body, "", (reason,) if private else ()


def _identifier(mail: Mail) -> tuple[str, tuple[str, ...]]:
    sent = (mail.headers.get("message-id") or "").strip("<> ")
    if sent and len(sent) <= _LONGEST_ID:
        return f"mid:{sent}", ()
    words = "\n".join([*map(str, mail.headers.items()), *(one.text for one in mail.texts)])
    digest = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]
    return f"mail-{digest}", ("It has no Message-ID, so an update of it cannot be matched.",)


def _references(headers: dict[str, str]) -> tuple[Relation, ...]:
    """The mails it answers (RFC 5322, In-Reply-To and References), the nearest first."""
    sent = f"{headers.get('references', '')} {headers.get('in-reply-to', '')}"
    ids = dict.fromkeys(reversed(re.findall(r"<([^<>\s]{1,200})>", sent)))
    return tuple(
        Relation(type="see-also", family=f"mid:{one}", certain=False)
        for one in list(ids)[:_MOST_REFERENCES]
    )


def _automatic(mail: Mail) -> tuple[str, ...]:
    automatic = mail.headers.get("auto-submitted", "no").lower() != "no"
    if automatic or mail.type == "multipart/report":
        return ("It is an automatic answer or a report about a mail, not news.",)
    return ()


def _doubts(headers: dict[str, str]) -> tuple[str, ...]:
    failed = _FAILED.search(headers.get("authentication-results", ""))
    return (f"The mail server could not confirm its sender ({failed[0]}).",) if failed else ()


def _in_context(item: IncomingItem, mail: IncomingItem) -> IncomingItem:
    """Return a carried item with the mail's words for editors, and with the mail's doubts."""
    note = "\n".join(
        text
        for text in (item.ed_note, mail.ed_note, f"Mail: {mail.headline}", mail.body_text)
        if text and text != "Mail: None"
    )
    ends = [end for end in (item.embargo_until, mail.embargo_until) if end]
    noted = replace(
        item,
        ed_note=note or None,
        embargo_until=max(ends, default=None),
        relations=(*item.relations, *(one for one in mail.relations if one.type in _ORDERS)),
        warnings=tuple(dict.fromkeys(item.warnings + mail.warnings)),
    )
    if item.usability is Usability.USABLE and mail.usability is not Usability.USABLE:
        reason = f"The mail it came in: {mail.reason}"
        return replace(noted, usability=Usability.HELD, reason=reason)
    return noted
