"""Read RSS, Atom (RFC 4287) and Media RSS: an item for each entry of a feed."""

import io
from typing import Any
from urllib.parse import urlsplit

import feedparser

from dateline.wire.domain import bodies, stamps
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Picture, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.ninjs_fields import UNKNOWN_SAFETY, doubt_about
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent
from dateline.wire.domain.wording import line, pixels, same

FORMAT = "feed"
ROOTS = frozenset({"rss", "feed", "rdf"})
_ENDS = (b"</rss>", b"</feed>", b":rdf>", b":feed>")
_LAST_BYTES = 200  # the closing tag of a whole feed is among them, but for a comment

Entry = dict[str, Any]


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn the entries of a feed into items, in document order.

    The family is the entry's id (Atom `id`, RSS `guid`), else its link. A feed has no version
    numbers: the later `updated` is newer. Feeds that are not well-formed are read as far as they
    go, with a warning; where the end is missing, the last entry is held. `source` is used in
    messages only.

    Raises:
        WireFormatError: no entry could be read; the first refusal says why.

    """
    # From bytes feedparser would open a file of that name.
    feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True)
    entries = [dict(one) for one in feed.entries]
    cut_off = bool(feed.bozo) and not _has_end(data)
    damage = (_DAMAGED.format(what=line(str(feed.bozo_exception))),) if feed.bozo else ()
    about = dict(feed.feed)

    def one(place: int) -> IncomingItem:
        holds = (_CUT_OFF,) if cut_off and place == len(entries) - 1 else ()
        sent = _sent(entries[place], about, feed.version, source, holds=holds, warnings=damage)
        return judge(sent, source=source, profile=profile)

    return read_each(range(len(entries)), one, source=source)


_DAMAGED = "The feed is not well-formed ({what}), so something may be missing."
_CUT_OFF = "The feed ends before its end, so the last entry may be cut off. Ask for it again."


def _has_end(data: bytes) -> bool:
    tail = data[-_LAST_BYTES:].lower()
    return any(end in tail for end in _ENDS)


def _sent(
    entry: Entry, about: Entry, version: str, source: str, *, holds: tuple[str, ...],
    warnings: tuple[str, ...],
) -> Sent:  # fmt: skip
    """Collect what one entry says, and of the feed what holds for all of its entries."""
    body, summary = _body(entry, source)
    published = stamps.of_mail(entry.get("published"))
    updated = stamps.of_mail(entry.get("updated"))
    language = entry.get("title_detail", {}).get("language") or about.get("language")
    return Sent(
        format=FORMAT,
        generation=version or None,
        provider=guess_provider(
            names=[_site(about.get("link")), about.get("title")], identifier=None
        ),
        identifier=entry.get("id") or entry.get("link"),
        created=published,
        version_created=updated or published,
        kind="text",
        headline=_plain(entry.get("title"), source),
        summary=summary,
        byline="; ".join(_names(entry)) or None,
        language=language,
        body=body,
        copyright_notice=_plain(entry.get("rights") or about.get("rights"), source),
        pictures=_pictures(entry),
        topics=tuple(
            Topic(name=tag.get("label") or tag.get("term"))
            for tag in entry.get("tags", ())
            if tag.get("label") or tag.get("term")
        ),
        holds=(*holds, *_strangers(entry)),
        warnings=warnings,
    )


def _strangers(entry: Entry) -> tuple[str, ...]:
    """Fields of a vendor's own that look like an embargo, or like a status other than published."""
    return tuple(
        doubt_about(name, ask="the feed's publisher")
        for name, value in entry.items()
        if any(part in name.replace("_", "") for part in UNKNOWN_SAFETY)
        and str(value).strip().lower() not in ("published", "usable")
    )


def _site(link: Any) -> str | None:
    """The site's address, where it is one: the name of whoever publishes the feed."""
    try:
        return link if urlsplit(link or "").hostname else None
    except ValueError:
        return None


def _body(entry: Entry, source: str) -> tuple[Body, str | None]:
    """The body and the summary. What is there only once is the body, so that nothing is lost."""
    content = entry.get("content") or ()
    best = next((one for one in content if "html" in (one.get("type") or "")), None)
    sent = best or next(iter(content), None)
    teaser = entry.get("summary")
    if sent is None or not (sent.get("value") or "").strip():
        return _of(teaser, source), None
    body, said = _of(sent.get("value"), source), _plain(teaser, source)
    return body, None if same(said, body.text) else said


def _of(text: str | None, source: str) -> Body:
    """Mark-up as mark-up, also where RSS calls it plain."""
    if not text:
        return NO_BODY
    marked = "</" in text or "/>" in text or "<br" in text or "<img" in text
    return (
        bodies.from_html(text, source=source) if marked else bodies.from_plain(text, source=source)
    )


def _plain(text: str | None, source: str) -> str | None:
    return _of(text, source).text


def _names(entry: Entry) -> list[str]:
    named = [one.get("name") for one in entry.get("authors", ())] or [entry.get("author")]
    return [name for name in named if name]


def _pictures(entry: Entry) -> tuple[Picture, ...]:
    """Pictures of Media RSS and of enclosures; a thumbnail only where there is nothing larger."""
    shown = [one for one in entry.get("media_content", ()) if _is_picture(one, "medium", "type")]
    shown += [{"url": one.get("href")} | one for one in entry.get("links", ()) if _encloses(one)]
    shown = shown or list(entry.get("media_thumbnail", ()))
    named = [one.get("content") for one in entry.get("media_credit", ()) if one.get("content")]
    by = named[0] if len(shown) == 1 and named else None
    return tuple(
        Picture(
            href=one.get("url"),
            credit=line(by),
            width=pixels(one.get("width")),
            height=pixels(one.get("height")),
            mime=one.get("type") or None,
        )
        for one in shown
        if one.get("url")
    )


def _is_picture(one: Entry, *names: str) -> bool:
    said = " ".join(one.get(name) or "" for name in names)
    return said.startswith("image") or " image/" in said


def _encloses(one: Entry) -> bool:
    return one.get("rel") == "enclosure" and _is_picture(one, "type")
