"""What stands for a picture until it has come, and the copies that wait for the first reader."""

from io import BytesIO

import pytest
from PIL import Image

from dateline import clock
from dateline.media import handlers, queries, services
from dateline.media.domain.metadata import read_metadata
from dateline.media.events import PictureImported
from dateline.media.models import Picture, Rendition
from dateline.media.toning import tones_of
from tests.media import builders

pytestmark = pytest.mark.django_db


def half(upper, lower, *, form="JPEG", orientation=1):
    """A picture file of two colours, one above the other."""
    image = Image.new("RGB", (600, 400), lower)
    image.paste(upper, (0, 0, 600, 200))
    file = BytesIO()
    exif = Image.Exif()
    exif[274] = orientation
    image.save(file, form, quality=95, exif=exif)
    return file


def close_to(told, wanted):
    given = [bytes.fromhex(colour[1:]) for colour in told.split()]
    pairs = [
        pair
        for one, other in zip(given, wanted, strict=True)
        for pair in zip(one, other, strict=True)
    ]
    return all(abs(a - b) <= 3 for a, b in pairs)


RED, BLUE = (200, 30, 40), (20, 40, 180)


def test_the_colours_are_those_of_the_upper_and_the_lower_half():
    assert close_to(tones_of(half(RED, BLUE)), (RED, BLUE))


def test_they_are_those_of_the_upright_picture():
    assert close_to(tones_of(half(RED, BLUE, orientation=3)), (BLUE, RED))


def test_a_picture_that_lets_light_through_has_none():
    file = BytesIO()
    Image.new("RGBA", (60, 40), (200, 30, 40, 100)).save(file, "WEBP")

    assert tones_of(file) == ""


def test_the_worker_finds_the_colours_and_makes_the_first_copies(ferry):
    assert drawn(ferry).tones is None

    handlers.make_ready(imported(ferry))
    handlers.make_ready(imported(ferry))  # twice does no harm

    above, below = drawn(Picture.objects.get(pk=ferry.pk)).tones
    assert len(f' data-above="{above}" data-below="{below}"') <= 120
    specs = Rendition.objects.filter(image=ferry).values_list("filter_spec", flat=True)
    assert sorted(specs) == ["fill-320x213|format-avif", "fill-640x427|format-avif"]
    for copy in Rendition.objects.filter(image=ferry):
        found = builders.bytes_of(copy)
        assert b"HP via KNS" in found
        assert b"SecretCam" not in found


def test_a_kill_takes_colours_and_copies_away_and_none_are_made_again(ferry):
    handlers.make_ready(imported(ferry))

    services.kill_picture(ferry.pk, reason="Wrong person.", by="Ana")
    handlers.make_ready(imported(ferry))

    assert Picture.objects.get(pk=ferry.pk).tones == ""
    assert not Rendition.objects.filter(image=ferry).exists()


def test_a_picture_that_is_gone_or_has_lost_its_file_is_left_alone(ferry):
    ferry.file.storage.delete(ferry.file.name)
    handlers.make_ready(imported(ferry))
    told = imported(ferry)
    ferry.delete()

    handlers.make_ready(told)

    assert not Rendition.objects.exists()


def test_one_that_is_killed_while_copies_are_made_is_no_failure(ferry, monkeypatch):
    def killed(file):
        services.kill_picture(ferry.pk, reason="Wrong person.", by="Ana")
        return tones_of(file)

    monkeypatch.setattr(services, "tones_of", killed)

    handlers.make_ready(imported(ferry))

    assert Picture.objects.get(pk=ferry.pk).tones == ""
    assert not Rendition.objects.filter(image=ferry).exists()


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg"])
@pytest.mark.parametrize(("ratio", "x"), [("1:1", 1450), ("4:5", 60), ("3:2", 1450), ("16:9", 60)])
def test_each_slot_keeps_a_subject_at_the_border(ferry, form, ratio, x):
    mark_at(ferry, x)

    copy = services.copy_of(ferry, queries.Size(ratio, 320, form))

    image = builders.opened(builders.bytes_of(copy)).convert("RGB")
    data = image.tobytes()
    pixels = zip(data[::3], data[1::3], data[2::3], strict=True)
    assert sum(r > 150 and g < 90 and b < 90 for r, g, b in pixels) > WHOLE


WHOLE = 120  # of the 164 pixels that the square has at the least


def mark_at(picture, x):
    """Paint a red square of 60 pixels at the border, and tell the desk that it is what matters."""
    with picture.open_file() as file:
        image = Image.open(file).convert("RGB")
    image.paste((230, 20, 20), (x - 30, 420, x + 30, 480))
    image.save(picture.file.storage.path(picture.file.name), "JPEG", quality=95)
    picture.focal_point_x, picture.focal_point_y = x, 450
    picture.focal_point_width = picture.focal_point_height = 60
    picture.save()


def drawn(picture):
    return queries.sources(picture, at=clock.now())


def imported(picture):
    return PictureImported(
        picture_id=picture.pk, guid=picture.guid, provider="kns", by="Ana", at=clock.now()
    )


def test_a_copy_that_the_worker_made_says_whose_it_is(ferry):
    services.make_ready(ferry)

    jpeg = services.copy_of(ferry, queries.Size("full", 640, "jpeg"))

    found = read_metadata(builders.bytes_of(jpeg), source="copy")
    assert (found.credit, found.has_gps) == ("HP via KNS", False)
