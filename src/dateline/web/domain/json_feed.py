"""Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) of the same channel and items."""

import json
from collections.abc import Iterable
from typing import Any

from dateline.web.domain.rss import FORBIDDEN, Channel, Item

VERSION = "https://jsonfeed.org/version/1.1"


def write(channel: Channel, items: Iterable[Item]) -> bytes:
    """The feed as UTF-8 JSON; what is empty is left out, and what XML has no room for.

    A reader of two formats of one feed sees the same words.
    """
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": channel.title,
        "home_page_url": channel.link,
        "feed_url": channel.own_address,
        "description": channel.description,
        "language": channel.language,
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else [],
    }
    kept = {name: value for name, value in feed.items() if value}
    told = _cleaned({**kept, "items": [_item(item) for item in items]})
    return json.dumps(told, ensure_ascii=False).encode(errors="replace")


def _cleaned(value: Any) -> Any:
    """The same with the characters left out that XML forbids, at any depth."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value)
    if isinstance(value, dict):
        return {name: _cleaned(one) for name, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list) else value


def _item(item: Item) -> dict[str, Any]:
    told = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "image": item.media.url if item.media else "",
        "date_published": item.published_at.isoformat(timespec="seconds"),
        "date_modified": item.updated_at.isoformat(timespec="seconds"),
        "authors": [{"name": item.creator}] if item.creator else [],
        "tags": [item.category] if item.category else [],
        "attachments": _attachments(item),
    }
    kept = {name: value for name, value in told.items() if value}
    return {**kept, "content_html": item.description}


def _attachments(item: Item) -> list[dict[str, str]]:
    if not item.media:
        return []
    title = item.media.caption or item.media.credit
    told = {"url": item.media.url, "mime_type": item.media.mime_type}
    return [{**told, **({"title": title} if title else {})}]
