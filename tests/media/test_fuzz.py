"""Whatever the bytes are: an answer or a refusal, never another error."""

from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.media.domain import exif, iim, xmp
from dateline.media.domain.embed import Credits, embed_metadata
from dateline.media.domain.metadata import PhotoMetadata, PictureRefused, read_metadata
from dateline.media.domain.rights import read_restrictions
from tests.media import builders

SEEDS = [
    builders.jpeg(
        iim=builders.iim((105, b"Ferry"), (55, b"20261121"), (60, b"100500+0900"), utf8=True),
        xmp=builders.xmp(builders.alternative("dc:rights", "x"), 'photoshop:Urgency="4"'),
        exif=builders.exif(main={315: "Ana"}, gps=builders.GPS),
        size=(8, 8),
    ),
    builders.picture("JPEG", size=(16, 16), progressive=True),
    builders.picture("WEBP", size=(8, 8), xmp=builders.xmp()),
    builders.picture("WEBP", size=(8, 8)),
    builders.picture("WEBP", size=(8, 8), lossless=True),
]


@given(st.binary(max_size=400), st.sampled_from([b"", b"\xff\xd8", b"RIFF\x40\x00\x00\x00WEBP"]))
def test_takes_any_bytes(data, head):
    assert_answers(head + data)


@given(st.data())
def test_takes_any_damage_to_a_picture(data):
    seed = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(seed) - 1))
        cut = data.draw(st.integers(0, 8))
        seed[at : at + cut] = data.draw(st.binary(max_size=8))
        if not seed:
            break
    assert_answers(bytes(seed))


@given(st.binary(max_size=200))
def test_reads_any_block(block):
    iim.read(block)
    iim.read(b"\x1c\x02\x69" + block)
    for head in (b"", b"II*\x00", b"MM\x00*\x00\x00\x00\x08"):
        exif.read(head + block)


@given(st.text(max_size=200))
def test_reads_any_packet(text):
    for packet in (text.encode(errors="replace"), builders.xmp(text).replace(b"&", b"")):
        with nullcontext() if b"<!DOCTYPE" not in packet else pytest.raises(PictureRefused):
            xmp.read(packet, source="a")


@given(st.text(max_size=300))
def test_reads_any_prose(text):
    for restriction in read_restrictions(text, caption=text):
        assert restriction.words


@given(st.text(max_size=300), st.sampled_from(SEEDS))
def test_gives_back_any_text_it_wrote(text, seed):
    out = embed_metadata(seed, Credits(caption=text, credit=text[:30]), source="a")

    again = read_metadata(out, source="a")

    credits_of = Credits(caption=again.caption, credit=again.credit)
    assert embed_metadata(out, credits_of, source="a") == out
    assert again.warnings == ()


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_refuses_or_reads_every_cut(seed):
    for length in range(len(SEEDS[seed])):
        with pytest.raises(PictureRefused):
            read_metadata(SEEDS[seed][:length], source="a")


def assert_answers(data):
    problem, found = "", None
    try:
        found = read_metadata(data, source="a.jpg")
    except PictureRefused as refused:
        problem = str(refused)
    assert isinstance(found, PhotoMetadata) or problem.startswith("a.jpg ")
    if found is not None:
        embed_metadata(data, Credits(credit="KNS"), source="a.jpg")
