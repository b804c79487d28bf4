"""What the database and the model keep true of every picture and every copy."""

import pytest
from django.db import IntegrityError, transaction
from wagtail.images.exceptions import InvalidFilterSpecError

from dateline.media.domain.metadata import read_metadata
from dateline.media.models import Picture, Rendition
from dateline.media.storages import Originals
from tests.media import builders
from tests.media.moments import NOON

pytestmark = pytest.mark.django_db
SPEC = "fill-300x900|format-jpeg"


@pytest.mark.parametrize("spec", ["fill-320x213|format-webp", "width-480|format-jpeg", "original"])
def test_every_copy_carries_the_credit_and_no_gps(ferry, ferry_file, spec):
    copy = ferry.get_rendition(spec)

    data = builders.bytes_of(copy)
    found = read_metadata(data, source="copy")
    assert (found.credit, found.byline, found.caption) == (
        "HP via KNS",
        "Ana Ōta",
        "The ferry leaves.",
    )
    assert found.copyright_notice == "© Harbour Press"
    assert found.instructions is None
    assert not found.has_gps
    assert b"SecretCam" in ferry_file
    assert b"SecretCam" not in data
    assert (copy.width, copy.height) == builders.opened(data).size


def test_copies_made_together_carry_it_too(ferry):
    made = ferry.get_renditions("width-320|format-webp", "width-480|format-webp")

    for copy in made.values():
        assert read_metadata(builders.bytes_of(copy), source="copy").credit == "HP via KNS"


def test_a_crop_keeps_the_focal_point_in_view(ferry):
    whole = builders.opened(builders.bytes_of(ferry.get_rendition(SPEC)))
    ferry.focal_point_x, ferry.focal_point_y = 1450, 450
    ferry.focal_point_width = ferry.focal_point_height = 50
    token = ferry.token
    ferry.save()

    copy = ferry.get_rendition(SPEC)

    assert copy.focal_point_key
    assert builders.opened(builders.bytes_of(copy)).size == whole.size
    assert token == ferry.token


def test_the_token_changes_with_what_readers_see(ferry):
    tokens = {ferry.token}
    for change in ({"credit": "KNS"}, {"focal_point_x": 4}, {"file_hash": "x"}):
        for name, value in change.items():
            setattr(ferry, name, value)
        tokens.add(ferry.token)

    assert len(tokens) == 4
    ferry.instructions = "internal"
    assert ferry.token in tokens


def test_makes_no_format_that_cannot_carry_a_credit(ferry):
    with pytest.raises(InvalidFilterSpecError, match="renditions are JPEG, WebP or AVIF"):
        ferry.get_rendition("width-320|format-png")

    assert not Rendition.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"killed_at": NOON},
        {"killed_at": NOON, "killed_reason": "x"},
        {"killed_at": NOON, "killed_by": "ana"},
        {"killed_reason": "x"},
        {"width": 0},
    ],
)
def test_the_database_refuses_half_a_kill_and_no_size(ferry, broken):
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=ferry.pk).update(**broken)


def test_the_database_keeps_one_file_once_a_family(ferry, noise):
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=noise.pk).update(guid=ferry.guid, sha256=ferry.sha256)
    Picture.objects.filter(pk=noise.pk).update(sha256=ferry.sha256)


def test_never_shows_a_file_name_as_alt_text(ferry):
    ferry.description = ""
    assert ferry.default_alt_text == "Ferry leaves"
    ferry.headline = ""
    assert ferry.default_alt_text == ""


def test_originals_lie_in_private_and_copies_in_public(ferry, files, media_root):
    copy = ferry.get_rendition("width-320")

    assert (files / ferry.file.name).is_file()
    assert (media_root / copy.file.name).is_file()
    assert media_root not in (files / ferry.file.name).parents
    assert ferry.file.url == f"/media/originals/{ferry.file.name}"
    assert Originals().deconstruct() == ("dateline.media.storages.Originals", (), {})


def test_says_what_it_is(ferry):
    copy = ferry.get_rendition("width-320")

    assert str(ferry) == f"Ferry leaves (#{ferry.pk})"
    assert str(copy) == f"width-320 of picture {ferry.pk}"


def test_gives_the_size_of_a_file_already_open(ferry):
    with ferry.file.open() as file:
        assert ferry.file.get_image_dimensions() == (1500, 900)
        assert file.tell() == 0
