"""Read JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1): an item for each entry."""

from typing import Any

from dateline.wire.domain import bodies, jsontree
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.families import guess_provider
from dateline.wire.domain.item import IncomingItem, Picture, Topic
from dateline.wire.domain.judgement import judge
from dateline.wire.domain.messages import read_each
from dateline.wire.domain.ninjs_fields import Fields, doubt_about
from dateline.wire.domain.profile import ProviderProfile
from dateline.wire.domain.sent import Sent

FORMAT = "jsonfeed"
_VERSION = "https://jsonfeed.org/version/"


def looks_like(value: Any) -> bool:
    """Say whether a JSON value is a JSON Feed: its `version` is the address of the standard."""
    return isinstance(value, dict) and str(value.get("version") or "").startswith(_VERSION)


def read(
    data: bytes, *, source: str, profile: ProviderProfile | None = None
) -> tuple[IncomingItem, ...]:
    """Turn the entries of a feed into items, in document order.

    The family is the entry's `id`, which the standard wants to stay. There are no version numbers:
    the later `date_modified` is newer.

    Raises:
        WireFormatError: not JSON, no entry could be read, or a field holds what it may not hold.

    """
    feed = Fields(jsontree.parse(data, source=source), source)
    return read_each(
        feed.objects("items"),
        lambda one: judge(_sent(one, feed), source=source, profile=profile),
        source=source,
    )


def _sent(entry: Fields, feed: Fields) -> Sent:
    """Collect what one entry says, and of the feed what holds for all of its entries."""
    published = entry.text("date_published")
    return Sent(
        format=FORMAT,
        generation=(feed.text("version") or "").removeprefix(_VERSION),
        provider=guess_provider(
            names=[feed.text("home_page_url"), feed.text("title")], identifier=None
        ),
        identifier=entry.text("id"),
        created=published,
        version_created=entry.text("date_modified") or published,
        kind="text",
        headline=entry.text("title"),
        summary=entry.text("summary"),
        byline="; ".join(_authors(entry) or _authors(feed)) or None,
        language=entry.text("language") or feed.text("language"),
        body=_body(entry),
        pictures=_pictures(entry),
        topics=tuple(Topic(name=word) for word in entry.words("tags")),
        holds=tuple(doubt_about(name, ask="the feed's publisher") for name in entry.strangers()),
    )


def _body(entry: Fields) -> Body:
    marked, plain = entry.text("content_html"), entry.text("content_text")
    if marked:
        return bodies.from_html(marked, source=entry.source)
    return bodies.from_plain(plain, source=entry.source) if plain else NO_BODY


def _authors(fields: Fields) -> tuple[str, ...]:
    """Names of 1.1's `authors`, else of 1's `author`."""
    one = fields.values.get("author")
    former = (Fields(one, fields.source).text("name"),) if isinstance(one, dict) else ()
    named = tuple(by.text("name") for by in fields.objects("authors")) or former
    return tuple(name for name in named if name)


def _pictures(entry: Fields) -> tuple[Picture, ...]:
    """The picture of the entry, then attached ones."""
    image = entry.text("image", "banner_image")
    found = [Picture(href=image)] if image else []
    for one in entry.objects("attachments"):
        kind = one.text("mime_type") or ""
        if kind.startswith("image/"):
            found.append(Picture(href=one.text("url"), mime=kind))
    return tuple(found)
