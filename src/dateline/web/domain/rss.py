"""Write RSS 2.0 with Dublin Core, Media RSS and Atom's own link; control characters left out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from lxml import etree

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "dcterms": "http://purl.org/dc/terms/",
}
# XML 1.0, 2.2: these characters may not occur, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture of an item, at an absolute address; `length` is unknown, so RSS gets 0."""

    url: str
    mime_type: str
    width: int
    height: int
    credit: str
    caption: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One story. `guid` stays the same through every change; moments are aware."""

    guid: str
    title: str
    link: str
    description: str
    creator: str
    category: str
    published_at: datetime
    updated_at: datetime
    media: Media | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One feed. `changed_at` is the newest change of its items, aware, None when it has none.

    `hub` is the WebSub hub that tells of its changes, or empty.
    """

    title: str
    link: str
    own_address: str
    description: str
    language: str
    copyright: str
    changed_at: datetime | None
    hub: str = ""


def write(channel: Channel, items: Iterable[Item]) -> bytes:
    """The feed as UTF-8 XML (RSS 2.0.11; Dublin Core 1.1; Media RSS 1.5.1; Atom RFC 4287 link)."""
    rss = etree.Element("rss", nsmap=NAMESPACES, version="2.0")
    body = etree.SubElement(rss, "channel")
    _add(body, "title", channel.title)
    _add(body, "link", channel.link)
    own = {"href": channel.own_address, "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(body, _name("atom:link"), own)
    if channel.hub:
        etree.SubElement(body, _name("atom:link"), {"href": channel.hub, "rel": "hub"})
    _add(body, "description", channel.description)
    _add(body, "language", channel.language)
    _add(body, "copyright", channel.copyright)
    if channel.changed_at:
        _add(body, "lastBuildDate", format_datetime(channel.changed_at))
    for item in items:
        _write_item(body, item)
    return bytes(etree.tostring(rss, xml_declaration=True, encoding="UTF-8"))


def _write_item(body: etree._Element, item: Item) -> None:
    element = etree.SubElement(body, "item")
    _add(element, "title", item.title)
    _add(element, "link", item.link)
    etree.SubElement(element, "guid", isPermaLink="false").text = item.guid
    _add(element, "description", item.description)
    _add(element, "dc:creator", item.creator)
    _add(element, "category", item.category)
    _add(element, "pubDate", format_datetime(item.published_at))
    _add(element, "dcterms:modified", item.updated_at.isoformat(timespec="seconds"))
    if item.media:
        _write_media(element, item.media)


def _write_media(element: etree._Element, media: Media) -> None:
    etree.SubElement(element, "enclosure", url=media.url, length="0", type=media.mime_type)
    content = etree.SubElement(
        element, _name("media:content"), url=media.url, type=media.mime_type, medium="image",
        width=str(media.width), height=str(media.height),
    )  # fmt: skip
    _add(content, "media:credit", media.credit)
    _add(content, "media:description", media.caption)


def _add(parent: etree._Element, name: str, text: str) -> None:
    if text:
        etree.SubElement(parent, _name(name)).text = FORBIDDEN.sub("", text)


def _name(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local
