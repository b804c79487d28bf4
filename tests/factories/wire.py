"""Wire items as rows, for tests of what happens after the parsers."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count

from dateline.wire import models

NUMBER = count(1)
TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def a_provider(slug="kna", name="KNA", **fields):
    """A provider with a copyright line of its own."""
    fields = {"copyright_line": f"© {name}", **fields}
    return models.Provider.objects.create(slug=slug, name=name, **fields)


def a_wire_item(provider, **fields):
    """One stored version; every field may be given."""
    number = next(NUMBER)
    raw = models.RawDelivery.objects.create(
        provider=provider,
        file_name=f"{number}.xml",
        sha256=sha256(str(number).encode()).hexdigest(),
        size=1,
        received_at=TEN,
        state="read",
    )
    values = {
        "format": "newsml-g2",
        "family": f"urn:kna:{number}",
        "version": 1,
        "fingerprint": str(number),
        "status": "usable",
        "usability": "usable",
        "headline": f"Item {number}",
        "slugline": f"ITEM-{number}",
        "body_html": f"<p>Text {number}.</p>",
        "body_text": f"Text {number}.",
        "received_at": TEN,
        **fields,
    }
    return models.WireItem.objects.create(provider=provider, raw=raw, **values)
