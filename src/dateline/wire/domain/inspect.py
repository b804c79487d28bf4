"""What `dateline wire inspect` prints: one JSON object an item."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from dateline.wire.domain.item import IncomingItem

KEYS = (
    "format", "provider", "family", "version", "status", "usability", "reason", "headline",
    "slugline", "dateline", "byline", "language", "urgency", "embargo_until", "expires_at",
    "created_at", "version_created_at", "body_text", "body_html", "copyright", "usage_terms",
    "credit", "caption", "pictures", "relations", "media_topics",
)  # fmt: skip


def as_json(item: IncomingItem) -> dict[str, Any]:
    """Return the item as a JSON object with exactly KEYS, in that order.

    Times are ISO 8601 in UTC with `Z`. What the document does not say is null; a list is empty.
    """
    values = asdict(item)
    return {key: _plain(values[key]) for key in KEYS}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return list(value) if isinstance(value, tuple) else value
