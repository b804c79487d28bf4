"""Write Atom 1.0 (RFC 4287) of the same channel and items as RSS."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from dateline.web.domain.rss import FORBIDDEN, Channel, Item

ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the feed must say when it changed: an empty one did not


def write(channel: Channel, items: Iterable[Item]) -> bytes:
    """The feed as UTF-8 XML (RFC 4287). Its id is the page that it tells of."""
    spaces: dict[Any, str] = {None: ATOM}
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=spaces)
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", channel.language)
    _add(feed, "id", channel.link)
    _add(feed, "title", channel.title)
    _add(feed, "subtitle", channel.description)
    _add(feed, "updated", _moment(channel.changed_at or NEVER))
    _link(feed, "self", channel.own_address, "application/atom+xml")
    _link(feed, "alternate", channel.link, "text/html")
    if channel.hub:
        _link(feed, "hub", channel.hub)
    _add(feed, "rights", channel.copyright)
    for item in items:
        _write_entry(feed, item)
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="UTF-8"))


def _write_entry(feed: etree._Element, item: Item) -> None:
    entry = etree.SubElement(feed, f"{{{ATOM}}}entry")
    _add(entry, "id", item.guid)
    _add(entry, "title", item.title, always=True)
    _link(entry, "alternate", item.link, "text/html")
    _add(entry, "published", _moment(item.published_at))
    _add(entry, "updated", _moment(item.updated_at))
    author = etree.SubElement(entry, f"{{{ATOM}}}author")
    _add(author, "name", item.creator, always=True)
    if item.category:
        etree.SubElement(entry, f"{{{ATOM}}}category", term=FORBIDDEN.sub("", item.category))
    _add(entry, "summary", item.description, kind="html")
    if item.media:
        _link(entry, "enclosure", item.media.url, item.media.mime_type)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _link(parent: etree._Element, rel: str, href: str, kind: str = "") -> None:
    given = {"rel": rel, "href": href, **({"type": kind} if kind else {})}
    etree.SubElement(parent, f"{{{ATOM}}}link", given)


def _add(
    parent: etree._Element, name: str, text: str, *, kind: str = "", always: bool = False
) -> None:
    if text or always:
        element = etree.SubElement(parent, f"{{{ATOM}}}{name}", {"type": kind} if kind else {})
        element.text = FORBIDDEN.sub("", text)
