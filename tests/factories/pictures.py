"""Small real pictures for tests."""

import io
from hashlib import sha256

from PIL import Image

from dateline.media import services as media


def jpeg(colour="steelblue", *, size=(600, 400)):
    """A JPEG of one colour, as bytes."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def a_picture(name="harbour", *, size=(600, 400), **fields):
    """A stored picture whose pixels depend on its name; returns its row."""
    colour = "#" + sha256(name.encode()).hexdigest()[:6]
    return media.import_picture(
        jpeg(colour, size=size), name=f"{name}.jpg", overrides=fields, by="test"
    )
