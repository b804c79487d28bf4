"""Real agency pictures: what the manifest says of each is what we read, and renditions keep it."""

import csv
from datetime import UTC, datetime

import pytest

from dateline.media.domain.embed import Credits, embed_metadata
from dateline.media.domain.metadata import read_metadata
from dateline.media.domain.rights import Kind, read_restrictions
from tests.media import builders

pytestmark = pytest.mark.samples

EXPECTED = {
    "GAC103-thumb.jpg": {
        "credit": "The Canadian Press",
        "source": "HO",
        "transmission_ref": "GAC103",
        "urgency": 4,
        "taken_at": datetime(2023, 8, 20, 2, 7, 18, tzinfo=UTC),
    },
    "IPTC-Empty.jpg": {"credit": None, "caption": None, "taken_at": None},
    "IPTC-PhotometadataRef-Std2017.1.jpg": {
        "headline": "The Headline (ref2017.1)",
        "byline": "Creator1 (ref2017.1), Creator2 (ref2017.1)",
        "licensor": "Licensor Name 1 (ref2017.1)",
        "region": "Province/State (Core) (ref2017.1)",  # whole in XMP, cut in IIM
        "taken_at": datetime(2017, 7, 13, 17, 1, tzinfo=UTC),
    },
    "IPTC-PhotometadataRef-Std2023.2.jpg": {
        "alt_text": "This is the Alt Text description to support accessibility in 2023.2",
        "data_mining": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED-GENAIMLTRAINING",
        "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/softwareImage",
        "web_statement": "https://example.com/WebStatementOfRights/ref2023.2",
        "guid": "http://example.com/imageGUIDs/TestGUID12345/ref2023.2",
    },
    "cp.jpg": {"credit": "The Canadian Press", "source": "CP", "urgency": 5},
    "iphone_gpsinfo_exif.JPG": {"credit": None, "has_gps": True},
    "preview.jpg": {
        "credit": "AP",
        "source": "POOL Getty Images",
        "taken_at": datetime(2020, 6, 3, 20, 22, 3, tzinfo=UTC),
    },
}


def test_reads_what_the_manifest_says(samples):
    rows = manifest(samples)

    assert {name.removeprefix("photo/") for name in rows} == set(EXPECTED)
    for name, facts in rows.items():
        found = read(samples / name)
        size, *_ = facts.split()
        assert f"{found.width}x{found.height}" == size, name
        assert found.has_gps is ("GPS=True" in facts), name
        if "instr=" in facts:
            assert found.instructions.startswith(facts.partition("instr=")[2]), name


@pytest.mark.parametrize("name", EXPECTED)
def test_reads_the_fields_of_each(samples, name):
    found = read(samples / "photo" / name)

    assert {key: getattr(found, key) for key in EXPECTED[name]} == EXPECTED[name]


def test_names_the_restrictions_of_a_handout_and_of_a_pool_picture(samples):
    handout, pool = (read(samples / "photo" / n) for n in ("GAC103-thumb.jpg", "preview.jpg"))

    assert {r.kind for r in read_restrictions(handout.instructions)} == {
        Kind.NO_ARCHIVES,
        Kind.ONE_TIME_USE,
        Kind.NO_SALES,
        Kind.MANDATORY_CREDIT,
        Kind.EDITORIAL_ONLY,
        Kind.TIME_LIMIT,
    }
    assert [r.kind for r in read_restrictions(pool.instructions)] == [Kind.NO_SEQUENCES]


@pytest.mark.parametrize("name", EXPECTED)
def test_embeds_credits_without_touching_a_pixel(samples, name):
    data = (samples / "photo" / name).read_bytes()
    before = read(samples / "photo" / name)

    out = embed_metadata(data, Credits(credit="KNS", caption=before.caption), source=name)

    after = read_metadata(out, source=name)
    assert (after.credit, after.caption, after.has_gps) == ("KNS", before.caption, False)
    assert builders.opened(out).tobytes() == builders.opened(data).tobytes()


def read(path):
    return read_metadata(path.read_bytes(), source=path.name)


def manifest(samples):
    with (samples / "MANIFEST.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["file"]: row["facts"] for row in rows if row["format"] == "photo"}
