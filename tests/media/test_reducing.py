"""Shrinking while decoding gives the same copy from fewer pixels."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageCms, ImageStat
from wagtail.images.models import Filter

from dateline.media import services
from dateline.media.domain.embed import Credits
from dateline.media.reducing import ReducingFilter
from tests.media import builders
from tests.media.moments import NOON

pytestmark = pytest.mark.django_db
WORDS = Credits(credit="HP via KNS", byline="Ana Ōta")
SQUARE = "fill-100x100"
SPECS = ["fill-320x213|format-jpeg", "fill-160x200|format-jpeg", "width-320", "max-165x165",
    "fill-320x213|format-avif",
]  # fmt: skip


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("focal", [None, (1300, 200)])
def test_gives_the_same_copy_as_wagtail(files, spec, orientation, focal):
    picture = landscape(orientation)
    if focal:
        picture.focal_point_x, picture.focal_point_y = focal if orientation == 1 else focal[::-1]
        picture.focal_point_width = picture.focal_point_height = 60

    ours, theirs = made(ReducingFilter(spec, WORDS), picture), made(Filter(spec), picture)

    assert ours.size == theirs.size
    difference = ImageStat.Stat(ImageChops.difference(ours, theirs)).mean
    assert max(difference) < 3, difference


def test_decodes_no_more_than_it_needs(ferry, ferry_file):
    assert decoded(ferry, ferry_file, "width-120") == (188, 113)
    assert decoded(ferry, ferry_file, "width-480") == (750, 450)
    assert decoded(ferry, ferry_file, "width-640") == (1500, 900)
    assert decoded(ferry, ferry_file, "original") == (1500, 900)


def test_an_avif_says_who_made_it_and_not_where(ferry):
    data = bytes_made(ReducingFilter("width-320|format-avif", WORDS), ferry)

    picture = Image.open(BytesIO(data))
    assert (picture.format, picture.size) == ("AVIF", (320, 192))
    assert b"HP via KNS" in picture.info["xmp"]
    assert dict(picture.getexif()) == {315: "Ana Ōta".encode().decode("latin-1")}
    assert b"SecretCam" not in data


@pytest.mark.parametrize("profile", [None, "an ICC profile"])
def test_an_avif_of_inks_is_one_of_light(files, profile):
    """CMYK, with a profile and without: agencies send both."""
    inks, out = Image.new("CMYK", (60, 40), (0, 255, 255, 0)), BytesIO()
    kept = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() if profile else None
    inks.save(out, "JPEG", icc_profile=kept)
    picture = services.import_picture(out.getvalue(), name="inks.jpg", at=NOON)
    if profile:
        with pytest.raises(ImageCms.PyCMSError):  # a profile of light on a picture of inks
            made(ReducingFilter("width-60|format-avif", WORDS), picture)
        return

    red, green, blue = made(ReducingFilter("width-60|format-avif", WORDS), picture).getpixel((5, 5))
    assert red > 200
    assert max(green, blue) < 60


def test_an_avif_keeps_what_is_clear(files):
    clear = Image.new("RGBA", (60, 40), (200, 0, 0, 0))
    clear.save(out := BytesIO(), "WEBP", lossless=True)
    picture = services.import_picture(out.getvalue(), name="clear.webp", at=NOON)

    copy = Image.open(BytesIO(bytes_made(ReducingFilter("width-60|format-avif", WORDS), picture)))

    assert copy.mode == "RGBA"
    assert copy.getpixel((5, 5))[3] == 0


def test_leaves_webp_to_wagtail(files):
    data = builders.picture("WEBP", size=(400, 300))
    picture = services.import_picture(data, name="a.webp", at=NOON)

    assert made(ReducingFilter("width-100", WORDS), picture).size == (100, 75)


def test_shrinks_a_very_thin_picture(files):
    data = builders.picture(size=(2000, 3))
    picture = services.import_picture(data, name="thin.jpg", at=NOON)

    assert made(ReducingFilter("width-100", WORDS), picture).size == (100, 1)


def test_knows_the_transform_of_the_whole_picture(ferry):
    ours, theirs = (
        one.get_transform(ferry) for one in (ReducingFilter(SQUARE, WORDS), Filter(SQUARE))
    )

    assert (ours.scale, ours.offset, ours.size) == (theirs.scale, theirs.offset, theirs.size)


def made(kind, picture):
    return builders.opened(bytes_made(kind, picture)).convert("RGB")


def bytes_made(kind, picture):
    out = BytesIO()
    with picture.open_file() as source:
        kind.run(picture, out, source=ContentFile(source.read(), name=picture.filename))
    return out.getvalue()


def decoded(picture, data, spec):
    with ReducingFilter(spec, WORDS).get_willow_image(
        picture, ContentFile(data, name="a.jpg")
    ) as found:
        return found.image.size


def landscape(orientation):
    """A picture in which every place looks different, stored upright or on its side."""
    across = Image.linear_gradient("L").rotate(90).resize((1500, 900))
    down = Image.linear_gradient("L").resize((1500, 900))
    image = Image.merge("RGB", (across, down, Image.radial_gradient("L").resize((1500, 900))))
    out = BytesIO()
    image.save(out, "JPEG", quality=95, exif=builders.exif(main={274: orientation}))
    return services.import_picture(out.getvalue(), name="a.jpg", at=NOON)
