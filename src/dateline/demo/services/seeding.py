"""Fill an empty installation with the demo network, once."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django_tasks import task_backends
from django_tasks.backends.dummy import DummyBackend

from dateline import clock
from dateline.demo import adapters
from dateline.demo.domain.content import DemoStory
from dateline.demo.services import (
    jobs,
    kinds,
    letters,
    lists,
    network,
    newsroom,
    offers,
    places,
    reading,
    standing,
    threads,
    wire_born,
)
from dateline.media import services as media
from dateline.stories.queries import reading as stories


@dataclass(frozen=True, slots=True)
class Seeded:
    """What a seeding added; `seconds` is how long it took."""

    mastheads: int
    pictures: int
    stories: int
    seconds: float


def seed(*, at: datetime | None = None, say: Callable[[str], Any] = lambda _line: None) -> Seeded:
    """Add what is missing of the demo network; a second run adds nothing.

    Everything is placed in time relative to `at` (aware UTC, now if left out): the newest stories
    are minutes old, the oldest ten days. The stories are one transaction, so that a run that is cut
    off leaves all of them or none. `say` hears one line for each step.
    """
    at = at or clock.now()
    began = time.perf_counter()
    with without_index_tasks():
        mastheads = network.lay_out(settings.DATELINE_NETWORK_DOMAIN)
        say(f"{mastheads} mastheads with their sections, people and providers")
        drawn = _pictures(at)
        network.hang_portraits(drawn)
        say(f"{len(drawn)} pictures")
        wanted = _missing()
        wire = _wire(wanted, at=at)
        say(f"{sum(map(len, wire.values()))} agency items")
        _bring(wanted, at=at, drawn=drawn, wire=wire, say=say)
        say(f"{kinds.make(at=at, drawn=drawn)} stories of a kind")
        said = threads.talk(at=at)
        say(f"{said} comments")
        say(f"{offers.book(at=at)} offers")
        say(f"{jobs.fill(at=at)} jobs")
        say(f"{places.describe(drawn)} places")
        say(f"{standing.write(at=at)} standing pages")
        say(f"{lists.make(at=at)} newsletters")
        say(f"{letters.write(at=at)} letters")
        if wanted:
            say(f"{reading.read(at=at)} times read")
            reading.appoint(at=at)
        network.publish_automatically()
    if wanted:
        call_command("rebuild_references_index", verbosity=0)
        call_command("wagtail_update_index", verbosity=0)
    marker = adapters.read_marker() or {}
    if "seeded_at" not in marker:
        adapters.write_marker({**marker, "seeded_at": at.isoformat()})
    return Seeded(mastheads, len(drawn), len(wanted), time.perf_counter() - began)


@contextmanager
def without_index_tasks() -> Iterator[None]:
    """Queue nothing meanwhile: each save would queue three tasks, where one rebuild does."""
    kept = task_backends["default"]
    task_backends["default"] = DummyBackend("default", {"QUEUES": []})
    try:
        yield  # Wagtail's own way to stop its index cannot be nested, and publishing uses it
    finally:
        task_backends["default"] = kept


@transaction.atomic
def _bring(
    wanted: Sequence[DemoStory],
    *,
    at: datetime,
    drawn: dict[str, Any],
    wire: dict[str, list[int]],
    say: Callable[[str], Any],
) -> None:
    for number, story in enumerate(wanted, start=1):
        newsroom.bring(story, now=at, pictures=drawn, wire=wire.get(story.slug, []))
        if number % 50 == 0:
            say(f"{number} of {len(wanted)} stories")


def _missing() -> list[DemoStory]:
    """The written stories that are not in the newsroom yet, oldest first."""
    known: dict[str, frozenset[str]] = {}
    found: list[DemoStory] = []
    for story in adapters.stories():
        masthead = story.places[0][0]
        if masthead not in known:
            known[masthead] = frozenset(stories.slugs_on(masthead))
        if story.slug not in known[masthead]:
            found.append(story)
    return found


def _wire(wanted: list[DemoStory], *, at: datetime) -> dict[str, list[int]]:
    """Send the agency stories in the order in which they came; item ids by story."""
    topics = {slug: qcode for slug, (_, qcode) in adapters.table("topics").items()}
    return {
        story.slug: wire_born.send(story, now=at, topics=topics)
        for story in wanted
        if story.provider
    }


@transaction.atomic
def _pictures(at: datetime) -> dict[str, Any]:
    """Take the drawings into the library; rows by name. A credit that a story asks for wins."""
    credits_ = {
        name: story.credit
        for story in adapters.stories()
        if story.credit
        for name in story.pictures
    }
    return {
        name: _picture(drawing, credit=credits_.get(name, ""), at=at)
        for name, drawing in adapters.pictures().items()
    }


def _picture(drawing: adapters.DrawnPicture, *, credit: str, at: datetime) -> Any:
    facts = drawing.facts
    picture = media.import_picture(
        drawing.data(),
        name=str(facts["file"]),
        overrides={"description": facts["alt"], "credit": credit},
        by=network.BY,
        at=at,
    )
    if picture.focal_point_x is None and "focal" in facts:
        focal = facts["focal"]
        picture.focal_point_x = round(float(focal["x"]) * picture.width)
        picture.focal_point_y = round(float(focal["y"]) * picture.height)
        picture.focal_point_width = picture.width // 4
        picture.focal_point_height = picture.height // 4
        with transaction.atomic():
            picture.save()
            media.note_change(picture, by=network.BY, at=at)
    return picture
