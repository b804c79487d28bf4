"""The words of a story object, saved or not, as a reader would see them."""

from datetime import datetime

from dateline import markup
from dateline.stories import models
from dateline.stories.domain.versions import Copy


def copy_of(story: models.Story) -> Copy:
    """The words of a story object as a reader would see them, saved or not."""
    return Copy(
        headline=story.headline,
        standfirst=story.standfirst,
        dateline=story.dateline,
        byline=byline_of(story),
        body="\n\n".join(filter(None, (_block_text(block) for block in story.body))),
    )


def byline_of(story: models.Story) -> str:
    """Names of the people over a story, in order; where there are none, its agency byline."""
    names = [b.person.name for b in story.bylines.all()]
    return ", ".join(names) if names else story.byline


def _block_text(block: object) -> str:
    kind, value = block.block_type, block.value  # type: ignore[attr-defined]
    if kind in {"text", "wire"}:
        return markup.text_of(str(getattr(value, "source", value)))
    if kind in {"heading", "poll"}:
        return str(value or "")  # a poll that is no more says nothing
    if kind == "picture":
        return str(value.get("caption") or "")
    if kind == "gallery":
        captions = (shown.get("caption") for shown in value["pictures"])
        return "\n".join(filter(None, (value.get("title"), *captions)))
    return "\n".join(filter(None, (_said(value[name]) for name in value)))


def _said(value: object) -> str:
    """One field of a block as a reader would read it; a flag says nothing."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if value is None or isinstance(value, bool):
        return ""
    source = getattr(value, "source", None)
    return str(value) if source is None else markup.text_of(source)
