"""One agency item as every other room sees it, whatever format it came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Usability(StrEnum):
    """May the newsroom use it? An embargo is a matter of time and is told by `embargo_until`."""

    USABLE = "usable"
    HELD = "held"
    KILLED = "killed"
    NOT_FOR_READERS = "not_for_readers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of an item: its largest rendition. Width and height in pixels.

    `guid` is the family of the picture's own item, by which it is killed. `href` is None where the
    document is the picture itself, or where no file has come yet.
    """

    href: str | None = None
    guid: str | None = None
    caption: str | None = None
    credit: str | None = None
    usage: str | None = None
    width: int | None = None
    height: int | None = None
    mime: str | None = None
    alt_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What an item is to another one.

    `type` is one of replaces, kills, holds, corrects, update-of, repeats, part-of, contains,
    translation-of, picture-of, derived-from, see-also. `family` is the other item's family, equal
    to the item's own when it means its earlier versions, None when the document names it only in
    words (`note` has them) or only by address (`href`). Nothing may act by itself on a relation
    that is not `certain`: a person confirms it.
    """

    type: str
    family: str | None = None
    href: str | None = None
    note: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject with its code as sent (`medtop:20000523`, `N2:POL`, `04005004`) and its name."""

    qcode: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingItem:
    """The canonical wire item. What the document does not say is None or empty, never guessed.

    family: persistent over versions; an address (urn:, tag:, http:) as sent, any other id with the
    provider before it. version: larger is newer, numbers may be skipped. status: IPTC usable,
    withheld, canceled (cv.iptc.org/newscodes/pubstatusg2), or the agency's own word. reason: for an
    editor; None exactly when usable. recalls: earlier versions must come down at once. urgency: 1
    (flash) to 9. Times are aware UTC. headline is as sent; reader_headline is without the desk's
    labels (CORRECTED-, UPDATE 1-). body_html is safe (`markup.clean`). ed_note is for editors and
    must never reach readers. warnings are sentences about what was left out or read with care.
    """

    format: str
    generation: str | None = None
    provider: str | None = None
    family: str
    version: int = 1
    status: str = "usable"
    usability: Usability
    reason: str | None = None
    recalls: bool = False
    kind: str | None = None
    headline: str | None = None
    reader_headline: str | None = None
    subheadline: str | None = None
    summary: str | None = None
    slugline: str | None = None
    dateline: str | None = None
    located: str | None = None
    byline: str | None = None
    language: str | None = None
    urgency: int | None = None
    embargo_until: datetime | None = None
    expires_at: datetime | None = None
    created_at: datetime | None = None
    version_created_at: datetime | None = None
    body_text: str | None = None
    body_html: str | None = None
    copyright: str | None = None
    copyright_holder: str | None = None
    usage_terms: str | None = None
    credit: str | None = None
    caption: str | None = None
    pictures: tuple[Picture, ...] = ()
    relations: tuple[Relation, ...] = ()
    media_topics: tuple[Topic, ...] = ()
    subjects: tuple[Topic, ...] = ()
    keywords: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    ed_note: str | None = None
    warnings: tuple[str, ...] = ()
