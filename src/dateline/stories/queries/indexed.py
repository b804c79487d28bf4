"""Stories as documents of search: one for each masthead on which readers may ever find them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dateline.search.domain import index
from dateline.search.domain.index import Document, StoryDocuments, joined, mark
from dateline.stories import models, rows
from dateline.stories.cards import gate_facts
from dateline.stories.domain.gate import GateFacts, Use, decide

AT_ONCE = 200  # stories read in one go
LEFT_OUT = ("body", "kill_reason", "usage_terms", "agency_usage_terms")


def documents(story_ids: Sequence[int], *, at: datetime) -> list[StoryDocuments]:
    """The documents of these stories as the database has them; none of one that is not shown.

    `at` is when this is asked, aware UTC, before anything is read: it becomes their stamp. A story
    under embargo has documents that open at its end. Five queries for any number of stories.
    """
    stamp = int(at.timestamp() * 1_000_000)
    found: dict[int, list[Document]] = {story_id: [] for story_id in story_ids}
    placements = list(_placements(story_ids))
    public = [row.story_id for row in placements]
    texts, people = _texts(public), _people(public)
    wrong = set(rows.told_wrong().filter(story_id__in=public).values_list("story_id", flat=True))
    for row in placements:
        facts = gate_facts(row.story, row)
        if _may_be_found(facts, row.masthead.slug, at):
            found[row.story_id].append(
                _document(
                    row, facts, text=texts.get(row.story_id, ""),
                    people=people.get(row.story_id, []), corrected=row.story_id in wrong,
                )
            )  # fmt: skip
    return [StoryDocuments(pk, stamp, tuple(some)) for pk, some in found.items()]


def all_ids() -> Iterator[list[int]]:
    """The ids of all public stories, in lots of AT_ONCE."""
    last = 0
    while some := list(
        models.Story.objects.filter(live=True, pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        yield some
        last = some[-1]


def ids_of_person(person_id: int) -> list[int]:
    """The ids of all stories that a person is named over."""
    found: Any = models.Byline.objects.filter(person_id=person_id)
    return list(found.order_by("story_id").values_list("story_id", flat=True))


def how_many() -> int:
    """How many stories are public."""
    return int(models.Story.objects.filter(live=True).count())


def _placements(story_ids: Sequence[int]) -> Any:
    return (
        models.Placement.objects.filter(story_id__in=story_ids, published_at__isnull=False)
        .select_related("story", "masthead")
        .defer(*(f"story__{name}" for name in LEFT_OUT))
        .order_by("pk")
    )


def _texts(story_ids: Sequence[int]) -> dict[int, str]:
    """What readers see of each story, below its headline."""
    kept = models.StoryVersion.objects.filter(story_id__in=story_ids, shown_until=None)
    parts = kept.values_list("story_id", "standfirst", "dateline", "body_text")
    return {pk: "\n\n".join(filter(None, texts)) for pk, *texts in parts}


def _people(story_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for story_id, _, name in rows.names(stories=story_ids):
        found.setdefault(story_id, []).append(name)
    return found


def _may_be_found(facts: GateFacts, masthead: str, at: datetime) -> bool:
    """Whether only time can be in the way: the gate at the end of the embargo, for its page too."""
    moment = max(at, facts.embargo_until or at)
    always = replace(facts, expire_at=None, rights_until=None)
    return all(
        decide(always, masthead=masthead, use=use, at=moment).open for use in (Use.WEB, Use.SEARCH)
    )


def _document(
    row: Any, facts: GateFacts, *, text: str, people: Sequence[str], corrected: bool
) -> Document:
    story, published = row.story, int(row.published_at.timestamp())
    ends = [end for end in (facts.expire_at, facts.rights_until) if end]
    by = people or [name for name in (story.byline,) if name]
    month = index.month_of(row.published_at.astimezone(ZoneInfo(row.masthead.time_zone)))
    marks = [
        mark(index.MASTHEAD, row.masthead_id), mark(index.SECTION, row.section_id),
        mark(index.MONTH, month), mark(index.KIND, story.kind),
        mark(index.LANGUAGE, story.language), *(mark(index.AUTHOR, name) for name in by),
        *([mark(index.CORRECTED, 1)] if corrected else []),
    ]  # fmt: skip
    return Document(
        placement_id=row.pk,
        story_id=row.story_id,
        published=published,
        opens=max(published, int(facts.embargo_until.timestamp()) if facts.embargo_until else 0),
        closes=int(min(ends).timestamp()) if ends else index.ALWAYS,
        title=joined(dict.fromkeys(filter(None, (story.headline, story.short_headline)))),
        by=joined(by),
        text=joined([text]),
        marks=tuple(marks),
    )
