"""A gallery of a story: the pictures of it that may be shown, each with its neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django import template
from django.template import loader
from django.utils.safestring import SafeString

from dateline.media import queries as media
from dateline.stories.domain.body_pictures import GALLERY
from dateline.web.domain.gallery_words import gallery_words_for

register = template.Library()
SIZES = "(min-width: 60rem) 42rem, 80vw"
LARGE = 1920  # pixels across


@dataclass(frozen=True, slots=True)
class Hung:
    """One picture of a gallery. `before` and `after` are anchors, empty at the ends."""

    pic: media.PictureSources
    caption: str
    large: str
    count: str
    anchor: str
    before: str
    after: str


@register.simple_tag(takes_context=True)
def gallery(context: dict[str, Any], value: Any) -> SafeString:
    """The strip of a gallery block; nothing where none of its pictures may be shown now."""
    return _drawn(context, value, "web/parts/gallery.html")


def gallery_as_text(context: dict[str, Any], value: Any) -> SafeString:
    """Captions, credits and links of a gallery block, for where no picture is shown."""
    return _drawn(context, value, "web/lite/gallery.html")


def _drawn(context: dict[str, Any], value: Any, name: str) -> SafeString:
    words = gallery_words_for(context["site"].language)
    shown = _hung(value, words, context["story"].body, at=context["now"])
    if not shown:
        return SafeString()
    title = value["title"]
    label = words["gallery_of"].format(title) if title else words["gallery"]
    told = {"title": title, "label": label, "shown": shown, "g": words, "w": context["w"]}
    told["site"] = context["site"]
    return loader.render_to_string(name, told)


def _hung(gallery: Any, words: Mapping[str, str], body: Any, *, at: Any) -> list[Hung]:
    asked = [(value, _sources(value["picture"], at)) for value in gallery["pictures"]]
    open_ = [(value, pic) for value, pic in asked if pic]
    name = _name(gallery, body, open_[0][1].picture_id) if open_ else ""
    anchors = ["", *(f"{name}-{number}" for number in range(1, len(open_) + 1)), ""]
    return [
        Hung(
            pic=pic,
            caption=value["caption"] or pic.caption,
            large=media.rendition_path(value["picture"], "full", LARGE, "jpeg"),
            count=words["gallery_count"].format(number, len(open_)),
            anchor=anchors[number],
            before=anchors[number - 1],
            after=anchors[number + 1],
        )
        for number, (value, pic) in enumerate(open_, 1)
    ]


def _sources(picture: Any, at: Any) -> media.PictureSources | None:
    return media.sources(picture, ratio="full", sizes=SIZES, at=at)


def _name(gallery: Any, body: Any, first: int) -> str:
    """What the anchors of a gallery begin with: the id of the picture that it shows first.

    A gallery among others of the same story that have the picture too is numbered.
    """
    above = takewhile(lambda one: one is not gallery, _galleries(body))
    again = sum(first in {value["picture"].pk for value in one["pictures"]} for one in above)
    return f"gallery-{first}-{again + 1}" if again else f"gallery-{first}"


def _galleries(body: Any) -> Iterator[Any]:
    return (block.value for block in body if block.block_type == GALLERY)
