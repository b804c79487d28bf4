"""Start a story: a draft with its placements, by hand or from the wire."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.rich_text import RichText

from dateline.mastheads import queries as mastheads
from dateline.stories import models
from dateline.stories.domain.errors import StoryRefused
from dateline.stories.services.subjects import keep_person, keep_topic
from dateline.stories.services.wagtail_verbs import without_index_tasks

NEWSROOM = "the newsroom"  # who did it, when no person did


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a story goes: slugs of a masthead and of one of its sections."""

    masthead: str
    section: str
    canonical: bool = False
    pinned_rank: int | None = None
    slug: str = ""


@transaction.atomic
def draft_story(
    *,
    headline: str,
    places: Sequence[Place] = (),
    body: Sequence[tuple[str, Any]] = (),
    people: Sequence[str] = (),
    topics: Sequence[str] = (),
    translator: str = "",
    fields: dict[str, Any] | None = None,
    user: Any = None,
) -> int:
    """Store a draft and return its id. Nothing is public until it is published.

    `body` is (block name, value) pairs as in `stories.blocks`; rich text values are HTML. `people`
    and `topics` are slugs of Person and Topic, `translator` is that of a Person or empty. `fields`
    are further fields of Story by name. `user` is the person whose draft it is, or None.

    Raises:
        StoryRefused: a masthead, section, person or topic that does not exist; says which.

    """
    story = models.Story(headline=headline, live=False, **(fields or {}))
    story.body = stream_of(body)
    story.placements = [_placement(place) for place in places]
    story.bylines = _bylines(people)
    story.translator = _one(models.Person, translator) if translator else story.translator
    about = [_one(models.Topic, slug) for slug in topics]
    with without_index_tasks():  # the revision's save queues it, once for all of this
        story.save()
        if about:
            story.topics.set(about)
            story.save()
    story.save_revision(user=user)
    return int(story.pk)


def _bylines(people: Sequence[str]) -> list[models.Byline]:
    return [
        models.Byline(person=_one(models.Person, slug), sort_order=order)
        for order, slug in enumerate(people)
    ]


def stream_of(body: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Turn (block name, HTML or value) pairs into what a StreamField takes."""
    return [(name, RichText(value) if name == "text" else value) for name, value in body]


def _one(model: Any, slug: str) -> Any:
    found = model.objects.filter(slug=slug).first()
    if not found:
        raise StoryRefused(f"There is no {model.__name__.lower()} {slug!r}.")
    return found


def _placement(place: Place) -> models.Placement:
    site = mastheads.by_slug(place.masthead)
    if not site:
        raise StoryRefused(f"There is no masthead {place.masthead!r}.")
    section = site.section(place.section)
    if not section:
        raise StoryRefused(f"{site.name} has no section {place.section!r}.")
    return models.Placement(
        masthead_id=site.id,
        section_id=section.id,
        canonical=place.canonical,
        pinned_rank=place.pinned_rank,
        slug=place.slug,
    )


def save_person(*, slug: str, name: str, by: str = NEWSROOM, **fields: Any) -> int:
    """Store a person for bylines, or change the one with this slug; return the id."""
    person = models.Person.objects.filter(slug=slug).first() or models.Person(slug=slug)
    return keep_person(person, by=by) if _change(person, name=name, **fields) else person.pk


def save_topic(*, slug: str, name: str, qcode: str = "", by: str = NEWSROOM) -> int:
    """Store a topic, or rename the one with this slug; return the id."""
    topic = models.Topic.objects.filter(slug=slug).first() or models.Topic(slug=slug)
    return keep_topic(topic, by=by) if _change(topic, name=name, qcode=qcode) else topic.pk


def _change(row: models.Person | models.Topic, **fields: Any) -> bool:
    """Give a row these fields; whether it is to be stored."""
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    return row.pk is None or before != fields
