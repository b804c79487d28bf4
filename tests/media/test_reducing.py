"""Shrinking while decoding gives the same copy from fewer pixels."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageChops, ImageStat
from wagtail.images.models import Filter

from dateline.media import services
from dateline.media.reducing import ReducingFilter
from tests.media import builders
from tests.media.moments import NOON

pytestmark = pytest.mark.django_db
SPECS = ["fill-320x213|format-jpeg", "fill-160x200|format-jpeg", "width-320", "max-165x165"]


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize("focal", [None, (1300, 200)])
def test_gives_the_same_copy_as_wagtail(files, spec, orientation, focal):
    picture = landscape(orientation)
    if focal:
        picture.focal_point_x, picture.focal_point_y = focal if orientation == 1 else focal[::-1]
        picture.focal_point_width = picture.focal_point_height = 60

    ours, theirs = made(ReducingFilter(spec), picture), made(Filter(spec), picture)

    assert ours.size == theirs.size
    difference = ImageStat.Stat(ImageChops.difference(ours, theirs)).mean
    assert max(difference) < 3, difference


def test_decodes_no_more_than_it_needs(ferry, ferry_file):
    assert decoded(ferry, ferry_file, "width-120") == (188, 113)
    assert decoded(ferry, ferry_file, "width-480") == (750, 450)
    assert decoded(ferry, ferry_file, "width-640") == (1500, 900)
    assert decoded(ferry, ferry_file, "original") == (1500, 900)


def test_leaves_webp_to_wagtail(files):
    data = builders.picture("WEBP", size=(400, 300))
    picture = services.import_picture(data, name="a.webp", at=NOON)

    assert made(ReducingFilter("width-100"), picture).size == (100, 75)


def test_shrinks_a_very_thin_picture(files):
    data = builders.picture(size=(2000, 3))
    picture = services.import_picture(data, name="thin.jpg", at=NOON)

    assert made(ReducingFilter("width-100"), picture).size == (100, 1)


def test_knows_the_transform_of_the_whole_picture(ferry):
    ours, theirs = (kind("fill-100x100").get_transform(ferry) for kind in (ReducingFilter, Filter))

    assert (ours.scale, ours.offset, ours.size) == (theirs.scale, theirs.offset, theirs.size)


def made(kind, picture):
    out = BytesIO()
    with picture.open_file() as source:
        kind.run(picture, out, source=ContentFile(source.read(), name=picture.filename))
    return builders.opened(out.getvalue()).convert("RGB")


def decoded(picture, data, spec):
    with ReducingFilter(spec).get_willow_image(picture, ContentFile(data, name="a.jpg")) as found:
        return found.image.size


def landscape(orientation):
    """A picture in which every place looks different, stored upright or on its side."""
    across = Image.linear_gradient("L").rotate(90).resize((1500, 900))
    down = Image.linear_gradient("L").resize((1500, 900))
    image = Image.merge("RGB", (across, down, Image.radial_gradient("L").resize((1500, 900))))
    out = BytesIO()
    image.save(out, "JPEG", quality=95, exif=builders.exif(main={274: orientation}))
    return services.import_picture(out.getvalue(), name="a.jpg", at=NOON)
