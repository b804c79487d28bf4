"""IPTC-IIM: three charsets, repeated fields, cut records, length limits."""

import pytest

from dateline.media.domain import iim
from tests.media import builders


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Montréal 東京".encode(), "Montréal 東京"),
        (b"Montr\xe9al", "Montréal"),
        (b"\x93Quote\x94", "“Quote”"),
        (b"\x81\xe9", "é"),
    ],
    ids=["UTF-8 unmarked", "Latin-1", "windows-1252", "Latin-1 that windows-1252 lacks"],
)
def test_reads_text_without_a_charset_mark(raw, text):
    assert iim.read(builders.iim((105, raw))).first(iim.HEADLINE) == text


def test_reads_marked_utf8_without_a_warning():
    found = iim.read(builders.iim((105, "Ōsaka".encode()), utf8=True))

    assert (found.first(iim.HEADLINE), found.warnings) == ("Ōsaka", ())


def test_tells_of_a_mark_that_is_wrong():
    found = iim.read(builders.iim((105, b"Montr\xe9al"), utf8=True))

    assert found.first(iim.HEADLINE) == "Montréal"
    assert found.warnings == ("The IIM block says UTF-8 but is not; it was read as Latin-1.",)


def test_keeps_repeated_fields_in_order_and_drops_empty_ones():
    found = iim.read(builders.iim((25, b"ferry"), (25, b" "), (25, b"harbour"), (40, b"\x00")))

    assert found.every(iim.KEYWORDS) == ("ferry", "harbour")
    assert found.first(iim.INSTRUCTIONS) is None
    assert found.every(iim.INSTRUCTIONS) == ()


@pytest.mark.parametrize(
    "rest",
    [b"\x1c\x02", b"\x1c\x02\x78\x00\x09half", b"\x1c\x02\x78\x80\x09"],
    ids=["in its mark", "in its text", "in its length"],
)
def test_reads_a_cut_record_up_to_the_cut(rest):
    found = iim.read(builders.iim((105, b"Ferry")) + rest)

    assert found.first(iim.HEADLINE) == "Ferry"
    assert found.warnings == ("The IIM block is cut off; what came before was read.",)


def test_reads_a_data_set_longer_than_two_bytes_can_say():
    caption = b"x" * 40_000
    block = b"\x1c\x02\x78\x80\x04" + len(caption).to_bytes(4, "big") + caption

    assert iim.read(block).first(iim.CAPTION) == caption.decode()


def test_stops_quietly_at_padding():
    assert iim.read(builders.iim((105, b"Ferry")) + b"\x00\x00").warnings == ()


def test_writes_utf8_cut_between_characters():
    block = iim.write({iim.BYLINE: "ō" * 17, iim.CAPTION: "Short."})

    found = iim.read(block)

    assert found.first(iim.BYLINE) == "ō" * 16  # 32 bytes
    assert found.first(iim.CAPTION) == "Short."
    assert block.startswith(b"\x1c\x01\x5a\x00\x03\x1b%G")
