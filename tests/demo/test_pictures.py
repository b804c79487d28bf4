"""The drawn pictures and wordmarks of the demo: there, whole, labelled as the index says."""

import io
import json
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PIL import Image, ImageStat

from dateline.mastheads.services import wordmark_problem
from dateline.media.domain.metadata import read_metadata

DEMO = Path(__file__).parents[2] / "src" / "dateline" / "demo"
PICTURES = DEMO / "pictures"
WORDMARKS = DEMO / "wordmarks"
INDEX = json.loads((PICTURES / "index.json").read_text("utf-8"))
NAMES = ["musashi", "musashi-ja", "kinako", "slow-rails", "desk-tatami", "tamagawa-press"]
MASTHEADS = tomllib.loads((DEMO / "content" / "mastheads.toml").read_text("utf-8"))
RATIOS = {"3:2": 3 / 2, "16:9": 16 / 9, "4:5": 4 / 5}
REAL_AGENCIES = ("afp", "reuters", "kyodo", "jiji", "associated press", "getty", "kcna", "xinhua")

every_picture = pytest.mark.parametrize("picture", INDEX, ids=lambda one: one["file"])


def test_there_are_enough_pictures_and_they_fit_the_repository():
    sizes = [(PICTURES / one["file"]).stat().st_size for one in INDEX]

    assert len(INDEX) >= 28
    assert max(sizes) <= 350_000
    assert sum(sizes) <= 11_000_000


def test_every_file_is_in_the_index_once():
    assert sorted(one["file"] for one in INDEX) == sorted(p.name for p in PICTURES.glob("*.jpg"))


def test_no_two_pictures_share_words_or_pixels():
    for key in ("headline", "caption", "alt"):
        assert len({one[key] for one in INDEX}) == len(INDEX), key
    small = {Image.open(PICTURES / one["file"]).resize((8, 8)).tobytes() for one in INDEX}
    assert len(small) == len(INDEX)


def test_columnists_have_portraits_and_some_pictures_are_wide():
    ratios = [one["ratio"] for one in INDEX]

    assert ratios.count("4:5") == 4
    assert ratios.count("16:9") >= 2


@every_picture
def test_a_picture_opens_at_its_size_and_ratio(picture):
    with Image.open(PICTURES / picture["file"]) as image:
        image.load()
        assert image.format == "JPEG"
        assert image.mode == "RGB"
        assert image.size == (picture["width"], picture["height"])
        assert max(ImageStat.Stat(image).stddev) > 20, "a blank sheet was printed"

    assert picture["width"] / picture["height"] == pytest.approx(
        RATIOS[picture["ratio"]], abs=0.005
    )
    assert picture["width"] >= 1200


@every_picture
def test_a_picture_says_what_the_index_says(picture):
    said = read_metadata((PICTURES / picture["file"]).read_bytes(), source=picture["file"])

    assert said.headline == picture["headline"]
    assert said.caption == picture["caption"]
    assert said.alt_text == picture["alt"]
    assert said.byline == picture["byline"]
    assert said.credit == picture["credit"]
    assert said.copyright_notice == picture["copyright"]
    assert said.keywords == tuple(picture["tags"])
    assert (said.city, said.country) == (picture["place"]["city"], picture["place"]["country"])
    assert said.taken_at == datetime.fromisoformat(picture["taken_at"])
    assert said.guid is not None
    assert said.guid.endswith(picture["file"].removesuffix(".jpg"))
    assert said.digital_source_type == (
        "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
    )
    assert not said.has_gps
    assert said.warnings == ()


@every_picture
def test_iim_and_xmp_are_both_there_for_readers_of_either(picture):
    with Image.open(PICTURES / picture["file"]) as image:
        resources = image.info["photoshop"]
        xmp = image.info["xmp"].decode()

    assert picture["caption"].encode() in resources[0x0404]
    assert ElementTree.fromstring(xmp[xmp.index("<x:") : xmp.rindex("<?")]).tag.endswith("xmpmeta")


@every_picture
def test_an_entry_is_complete_and_invented(picture):
    words = json.dumps(picture, ensure_ascii=False).lower()

    assert datetime.fromisoformat(picture["taken_at"]).utcoffset() is not None
    assert 0.15 <= picture["focal"]["x"] <= 0.85
    assert 0.15 <= picture["focal"]["y"] <= 0.85
    assert picture["mood"]
    assert len(picture["tags"]) >= 3
    assert picture["suitable"]
    for use in picture["suitable"]:
        assert use["sections"]
        assert set(use["sections"]) <= set(MASTHEADS[use["masthead"]]["sections"])
    assert not [name for name in REAL_AGENCIES if f" {name}" in words or f"/{name}" in words]


@pytest.mark.parametrize("stem", NAMES)
def test_a_wordmark_is_plain_shapes_that_need_no_font(stem):
    data = (WORDMARKS / f"{stem}.svg").read_bytes()
    drawing = ElementTree.fromstring(data)

    assert wordmark_problem(data) is None
    assert b"<text" not in data
    assert len(data) <= 12_000
    assert drawing.findtext("{http://www.w3.org/2000/svg}title")
    assert drawing.get("fill") == "currentColor"


def test_a_half_file_would_be_noticed():
    data = (PICTURES / INDEX[0]["file"]).read_bytes()

    with pytest.raises(OSError, match="truncated"):
        Image.open(io.BytesIO(data[: len(data) // 2])).load()
