"""Read IPTC NITF 3.x as a document of its own (iptc.org/std/NITF, 3.0 to 3.6)."""

import hashlib
import re
from dataclasses import dataclass, replace

from dateline.wire.domain import bodies, embargo_words, nitf, nitf_media, xmltree
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.wording import line
from dateline.wire.domain.xmltree import XML_LANG, Element, child, children, name_of, words

FORMAT = "nitf"
ROOTS = frozenset({"nitf"})
_NO_ID = (
    "It has no doc-id, so its updates and its kill cannot be matched. Ask the agency for the same "
    "item in a format that has one."
)


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn one NITF document into its one item.

    An absent management-status means usable (NITF 3.6, docdata). NITF has no version: under one
    doc-id the later date.issue is newer. A document without a doc-id (AP) is held; its family is
    then the hash of its bytes. A DOCTYPE that only names the DTD is passed over, never fetched.

    Raises:
        WireFormatError: not well-formed, with entities of its own, or too deep.

    """
    root = xmltree.parse(data, source=source, named_dtd=True)
    sent = _sent(_Document.of(root), data)
    return (judge(sent, source=source, profile=profile),)


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of a <nitf>: everything outside its body, and the head of its body."""

    root: Element
    outside: tuple[Element, ...]
    head: Element | None

    @classmethod
    def of(cls, root: Element) -> "_Document":
        """Part a document once."""
        return cls(root, tuple(nitf.outside_body(root)), child(root, "body", "body.head"))

    def named(self, *names: str) -> list[Element]:
        """The elements outside the body with one of these names, in document order."""
        return [one for one in self.outside if name_of(one) in names]

    def said(self, name: str, *attributes: str) -> tuple[str, ...]:
        """The first of these attributes, else the text, of each element of this name."""
        texts = (
            next((text for key in attributes if (text := line(one.get(key)))), None) or words(one)
            for one in self.named(name)
        )
        return tuple(text for text in texts if text)

    def first(self, name: str, *attributes: str) -> str | None:
        """The first of what is said by elements of this name."""
        return next(iter(self.said(name, *attributes)), None)


def _sent(document: _Document, data: bytes) -> Sent:
    """Collect what one NITF says: here who, when and whether it may be used."""
    facts = nitf.facts(document.root)
    identifier, version = nitf.identity_of(document.first("doc-id", "id-string"))
    body = nitf_media.with_pictures(bodies.from_tree(document.root), document.root)
    ed_notes = document.said("ed-msg", "info")
    managed = Sent(
        format=FORMAT,
        generation=_generation(document.root),
        provider=guess_provider(names=_providers(document), identifier=identifier),
        identifier=identifier or f"urn:sha256:{hashlib.sha256(data).hexdigest()}",
        version=version,
        statuses=facts.statuses,
        embargoes=facts.embargoes,
        expiries=facts.expiries,
        version_created=document.first("date.issue", "norm"),
        kind="text",
        headline=facts.headline,
        dateline=facts.dateline,
        byline=facts.byline,
        body=body,
        relations=facts.relations,
        has_signals=False,
        ed_notes=ed_notes,
        holds=facts.holds
        + (() if identifier else (_NO_ID,))
        + embargo_words.noted(() if facts.embargoes else (*ed_notes, *body.for_editors)),
        warnings=facts.warnings + xmltree.encoding_warnings(data),
    )
    return _described(document, managed)


def _described(document: _Document, sent: Sent) -> Sent:
    """Add what a document says of its content: words, rights, subjects."""
    subheadline = next(
        (text for text in map(words, _headlines(document.head)) if text and text != sent.headline),
        None,
    )
    abstract = child(document.head, "abstract")
    holder = document.first("doc.copyright", "holder") or document.first("doc.rights", "owner")
    return replace(
        sent,
        subheadline=subheadline,
        summary=None if abstract is None else bodies.text_of_tree(abstract),
        slugline=_meta(document, "anpa-keyword"),
        language=document.root.get("baselang") or document.root.get(XML_LANG),
        urgency=document.first("urgency", "ed-urg"),
        copyright_holder=holder or words(child(document.head, "rights", "rights.owner")),
        usage_terms=_usage(document),
        credit="; ".join(filter(None, map(words, children(document.head, "distributor")))) or None,
        topics=_topics(document),
        keywords=document.said("keyword", "key"),
    )


def _headlines(head: Element | None) -> list[Element]:
    return [
        two for group in children(head, "hedline", "headline") for two in children(group, "hl2")
    ]


def _generation(root: Element) -> str | None:
    """3.4 of `-//IPTC//DTD NITF 3.4//EN`; None where the document does not say."""
    found = re.search(r"NITF ([0-9.]{1,8})", root.get("version") or "")
    return found.group(1) if found else None


def _providers(document: _Document) -> list[str | None]:
    """What the document calls its agency, best first: who registered its id, who moved it."""
    return [
        document.first("doc-id", "regsrc"),
        *document.said("from-src", "src-name"),
        words(child(document.head, "distributor")),
        _meta(document, "origin"),
        document.first("doc.copyright", "holder"),
        words(child(document.head, "rights", "rights.owner")),
    ]


def _meta(document: _Document, name: str) -> str | None:
    found = (one for one in document.named("meta") if one.get("name") == name)
    return next((text for one in found if (text := line(one.get("content")))), None)


def _usage(document: _Document) -> str | None:
    """What doc.rights and the rights in the body's head allow, a line for each thing they say."""
    said = [
        f"{label}{text}"
        for rights in document.named("doc.rights")
        for key, label in _RIGHTS
        if (text := line(rights.get(key)))
    ]
    said += [
        f"{label}{text}"
        for key, label in _RIGHTS
        if (text := words(child(document.head, "rights", f"rights.{key}")))
    ]
    return "\n".join(dict.fromkeys(said)) or None


_RIGHTS = (
    ("type", ""),
    ("limitations", ""),
    ("geography", "Where: "),
    ("startdate", "From: "),
    ("enddate", "Until: "),
)


def _topics(document: _Document) -> tuple[Topic, ...]:
    """Subjects with the most exact name given, and what the document identifies by a code."""
    subjects = [
        Topic(
            qcode=line(one.get("tobject.subject.refnum") or one.get("tobject.subject.code")),
            name=next((name for key in _NAMES if (name := line(one.get(key)))), None),
        )
        for one in document.named("tobject.subject")
    ]
    identified = [
        Topic(qcode=line(one.get("value")), name=words(one) or line(one.get("type")))
        for group in document.named("identified-content")
        for one in group
        if one.get("value")
    ]
    return tuple(subjects + identified)


_NAMES = ("tobject.subject.detail", "tobject.subject.matter", "tobject.subject.type")
