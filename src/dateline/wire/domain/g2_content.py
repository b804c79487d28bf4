"""The content of one NewsML-G2 item: bodies, pictures, and what a package contains."""

import base64
import binascii
from dataclasses import dataclass

from dateline.wire.domain import bodies
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.item import Picture, Relation
from dateline.wire.domain.nitf import Facts, facts
from dateline.wire.domain.wording import pixels
from dateline.wire.domain.xmltree import (
    Element,
    child,
    children,
    descendants,
    name_of,
    texts,
    words,
)

_BEST_FIRST = ("html", "nitf", "body")  # roots of XHTML, NITF and TTNITF


@dataclass(frozen=True, slots=True)
class Content:
    """The best of an item's alternative bodies, and what it says of itself."""

    body: Body = NO_BODY
    title: str | None = None
    nitf: Facts | None = None
    warnings: tuple[str, ...] = ()


def read(item: Element, *, source: str) -> Content:
    """Read the body: XHTML before NITF, before any other mark-up, before plain text.

    Several inline contents are alternatives of one content (NewsML-G2 guidelines, contentSet).

    Raises:
        WireFormatError: HTML in a plain body is nested too deeply.

    """
    content = child(item, "contentSet")
    trees = [
        below for inline in children(content, "inlineXML") for below in inline if name_of(below)
    ]
    if trees:
        best = min(trees, key=lambda tree: _order(name_of(tree)))
        if name_of(best) == "nitf":
            return Content(body=bodies.from_tree(best), nitf=facts(best))
        return Content(body=bodies.from_tree(best), title=words(child(best, "head", "title")))
    for inline in children(content, "inlineData", "inlineXML"):
        text = _decoded(inline)
        if text is None:
            return Content(warnings=("Its body is encoded in a way Dateline does not read.",))
        if text.strip():
            return Content(body=bodies.from_plain(text, source=source))
    return Content()


def _order(name: str) -> int:
    return _BEST_FIRST.index(name) if name in _BEST_FIRST else len(_BEST_FIRST)


def _decoded(inline: Element) -> str | None:
    """The text of inlineData; None where it is encoded and cannot be decoded to UTF-8 text."""
    text = "".join(texts(inline))
    encoding = inline.get("encoding") or ""
    if not encoding:
        return text
    try:
        return (
            base64.b64decode(text, validate=False).decode() if encoding.endswith("base64") else None
        )
    except (binascii.Error, ValueError):
        return None


def main_picture(
    item: Element, *, guid: str | None, caption: str | None, credit: str | None, usage: str | None
) -> tuple[Picture, ...]:
    """The item's picture: the largest of its renditions that has an address."""
    renditions = [
        one
        for one in children(child(item, "contentSet"), "remoteContent")
        if (one.get("contenttype") or "").startswith("image/")
        and (one.get("href") or one.get("residref"))
    ]
    if not renditions:
        return ()
    best = max(
        renditions,
        key=lambda one: (pixels(one.get("width")) or 0) * (pixels(one.get("height")) or 0),
    )
    return (
        Picture(
            href=(best.get("href") or "").strip() or None,
            guid=guid,
            caption=caption,
            credit=credit,
            usage=usage,
            width=pixels(best.get("width")),
            height=pixels(best.get("height")),
            mime=best.get("contenttype"),
        ),
    )


def packaged(item: Element) -> tuple[Relation, ...]:
    """The items a package contains, in its order, ids as sent."""
    targets = (one.get("residref") or one.get("href") for one in _references(item))
    return tuple(Relation(type="contains", family=target) for target in targets if target)


def packaged_pictures(item: Element) -> tuple[Picture, ...]:
    """The pictures among the items of a package."""
    return tuple(
        Picture(
            guid=one.get("residref"),
            href=one.get("href"),
            caption=words(child(one, "description")) or words(child(one, "title")),
        )
        for one in _references(item)
        if _class_of(one).endswith(":picture")
    )


def _references(item: Element) -> list[Element]:
    return [*descendants(child(item, "groupSet"), "itemRef"), *children(item, "itemRef")]


def _class_of(reference: Element) -> str:
    said = child(reference, "itemClass")
    return (said.get("qcode") or "") if said is not None else ""
