"""Pictures for the tests of the library: a place for files, one picture and another beside it."""

from pathlib import Path

import pytest

from dateline.media import services
from tests.media import builders
from tests.media.moments import NOON

PACKET = builders.xmp(
    builders.alternative("dc:description", "The ferry leaves.")
    + builders.alternative("Iptc4xmpCore:AltTextAccessibility", "A white ferry.")
    + builders.alternative("dc:rights", "© Harbour Press")
    + "<dc:creator><rdf:Seq><rdf:li>Ana Ōta</rdf:li></rdf:Seq></dc:creator>",
    'photoshop:Headline="Ferry leaves" photoshop:Credit="HP via KNS" '
    'photoshop:City="Kobe" photoshop:Country="Japan" photoshop:Instructions="NO ARCHIVES" '
    'Iptc4xmpExt:DigImageGUID="urn:example:ferry"',
)


@pytest.fixture
def files(tmp_path, settings, media_root):
    """Empty places for originals and copies; the directory of the originals."""
    settings.DATELINE_DATA_DIR = tmp_path
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without
    return Path(tmp_path) / "originals"


@pytest.fixture
def ferry_file():
    """A picture of 1500 by 900 pixels with IIM, XMP, a camera's name and a GPS position."""
    return builders.jpeg(
        iim=builders.iim((110, b"HP via KNS")),
        xmp=PACKET,
        exif=builders.exif(main={271: "SecretCam"}, gps=builders.GPS),
        size=(1500, 900),
    )


@pytest.fixture
def ferry(db, files, ferry_file):
    """The picture under test."""
    return services.import_picture(ferry_file, name="DSC_001.JPG", provider="kns", at=NOON)


@pytest.fixture
def noise(db, files):
    """Another picture, so that a query that forgets its filter fails."""
    return services.import_picture(builders.picture(size=(90, 60)), name="noise.jpg", at=NOON)
