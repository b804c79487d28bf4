"""The words of a story object, saved or not, as a reader would see them."""

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
    if kind == "heading":
        return str(value)
    if kind == "quote":
        return "\n".join(filter(None, (value["text"], value["speaker"])))
    if kind == "factbox":
        return f"{value['title']}\n{markup.text_of(value['text'].source)}"
    return str(value.get("caption") or "")
