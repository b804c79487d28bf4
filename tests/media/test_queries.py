"""What a page may show of a picture, without a query of its own."""

import re
from datetime import timedelta

import pytest

from dateline.edge import services as edge
from dateline.media import queries, services
from dateline.media.domain.sizes import parse
from tests.media.moments import LATER, NOON

pytestmark = pytest.mark.django_db


def test_gives_a_template_all_it_needs_without_a_query(ferry, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = queries.sources(ferry, ratio="3:2", sizes="50vw", at=NOON)

    folder = f"/media/pictures/{ferry.pk}/{ferry.token}/"
    assert found == queries.PictureSources(
        picture_id=ferry.pk,
        src=f"{folder}3x2-960.jpg",
        avif=(
            f"{folder}3x2-320.avif 320w, {folder}3x2-480.avif 480w, {folder}3x2-640.avif 640w, "
            f"{folder}3x2-750.avif 750w, {folder}3x2-960.avif 960w, "
            f"{folder}3x2-1280.avif 1280w, {folder}3x2-1920.avif 1350w"
        ),
        webp=found.avif.replace(".avif", ".webp"),
        sizes="50vw",
        width=1350,
        height=900,
        alt="A white ferry.",
        caption="The ferry leaves.",
        credit="HP via KNS",
        byline="Ana Ōta",
        copyright_notice="© Harbour Press",
        tones=None,
        until=None,
    )


@pytest.mark.parametrize("ratio", ["3:2", "1:1", "4:5", "4:3", "16:9", "full"])
def test_promises_the_sizes_that_the_copies_have(ferry, ratio):
    found = queries.sources(ferry, ratio=ratio, at=NOON)

    sizes = dict(re.findall(r"(\S+) (\d+)w", found.webp))
    assert len(sizes) > 3
    for path, width in list(sizes.items())[-2:]:
        copy = services.copy_of(ferry, parse(path.rsplit("/", 1)[1]))
        assert abs(copy.width - int(width)) <= 1
    assert abs(copy.height - found.height) <= 1


def test_offers_a_small_picture_at_its_own_size(noise):
    found = queries.sources(noise, ratio="full", at=NOON)

    assert (found.width, found.height) == (90, 60)
    assert found.src.endswith("/full-320.jpg")
    assert found.avif.endswith("full-320.avif 90w")
    assert found.alt == ""


def test_shows_nothing_where_there_is_none():
    assert queries.sources(None, at=NOON) is None


@pytest.mark.parametrize(
    "reason",
    [
        {"killed_at": NOON, "killed_reason": "x", "killed_by": "ana"},
        {"held_reason": "Under embargo."},
        {"usable_until": LATER},
        {"embargo_until": LATER + timedelta(seconds=1)},
        {"instructions": "NO INTERNET"},
    ],
    ids=["killed", "held", "expired", "embargoed", "not for us"],
)
def test_shows_nothing_that_may_not_be_shown(ferry, reason):
    for name, value in reason.items():
        setattr(ferry, name, value)

    assert queries.sources(ferry, at=LATER) is None
    assert not queries.may_show(ferry, at=LATER)


def test_says_until_when_the_answer_holds(ferry):
    ferry.usable_until = LATER

    assert queries.sources(ferry, at=LATER - timedelta(seconds=1)).until == LATER


def test_a_page_without_an_embargoed_picture_is_made_again_when_the_embargo_ends(ferry):
    ferry.embargo_until = LATER

    with edge.collecting() as found:
        assert queries.sources(ferry, at=NOON) is None
    assert found.opens == LATER.timestamp()
    with edge.collecting() as found:
        assert queries.sources(ferry, at=LATER) is not None
    assert found.opens is None


def test_gives_one_address_for_a_card(ferry, noise):
    path = queries.rendition_path(ferry, "16:9", 1280, "jpeg")

    assert path == f"/media/pictures/{ferry.pk}/{ferry.token}/16x9-1280.jpg"
    assert queries.rendition_path(noise, "16:9", 1280, "jpeg").endswith("/16x9-320.jpg")
    with pytest.raises(ValueError, match="1281 is not one of the widths on offer"):
        queries.rendition_path(ferry, "16:9", 1281, "jpeg")


def test_finds_pictures_by_id_family_and_file(ferry, noise):
    copy = ferry.get_rendition("width-320")

    assert queries.by_id(ferry.pk) == ferry
    assert queries.by_id(0) is None
    assert queries.of_guid("urn:example:ferry") == (ferry.pk,)
    assert queries.of_guid("") == ()
    assert queries.copy_named(copy.file.name) == copy
    assert queries.copy_named("images/x") is None
    assert queries.by_original(noise.file.name) == noise
    assert queries.by_original("x") is None
