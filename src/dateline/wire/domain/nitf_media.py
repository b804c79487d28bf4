"""The pictures of a NITF body (IPTC NITF 3.x, media), each with its own caption and credit."""

from dataclasses import replace

from dateline.wire.domain import bodies
from dateline.wire.domain.bodies import Body
from dateline.wire.domain.item import Picture
from dateline.wire.domain.wording import line, pixels
from dateline.wire.domain.xmltree import Element, children, descendants, words

_IMAGES = frozenset({"image", "photo", "graphic"})


def with_pictures(body: Body, root: Element) -> Body:
    """Return the body read from `root`, with one picture for each media in it.

    The references of one media are renditions of one picture: the largest is taken.
    """
    found = [_picture(media) for media in descendants(root, "media")]
    referred = {_source(one) for one in descendants(root, "media-reference")}
    loose = tuple(one for one in body.pictures if one.href not in referred)
    return replace(body, pictures=tuple(one for one in found if one) + loose)


def _picture(media: Element) -> Picture | None:
    references = [one for one in children(media, "media-reference") if _is_image(media, one)]
    best = max(references, key=_area, default=None)
    if best is None:
        return None
    captions = [bodies.text_of_tree(one) for one in children(media, "media-caption")]
    makers = [words(one) for one in children(media, "media-producer")]
    names = {one.get("name"): one.get("value") for one in children(media, "media-metadata")}
    return Picture(
        href=_source(best),
        guid=line(names.get("media-id")),
        caption="\n".join(text for text in captions if text) or None,
        credit="; ".join(text for text in makers if text) or None,
        width=pixels(best.get("width")),
        height=pixels(best.get("height")),
        mime=line(best.get("mime-type")),
        alt_text=line(best.get("alternate-text")),
    )


def _is_image(media: Element, reference: Element) -> bool:
    """By its MIME type, else by the type of the media, which may be absent."""
    href = _source(reference)
    mime = (reference.get("mime-type") or "").lower()
    kind = (media.get("media-type") or "image").strip().lower()
    return bool(href) and (mime.startswith("image/") if mime else kind in _IMAGES)


def _source(reference: Element) -> str | None:
    return line(reference.get("source"))


def _area(reference: Element) -> int:
    return (pixels(reference.get("width")) or 0) * (pixels(reference.get("height")) or 0)
