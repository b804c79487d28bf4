"""Bring written stories to life: drafted, published, changed, killed, each at its own moment."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateline.demo import adapters
from dateline.demo.domain import wording
from dateline.demo.domain.content import Change, DemoStory, Paragraph
from dateline.stories.queries import reading
from dateline.stories.services import drafting, from_wire, kills, publishing

ZONE = ZoneInfo("Asia/Tokyo")
NOBODY = "the night desk"  # when a story names no person


def bring(story: DemoStory, *, now: datetime, pictures: dict[str, Any], wire: list[int]) -> int:
    """Draft one story and do with it what its file says, at the moments it says; return its id.

    `now` is the moment of the seeding, aware UTC. `pictures` are library rows by name, `wire` the
    ids of the wire items it was born from, oldest first, or nothing.
    """
    at = now - story.ago
    if wire:
        story_id = _from_wire(story, wire, at=at)
    else:
        story_id = _drafted(story, at=at, now=now, pictures=pictures)
    _settle(story, story_id, at=at, now=now)
    lead = lead_of(story, pictures)
    if wire and lead:  # the agency sent it without; the desk chose one
        changes = {"lead_picture": lead, "lead_caption": wording.with_quotes(story.caption)}
        publishing.update_story(story_id, changes=changes, by=author_of(story), at=at)
    for number, change in enumerate(story.changes, start=2):
        if wire:
            from_wire.use_version(
                story_id, wire[number - 1], by=author_of(story), at=at + change.after
            )
        else:
            _change(story, story_id, number, change, at=at, pictures=pictures)
    return story_id


def _places(story: DemoStory) -> tuple[drafting.Place, ...]:
    return tuple(
        drafting.Place(
            masthead=masthead,
            section=section.rpartition("/")[2],
            canonical=first,
            pinned_rank=story.pin if first else None,
            slug=story.slug,
        )
        for first, (masthead, section) in zip(
            [True, *[False] * len(story.places)], story.places, strict=False
        )
    )


def _from_wire(story: DemoStory, items: list[int], *, at: datetime) -> int:
    return from_wire.make_story(items[0], by=author_of(story), places=_places(story), at=at)


def _drafted(story: DemoStory, *, at: datetime, now: datetime, pictures: dict[str, Any]) -> int:
    ready = wording.told(at=at.astimezone(ZONE), language=story.language)
    lead = lead_of(story, pictures)
    fields = {
        "kind": story.kind,
        "short_headline": ready(story.short),
        "standfirst": ready(story.standfirst),
        "dateline": story.dateline,
        "byline": story.byline,
        "language": story.language,
        "urgency": story.urgency,
        "sensitive": story.sensitive,
        "copyright_line": story.copyright,
        "lead_picture": lead,
        "lead_caption": ready(story.caption) if lead else "",
        "embargo_until": now + story.state_after if story.state == "embargo" else None,
        **_translated(story),
    }
    return drafting.draft_story(
        headline=ready(story.first_headline),
        places=_places(story),
        body=blocks(story.seen(1), ready, pictures),
        people=story.people,
        topics=story.topics,
        translator=story.translated[1] if story.translated else "",
        fields=fields,
    )


def _translated(story: DemoStory) -> dict[str, Any]:
    """How a story was translated, by whom, and from which; that one is brought before."""
    if not story.translated:
        return {}
    how, _, original = story.translated
    masthead = story.places[0][0].removesuffix("-ja")
    return {
        "translated_how": how,
        "translated_from_id": reading.id_on(masthead, original),
    }


def lead_of(story: DemoStory, pictures: dict[str, Any]) -> Any:
    """The first of the pictures a story asks for that has been drawn, or None."""
    return next((pictures[name] for name in story.pictures if name in pictures), None)


def _settle(story: DemoStory, story_id: int, *, at: datetime, now: datetime) -> None:
    """Publish, unless the file says something else; then what it says."""
    by = author_of(story)
    if story.state == "schedule":
        publishing.schedule_story(story_id, go_live_at=now + story.state_after, by=by, at=at)
    elif story.state != "draft":
        source = "agency" if story.provider else "desk"
        publishing.publish_story(story_id, by=by, at=at, source=source)
    if story.state == "kill":
        kills.kill_story(story_id, reason=story.state_note, by=by, at=at + story.state_after)
    elif story.state == "withdraw":
        publishing.withdraw_story(
            story_id, reason=story.state_note, by=by, at=at + story.state_after
        )


def _change(
    story: DemoStory,
    story_id: int,
    number: int,
    change: Change,
    *,
    at: datetime,
    pictures: dict[str, Any],
) -> None:
    """Give readers version `number`: an update, or a correction with its note."""
    ready = wording.told(at=at.astimezone(ZONE), language=story.language)
    changes = {
        "headline": ready(story.headline),
        "body": drafting.stream_of(blocks(story.seen(number), ready, pictures)),
    }
    moment, by = at + change.after, author_of(story)
    if change.kind == "update":
        publishing.update_story(story_id, changes=changes, by=by, at=moment)
    else:
        publishing.correct_story(
            story_id, kind=change.kind, text=ready(change.note), changes=changes, by=by, at=moment
        )


def author_of(story: DemoStory) -> str:
    """Who is on the record for a story: its first writer, the agency, or the night desk."""
    if story.people:
        return str(adapters.table("people")[story.people[0]]["name"])
    return story.byline or NOBODY


def blocks(
    paragraphs: Iterable[Paragraph], ready: Any, pictures: dict[str, Any]
) -> list[tuple[str, Any]]:
    """The body as (block name, value) pairs; paragraphs that follow each other share a block.

    A picture that has not been drawn is left out.
    """
    found: list[tuple[str, Any]] = []
    for paragraph in paragraphs:
        text = ready(paragraph.text)
        if paragraph.kind == "text" and found and found[-1][0] == "text":
            found[-1] = ("text", found[-1][1] + _html(text))
        elif (value := _value(paragraph.kind, text, pictures)) is not None:
            found.append((paragraph.kind, value))
    return found


def _html(text: str) -> str:
    return f"<p>{wording.inline(text).replace(chr(10), '<br/>')}</p>"


def _value(kind: str, text: str, pictures: dict[str, Any]) -> Any:
    if kind == "quote":
        words, _, speaker = text.rpartition(" — ") if " — " in text else (text, "", "")
        return {"text": words, "speaker": speaker}
    if kind == "factbox":
        title, _, lines = text.partition("\n")
        points = "".join(f"<li>{wording.inline(line[2:])}</li>" for line in lines.splitlines())
        return {"title": title, "text": f"<ul>{points}</ul>"}
    if kind == "gallery":
        return _gallery(text, pictures)
    if kind == "picture":
        name, _, caption = text.partition(" ")
        return {"picture": pictures[name], "caption": caption} if name in pictures else None
    return text if kind == "heading" else _html(text)


def _gallery(text: str, pictures: dict[str, Any]) -> Any:
    title, *lines = text.splitlines()
    shown = [one for line in lines if (one := _value("picture", line, pictures))]
    return {"title": title, "pictures": shown} if shown else None
