"""What readers' pages may show of a picture, and at which address.

For the reader templates (all of it in one call, no query of its own):

    from dateline.media import queries as media

    hero = media.sources(story.picture, ratio="3:2", sizes="(min-width: 60rem) 45rem", at=now)
    # None when there is no picture or it may not be shown: killed, held, expired.

    {% if hero %}
    <figure>
      <picture>
        <source type="image/avif" srcset="{{ hero.avif }}" sizes="{{ hero.sizes }}">
        <source type="image/webp" srcset="{{ hero.webp }}" sizes="{{ hero.sizes }}">
        <img src="{{ hero.src }}"
             width="{{ hero.width }}" height="{{ hero.height }}" alt="{{ hero.alt }}"
             fetchpriority="high">          {# cards: loading="lazy" decoding="async" instead #}
      </picture>
      <figcaption>{{ hero.caption }} <span class="credit">{{ hero.credit }}</span></figcaption>
    </figure>
    {% endif %}

`ratio` is one of "3:2", "1:1", "4:5", "4:3", "16:9" (cropped around the focal point) or
"full" (uncropped). `hero.until` is the moment the answer may change (a right that
ends), for the page cache; None means never. Load the picture with its story:
`select_related("picture")`. Addresses are computed, not looked up: a rendition is
made when its address is first asked for, so a page never waits for an encoder and
a list of fifty pictures costs no query.
"""

from dataclasses import dataclass
from datetime import datetime

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.media.domain import rights
from dateline.media.domain.sizes import WIDTHS, Copies, Format, Ratio, Size, on_offer
from dateline.media.domain.tones import read as read_tones
from dateline.media.models import Picture, Rendition

PREFIX = "/media/pictures/"
PREFERRED_WIDTH = 960  # for browsers that know no WebP, and for feeds


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSources:
    """All a template needs to draw one picture. Texts are plain: let the template escape them."""

    picture_id: int
    src: str
    """A JPEG, for `img src` of browsers from before 2020; a path without host."""
    avif: str
    """`srcset` of AVIFs: half of what WebP takes."""
    webp: str
    """`srcset` of WebPs."""
    sizes: str
    width: int
    """Pixels of the largest copy, for `img width`; the browser keeps the shape."""
    height: int
    alt: str
    caption: str
    credit: str
    byline: str
    copyright_notice: str
    tones: tuple[str, str] | None
    """Colours of its upper and its lower half, as CSS names them, until it has come."""
    until: datetime | None
    """When the answer may change (aware UTC), or None."""


def sources(
    picture: Picture | None, *, ratio: Ratio = "3:2", sizes: str = "100vw", at: datetime
) -> PictureSources | None:
    """Say how to draw a picture, or None when there is none or it may not be shown at `at`.

    `sizes` is the HTML attribute of that name. `at` is aware UTC. No query is
    made and no file is touched.
    """
    if picture is None or not may_show(picture, at=at):
        return None
    copies = on_offer(ratio, picture.width, picture.height)
    widest, width, height = copies[-1]
    folder = _folder(picture)
    return PictureSources(
        picture_id=picture.pk,
        src=folder + Size(ratio, min(PREFERRED_WIDTH, widest), "jpeg").file_name,
        avif=_srcset(folder, ratio, "avif", copies),
        webp=_srcset(folder, ratio, "webp", copies),
        sizes=sizes,
        width=width,
        height=height,
        alt=picture.default_alt_text,
        caption=picture.caption,
        credit=picture.credit,
        byline=picture.byline,
        copyright_notice=picture.copyright_notice,
        tones=read_tones(picture.tones),
        until=picture.usable_until,
    )


def may_show(picture: Picture, *, at: datetime) -> bool:
    """Say whether readers may see a picture at this moment (aware UTC)."""
    edge.depend(keys.picture(picture.pk))
    may, _ = rights.may_use(picture.facts, rights.Use.PAGE, at)
    if may:
        edge.closes_at(picture.usable_until)
    elif picture.embargo_until and picture.embargo_until > at:
        edge.opens_at(picture.embargo_until)  # the page is made again, with it
    return may


def rendition_path(picture: Picture, ratio: Ratio, width: int, form: Format) -> str:
    """Return the path of one copy, without host: for a card, a feed or a social card.

    A picture narrower than `width` gives its largest copy.

    Raises:
        ValueError: a width that is not in `domain.sizes.WIDTHS`.

    """
    if width not in WIDTHS:
        raise ValueError(f"{width} is not one of the widths on offer: {WIDTHS}.")
    widest = on_offer(ratio, picture.width, picture.height)[-1][0]
    return _folder(picture) + Size(ratio, min(width, widest), form).file_name


def size_of(picture: Picture, ratio: Ratio, width: int) -> tuple[int, int]:
    """Return (width, height) in pixels of the copy that `rendition_path` names."""
    copies = on_offer(ratio, picture.width, picture.height)
    _, wide, high = next((c for c in copies if c[0] == width), copies[-1])
    return wide, high


def by_id(picture_id: int) -> Picture | None:
    """Return one picture's row, or None. One query."""
    edge.depend(keys.picture(picture_id))
    found: Picture | None = Picture.objects.filter(pk=picture_id).first()
    return found


def copy_named(file_name: str) -> Rendition | None:
    """Return the rendition stored under a name, with its picture, or None. One query."""
    copies = Rendition.objects.select_related("image")
    found: Rendition | None = copies.filter(file=file_name).first()
    return found


def by_original(file_name: str) -> Picture | None:
    """Return the picture whose original is stored under a name, or None. One query."""
    found: Picture | None = Picture.objects.filter(file=file_name).first()
    return found


def of_guid(guid: str) -> tuple[int, ...]:
    """Return the ids of all versions of an agency's picture, oldest first."""
    found = Picture.objects.filter(guid=guid).exclude(guid="").order_by("pk")
    return tuple(found.values_list("pk", flat=True))


def _folder(picture: Picture) -> str:
    return f"{PREFIX}{picture.pk}/{picture.token}/"


def _srcset(folder: str, ratio: Ratio, form: Format, copies: Copies) -> str:
    return ", ".join(
        f"{folder}{Size(ratio, asked, form).file_name} {real}w" for asked, real, _ in copies
    )
