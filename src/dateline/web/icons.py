"""A masthead's icon as a picture: its first letter in its own display face and colours."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from dateline.edge.services import shared_page
from dateline.web import pages
from dateline.web.domain.icons import ICONS, Icon, letter_of
from dateline.web.domain.palette import palette
from dateline.web.rendering import look_of, revalidated, site_of

ROUND = 0.1875  # of the side, as in the SVG


@shared_page()
@require_safe
def icon(request: HttpRequest, purpose: str, side: int) -> HttpResponseBase:
    """One of the icons that the manifest names."""
    found = next((one for one in ICONS if (one.purpose, one.side) == (purpose, side)), None)
    if found is None:
        return pages.not_found(request)
    site = site_of(request)
    t = site.tokens
    colours = palette(ink=t.ink, paper=t.paper, accent=t.accent)
    letter = letter_of(site.name, site.slug)
    body = _drawn(found, letter, look_of(site), t.accent, colours.on_accent)
    response = HttpResponse(body, content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return revalidated(request, response)


@lru_cache(maxsize=64)
def _drawn(icon: Icon, letter: str, look: str, accent: str, on_accent: str) -> bytes:
    side = icon.side
    picture = Image.new(
        "RGBA", (side, side), accent if icon.purpose == "maskable" else (0, 0, 0, 0)
    )
    pen = ImageDraw.Draw(picture)
    if icon.purpose != "maskable":
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * ROUND, fill=accent)
    face = ImageFont.truetype(Path(str(finders.find(f"web/fonts/{look}-display.woff2"))), side)
    left, top, right, bottom = face.getbbox(letter)
    face = face.font_variant(size=side * icon.fit * side / max(right - left, bottom - top))
    left, top, right, bottom = face.getbbox(letter)
    place = ((side - left - right) / 2, (side - top - bottom) / 2)
    pen.text(place, letter, font=face, fill=on_accent)
    saved = BytesIO()
    picture.save(saved, "PNG", optimize=True)
    return saved.getvalue()
