"""Write agency copy in the formats agencies use: NewsML-G2 and three generations of ninjs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from types import MappingProxyType
from xml.sax.saxutils import quoteattr


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCopy:
    """One version of one item, as an agency's editor would describe it.

    `family` is the persistent id, a URN. `paragraphs` are plain text. `status` is the IPTC word
    (usable, withheld, canceled). Moments are aware.
    """

    agency: str
    family: str
    version: int
    at: datetime
    first_at: datetime
    headline: str = ""
    paragraphs: tuple[str, ...] = ()
    dateline: str = ""
    byline: str = ""
    slugline: str = ""
    copyright: str = ""
    language: str = "en"
    urgency: int = 4
    topics: tuple[str, ...] = ()
    status: str = "usable"
    embargo_until: datetime | None = None
    correction: bool = False
    advisory: bool = False
    note: str = ""


def newsml(copy: AgencyCopy) -> bytes:
    """A NewsML-G2 2.35 newsMessage with one newsItem (iptc.org/std/NewsML-G2/2.35)."""
    body = "".join(f"<p>{escape(p, quote=False)}</p>" for p in copy.paragraphs)
    signals = '<signal qcode="sig:correction"/>' if copy.correction else ""
    embargo = (
        f"<embargoed>{copy.embargo_until.isoformat()}</embargoed>" if copy.embargo_until else ""
    )
    role = '<role qcode="itemrole:advisory"/>' if copy.advisory else ""
    content = (
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><html '
        f'xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{body}</body></html>'
        f"</inlineXML></contentSet>"
        if body
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
<header><sent>{copy.at.isoformat()}</sent><sender>{escape(copy.agency)}</sender></header>
<itemSet><newsItem guid={quoteattr(copy.family)} version="{copy.version}" standard="NewsML-G2"
 standardversion="2.35" conformance="power" xml:lang={quoteattr(copy.language)}>
<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"/>
<rightsInfo><copyrightNotice>{escape(copy.copyright)}</copyrightNotice></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider literal={quoteattr(copy.agency)}/>
<versionCreated>{copy.at.isoformat()}</versionCreated>
<firstCreated>{copy.first_at.isoformat()}</firstCreated>{embargo}
<pubStatus qcode="stat:{copy.status}"/>{role}{_element("edNote", copy.note)}{signals}</itemMeta>
<contentMeta><urgency>{copy.urgency}</urgency>{_element("by", copy.byline)}
{_element("dateline", copy.dateline)}<language tag={quoteattr(copy.language)}/>
{"".join(f'<subject type="cpnat:abstract" qcode="{topic}"/>' for topic in copy.topics)}
{_element("slugline", copy.slugline)}{_element("headline", copy.headline)}</contentMeta>
{content}</newsItem></itemSet></newsMessage>
""".encode()


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def _html(copy: AgencyCopy) -> str:
    return "".join(f"<p>{escape(p, quote=False)}</p>" for p in copy.paragraphs)


def ninjs1(copy: AgencyCopy) -> bytes:
    """An IPTC ninjs 1.4 object: flat, lower-case names."""
    return _json(
        {
            "uri": copy.family,
            "type": "text",
            "version": str(copy.version),
            "versioncreated": copy.at.isoformat(),
            "firstcreated": copy.first_at.isoformat(),
            "pubstatus": copy.status,
            "profile": "advisory" if copy.advisory else "",
            "embargoed": copy.embargo_until.isoformat() if copy.embargo_until else "",
            "urgency": copy.urgency,
            "language": copy.language,
            "located": copy.dateline,
            "byline": copy.byline,
            "slugline": copy.slugline,
            "headline": copy.headline,
            "body_html": _html(copy),
            "ednote": copy.note,
            "copyrightnotice": copy.copyright,
            "signals": ["correction"] if copy.correction else [],
            "subject": [{"code": topic} for topic in copy.topics],
        }
    )


def ninjs2(copy: AgencyCopy) -> bytes:
    """An IPTC ninjs 2.1 object: headlines and bodies are lists."""
    return _json(
        {
            "$standard": {"name": "ninjs", "version": "2.1"},
            "uri": copy.family,
            "type": "text",
            "version": str(copy.version),
            "versioncreated": copy.at.isoformat(),
            "firstcreated": copy.first_at.isoformat(),
            "pubstatus": copy.status,
            "profile": "advisory" if copy.advisory else "",
            "embargoed": copy.embargo_until.isoformat() if copy.embargo_until else "",
            "urgency": copy.urgency,
            "language": copy.language,
            "located": copy.dateline,
            "by": copy.byline,
            "slugline": copy.slugline,
            "headlines": [{"role": "main", "value": copy.headline}] if copy.headline else [],
            "bodies": _bodies(copy, "contenttype"),
            "ednote": copy.note,
            "copyrightnotice": copy.copyright,
            "signals": ["correction"] if copy.correction else [],
            "subject": [{"uri": topic} for topic in copy.topics],
        }
    )


def ninjs3(copy: AgencyCopy) -> bytes:
    """An IPTC ninjs 3.0 object: camelCase names, `embargoedUntil`."""
    return _json(
        {
            "standard": {"name": "ninjs", "version": "3.0"},
            "uri": copy.family,
            "type": "text",
            "version": str(copy.version),
            "versionCreated": copy.at.isoformat(),
            "firstCreated": copy.first_at.isoformat(),
            "pubStatus": copy.status,
            "profile": "advisory" if copy.advisory else "",
            "embargoedUntil": copy.embargo_until.isoformat() if copy.embargo_until else "",
            "urgency": copy.urgency,
            "language": copy.language,
            "located": copy.dateline,
            "by": copy.byline,
            "slugline": copy.slugline,
            "headlines": [{"role": "main", "value": copy.headline}] if copy.headline else [],
            "bodies": _bodies(copy, "contentType"),
            "edNote": copy.note,
            "copyrightNotice": copy.copyright,
            "signals": ["correction"] if copy.correction else [],
            "subjects": [{"uri": topic} for topic in copy.topics],
        }
    )


def _bodies(copy: AgencyCopy, kind: str) -> list[dict[str, str]]:
    html = _html(copy)
    return [{"role": "main", kind: "text/html", "value": html}] if html else []


def _json(values: dict[str, object]) -> bytes:
    said = {name: value for name, value in values.items() if value not in ("", [])}
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


WRITERS: Mapping[str, Callable[[AgencyCopy], bytes]] = MappingProxyType(
    {"newsml": newsml, "ninjs1": ninjs1, "ninjs2": ninjs2, "ninjs3": ninjs3}
)
SUFFIXES = MappingProxyType({"newsml": "xml", "ninjs1": "json", "ninjs2": "json", "ninjs3": "json"})
