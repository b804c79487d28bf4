"""The content of one ninjs object: headline, body, description, pictures."""

from dateline.wire.domain import bodies
from dateline.wire.domain.bodies import NO_BODY, Body
from dateline.wire.domain.item import Picture
from dateline.wire.domain.ninjs_fields import Fields
from dateline.wire.domain.wording import passage, pixels

_IMAGE_KINDS = frozenset({"picture", "graphic", "photo", "image"})
_SUFFIXES = ("html", "xhtml", "richtext", "", "text")  # of 1.x body_* and description_*, best first


def headline(fields: Fields) -> str | None:
    """The main headline: 1.x `headline`; from 2.x the entry whose role is main, else the first."""
    flat = fields.text("headline", "headline_main", "headline_text")
    if flat:
        return flat
    entries = fields.objects("headlines")
    entries.sort(key=lambda one: (one.text("role") or "main").lower() not in ("main", "headline"))
    return next((text for one in entries if (text := one.text("value"))), None)


def body(fields: Fields, *, source: str) -> Body:
    """The body: mark-up before plain text. Several bodies are alternatives (ninjs `bodies`).

    Raises:
        WireFormatError: its HTML is nested too deeply, or it is no text.

    """
    found = _alternatives(fields, "body", "bodies")
    marked = next((text for is_html, text in found if is_html), None)
    if marked is not None:
        return bodies.from_html(marked, source=source)
    return bodies.from_plain(found[0][1], source=source) if found else NO_BODY


def _alternatives(fields: Fields, stem: str, plural: str) -> list[tuple[bool, str]]:
    """Every text under `stem_*` (1.x) and `plural` (2.x on), and whether it is mark-up."""
    known = [f"{stem}_{suffix}".rstrip("_") for suffix in _SUFFIXES]
    others = sorted(
        name for name in fields.values if name.startswith(f"{stem}_") and name not in known
    )
    named = ((name, fields.text(name)) for name in (*known, *others))
    found = [(_is_markup(name, text), text) for name, text in named if text]
    listed = (
        (one.text("mimetype") or one.text("role"), one.text("value"))
        for one in fields.objects(plural)
    )
    return found + [(_is_markup(kind, text), text) for kind, text in listed if text]


def _is_markup(kind: str | None, text: str) -> bool:
    named = (kind or "").lower()
    return "html" in named or "rich" in named or bodies.looks_like_markup(text)


def description(fields: Fields) -> str | None:
    """The description as text: a caption for a picture, a summary for a text."""
    roles = {one.text("role") or "": one.text("value") for one in fields.objects("descriptions")}
    caption = roles.get("caption") or roles.get("text") or roles.get("main")
    flat = fields.text("description_text", "description_main", "description")
    text = (
        caption
        or flat
        or next((text for role, text in roles.items() if role not in _NO_CAPTION), None)
    )
    if text is None:
        text = fields.text("description_html", "description_xhtml", "description_richtext")
    if text and bodies.looks_like_markup(text):
        return bodies.from_html(text, source=fields.source).text
    return passage(text)


_NO_CAPTION = ("creditline", "writer")


def credit(fields: Fields) -> str | None:
    """The credit line: `creditline`, or the 2.x description with that role."""
    said = fields.text("creditline", "credit")
    entries = fields.objects("descriptions")
    return said or next(
        (one.text("value") for one in entries if one.text("role") == "creditline"), None
    )


def picture(
    fields: Fields, *, guid: str | None, caption: str | None, credit: str | None, usage: str | None
) -> Picture | None:
    """The picture an object is: its largest rendition that is an image; None without one."""
    images = [one for one in fields.objects("renditions") if _is_image(one) and one.text("href")]
    if not images:
        return None
    best = max(images, key=lambda one: (_pixels(one, "width") or 0) * (_pixels(one, "height") or 0))
    return Picture(
        href=best.text("href"),
        guid=guid,
        caption=caption,
        credit=credit,
        usage=usage,
        width=_pixels(best, "width"),
        height=_pixels(best, "height"),
        mime=best.text("mimetype") or fields.text("mimetype"),
    )


def _is_image(rendition: Fields) -> bool:
    return (rendition.text("mimetype") or "image/").startswith("image/")


def _pixels(fields: Fields, name: str) -> int | None:
    return pixels(fields.text(name))


def associated_pictures(fields: Fields) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """The pictures that come with a text, and a sentence for each that may not be used."""
    found: list[Picture] = []
    warnings: list[str] = []
    for one in fields.objects("associations"):
        if (one.text("type") or "").lower() not in _IMAGE_KINDS:
            continue
        guid = one.text("uri", "guid")
        status = (one.text("pubstatus") or "usable").lower()
        if status != "usable" or one.has("embargoed") or one.strangers():
            warnings.append(f"A picture that comes with it may not be used now: {guid or 'no id'}.")
            continue
        by = "; ".join(one.words("byline", "by"))
        caption, named, usage = description(one), credit(one) or by or None, one.text("usageterms")
        found.append(
            picture(one, guid=guid, caption=caption, credit=named, usage=usage)
            or Picture(guid=guid, caption=caption, credit=named, usage=usage)
        )
    return tuple(found), tuple(warnings)
