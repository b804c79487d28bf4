"""Every kind of bad file ends in quarantine or held, with a sentence; the next one is not delayed.

Each case is dropped into a real folder between two good files. Afterwards both good files are
items, no raw byte is lost, and nothing of the bad file may be published by mistake.
"""

import struct

import pytest

from dateline.outbox.models import FactRecord
from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.services import reading
from tests.factories.documents import g2, ninjs
from tests.factories.pictures import jpeg
from tests.wire.conftest import NOON

WHOLE = g2("urn:kna:bad", text="The ferry came back. " * 40)
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE newsItem [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]><newsItem>&i;</newsItem>"
)
DTD = WHOLE.replace(
    b"<newsItem ", b'<!DOCTYPE newsItem SYSTEM "http://127.0.0.1/x.dtd">\n<newsItem ', 1
)


def huge_picture(side=30_000):
    """A small valid JPEG whose header claims `side` by `side` pixels."""
    data = bytearray(jpeg())
    start = data.index(b"\xff\xc0")  # SOF0: length, precision, height, width
    data[start + 5 : start + 9] = struct.pack(">HH", side, side)
    return bytes(data)


QUARANTINED = {
    "no-format.txt": (b"Dear desk, please find attached.", "no format the wire knows"),
    "empty.xml": (b"", "it is empty"),
    "half.xml": (WHOLE[: len(WHOLE) // 2], "half.xml"),
    "half.json": (ninjs("urn:kna:bad")[:-40], "half.json"),
    "half.jpg": (jpeg(size=(900, 900))[:2000], "half.jpg"),
    "dtd.xml": (DTD, "DTD"),
    "bomb.xml": (BOMB, "DTD or entities"),
    "no-id.json": (ninjs(None), "the item has none"),
    "no-id.xml": (WHOLE.replace(b'guid="urn:kna:bad"', b""), "no-id.xml"),
    "bad-version.json": (ninjs("urn:kna:bad", version="two"), "whole number"),
    "not-utf8.json": (ninjs("urn:kna:bad").replace(b"Ferry", b"F\xe9rry"), "not-utf8.json"),
    "not-utf8.xml": (WHOLE.replace(b"ferry", b"f\xe9rry", 1), "not-utf8.xml"),
    "bomb.jpg": (huge_picture(), "bomb.jpg"),
    "deep.json": (b"[" * 200_000 + b"]" * 200_000, "deep.json"),
    "archive.zip": (b"PK\x03\x04" + b"\x00" * 60, "a ZIP archive"),
}
HELD = {
    "embargo-words.json": (
        ninjs("urn:kna:bad", embargoed="Next Monday"),
        "'Next Monday' is not a time",
    ),
    "embargo-empty.json": (ninjs("urn:kna:bad", embargoed=""), "an embargo without a time"),
    "embargo-day.json": (ninjs("urn:kna:bad", embargoed="2026-12-01"), "no hour is given"),
    "embargo-no-zone.json": (
        ninjs("urn:kna:bad", embargoed="2026-12-01T09:00:00"),
        "no time zone is given",
    ),
    "unknown-status.xml": (g2("urn:kna:bad", status="embargo-ish", text="Text."), "'embargo-ish'"),
    "cancelled.json": (ninjs("urn:kna:bad", pubstatus="cancelled"), "reads like a kill"),
    "no-zone.json": (
        ninjs("urn:kna:bad", versioncreated="2026-11-23T09:00:00"),
        "has no time zone",
    ),
    "no-rights.jpg": (jpeg(), "no caption, credit or rights"),
}


@pytest.mark.parametrize("name", QUARANTINED)
def test_what_cannot_be_read_is_quarantined_with_a_sentence(between, name):
    data, said = QUARANTINED[name]
    raw = between(name, data)

    assert raw.state == "quarantined"
    assert said in raw.reason
    assert name in raw.reason
    assert raw.reason.endswith((".", "?")) or ":" in raw.reason
    assert not models.WireItem.objects.filter(raw=raw).exists()
    assert FactRecord.objects.filter(name="wire.raw_quarantined").count() == 1


@pytest.mark.parametrize("name", HELD)
def test_what_is_unclear_is_held_with_a_sentence(between, name):
    data, said = HELD[name]
    raw = between(name, data)

    (item,) = models.WireItem.objects.filter(raw=raw)
    assert (raw.state, item.usability) == ("read", "held")
    assert said in item.reason
    stored = FactRecord.objects.filter(name="wire.item_stored")
    assert item.pk not in [fact.payload["item_id"] for fact in stored]


def test_a_file_of_200_mb_is_kept_and_refused_without_being_read(between, tmp_path):
    """A real one, sparse where it comes from. The memory it takes is one chunk."""
    with (tmp_path / "big").open("wb") as big:
        big.truncate(200 * 1024 * 1024)
    raw = between("big.xml", tmp_path / "big")

    assert (raw.state, raw.size, raw.attempts) == ("quarantined", 200 * 1024 * 1024, 0)
    assert "it has 200 MB; the largest that is read has 128 MB" in raw.reason


@pytest.fixture
def between(kna, drop, scan, places):
    """Drop one file between two good ones, scan once, check the good ones; returns its row."""

    def look(name, data):
        drop(ninjs("urn:kna:before"), "before.json", age_s=900)
        if isinstance(data, bytes):
            path = drop(data, name, age_s=600)
        else:
            path = drop(b"", name, age_s=600)
            data.rename(path)
            data = None
            path.touch()
        drop(ninjs("urn:kna:after"), "after.json", age_s=300)
        scan()
        if data is None:
            scan(at=NOON.replace(year=NOON.year + 1))

        families = set(models.WireItem.objects.values_list("family", flat=True))
        assert {"urn:kna:before", "urn:kna:after"} <= families
        assert not path.exists()
        raw = models.RawDelivery.objects.get(file_name=name)
        if data is not None:
            assert raw_store.read(raw.sha256, root=reading.raw_root()) == data
        assert raw.size == raw_store.path_of(raw.sha256, root=reading.raw_root()).stat().st_size
        return raw

    return look
