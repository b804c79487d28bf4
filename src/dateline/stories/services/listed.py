"""Keep under which subjects a story is listed, in the transaction that publishes it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet

from dateline.edge import keys
from dateline.prepared import Prepared
from dateline.stories import models
from dateline.stories.domain import subjects


class Entry(NamedTuple):
    """One placement under one subject; `moment` is aware UTC."""

    placement_id: int
    masthead_id: int
    subject: str
    moment: datetime


PLACE = 3  # fields that say where an entry is; the rest is when


def _rows(*, story: int) -> QuerySet[models.ListedUnder]:
    rows = models.ListedUnder.objects.filter(placement__story_id=story)
    return rows.order_by("placement_id", "subject")


def _topics(*, story: int) -> QuerySet[Any, Any]:
    found = models.Topic.objects.filter(stories=story).order_by("pk")
    return found.values_list("pk", flat=True)


_kept = Prepared[models.ListedUnder](_rows)
_about = Prepared[int](_topics)


def keep(story: models.Story, *, told_at: datetime | None, moved: bool) -> tuple[str, ...]:
    """List a published story under what it is about and who made it; return the lists' edge tags.

    `told_at` is when readers are told of a mistake by this publish, aware UTC, or None. `moved`
    says that the story came into view or moved: then the tags of all its lists are returned, else
    of those that it entered or left.
    """
    rows = {_entry(row): row.pk for row in _kept(story=story.pk)}
    wanted = set(_wanted(story, rows, told_at=told_at))
    places = {entry[:PLACE] for entry in wanted}
    gone = [entry for entry in rows if entry[:PLACE] not in places]
    if gone:
        models.ListedUnder.objects.filter(pk__in=[rows[entry] for entry in gone]).delete()
    if changed := sorted(wanted - rows.keys()):  # new there, or at another moment
        models.ListedUnder.objects.bulk_create(
            [models.ListedUnder(**entry._asdict()) for entry in changed],
            update_conflicts=True,
            unique_fields=["placement", "subject"],
            update_fields=["moment"],
        )
    return tags_of([*wanted, *gone] if moved else [*changed, *gone])


def tags_around(story_id: int) -> tuple[str, ...]:
    """The edge tags of every list of a subject that a story stands in. One query."""
    return tags_of(map(_entry, _kept(story=story_id)))


def tags_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The edge tags of the lists of these entries, each once, in order."""
    return tuple(sorted({keys.under(one.subject, one.masthead_id) for one in entries}))


def _wanted(
    story: models.Story, rows: Iterable[Entry], *, told_at: datetime | None
) -> Iterable[Entry]:
    names = [subjects.topic(pk) for pk in _about(story=story.pk)]
    names += [subjects.person(byline.person_id) for byline in story.bylines.all()]
    if story.provider_id:
        names.append(subjects.agency(story.provider_id))
    before = [row.moment for row in rows if row.subject == subjects.CORRECTED]
    told = told_at or max(before, default=None)
    for row, at in [(p, p.published_at) for p in story.placements.all() if p.published_at]:
        for name in dict.fromkeys(names):
            yield Entry(row.pk, row.masthead_id, name, at)
        if told:
            yield Entry(row.pk, row.masthead_id, subjects.CORRECTED, told)


def _entry(row: models.ListedUnder) -> Entry:
    return Entry(row.placement_id, row.masthead_id, row.subject, row.moment)
