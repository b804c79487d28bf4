"""What a document says, before anybody judges it: every reader's answer."""

from dataclasses import dataclass

from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.item import Picture, Relation, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One item as the document has it; `judgement.judge` makes the canonical item of it.

    Texts are as sent. statuses, embargoes and expiries hold every value the document gives ('' for
    an element that is there and empty), so that a contradiction fails closed. Relations name other
    items by the id as sent. `holds` and `kills` are what the reader itself found, `hidden` why it
    is not for readers; sentences.
    """

    format: str
    identifier: str | None
    generation: str | None = None
    provider: str | None = None
    version: str | None = None
    statuses: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()
    expiries: tuple[str, ...] = ()
    created: str | None = None
    version_created: str | None = None
    kind: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    summary: str | None = None
    slugline: str | None = None
    dateline: str | None = None
    located: str | None = None
    byline: str | None = None
    language: str | None = None
    urgency: str | None = None
    body: Body = NO_BODY
    copyright_notice: str | None = None
    copyright_holder: str | None = None
    usage_terms: str | None = None
    credit: str | None = None
    caption: str | None = None
    pictures: tuple[Picture, ...] = ()
    relations: tuple[Relation, ...] = ()
    topics: tuple[Topic, ...] = ()
    keywords: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    has_signals: bool = True
    ed_notes: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    kills: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
