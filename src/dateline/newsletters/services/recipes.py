"""Say how the editions of a list are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from dateline.mastheads.domain.site import Site, walk
from dateline.newsletters import models
from dateline.newsletters.domain.editions import BlockKind, EditionRefused
from dateline.newsletters.domain.segments import Segment
from dateline.newsletters.events import RecipeChanged
from dateline.newsletters.queries import material
from dateline.newsletters.services.letter_editors import must_edit
from dateline.outbox import services as outbox
from dateline.stories.queries import reading as stories

MOST_BLOCKS, MOST_ITEMS, DAY_MINUTES = 20, 20, 1_440
WEEKDAYS = frozenset("0123456")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTerms:
    """One part of a recipe; `about` is the slug of a section or topic, `masthead` whose stories."""

    kind: BlockKind
    title: str = ""
    about: str = ""
    masthead: int | None = None
    count: int = 3
    text: str = ""
    only_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeTerms:
    """A recipe as somebody wants it; see the fields of `models.Recipe`."""

    blocks: Sequence[BlockTerms]
    time: time
    days: str = "01234"
    subject: str = ""
    preheader: str = ""
    each_zone: bool = False
    lead_minutes: int = 60
    by_itself: bool = False
    fresh_hours: int = 36
    active: bool = True


@transaction.atomic
def save_recipe(newsletter_id: int, terms: RecipeTerms, *, by: UUID, at: datetime) -> None:
    """Give a list its recipe, or another one. Editions that are made stay as they are.

    The first day it makes is one that is due after `at` (aware UTC).

    Raises:
        NotTheirs: `by` does not make this list's letters.
        EditionRefused: it could never make a letter; the message says why.

    """
    newsletter = models.Newsletter.objects.select_for_update().get(pk=newsletter_id)
    must_edit(by, newsletter.masthead_id)
    _must_fit(terms, material.home_of(newsletter))
    fields = ("subject", "preheader", "days", "time", "each_zone", "lead_minutes", "by_itself",
              "fresh_hours", "active")  # fmt: skip
    row, _ = models.Recipe.objects.update_or_create(
        newsletter=newsletter,
        defaults={**{name: getattr(terms, name) for name in fields}, "started_at": at},
    )
    row.blocks.all().delete()
    models.RecipeBlock.objects.bulk_create(
        models.RecipeBlock(
            recipe=row, place=place, kind=one.kind.value, title=one.title, about=one.about,
            masthead_id=one.masthead, count=one.count, text=one.text, only_for=one.only_for,
        )
        for place, one in enumerate(terms.blocks, start=1)
    )  # fmt: skip
    outbox.record(RecipeChanged(newsletter_id=newsletter.pk, by=str(by), at=at))


def _must_fit(terms: RecipeTerms, home: Site) -> None:
    problems = [
        (not terms.blocks, "A letter needs at least one block."),
        (len(terms.blocks) > MOST_BLOCKS, f"A letter has at most {MOST_BLOCKS} blocks."),
        (not set(terms.days) <= WEEKDAYS, "Days are 0 (Monday) to 6 (Sunday)."),
        (not 0 <= terms.lead_minutes <= DAY_MINUTES, "A draft is made at most a day before."),
    ]
    for one in terms.blocks:
        problems.append((not 0 <= one.count <= MOST_ITEMS, f"A block holds 0 to {MOST_ITEMS}."))
        problems.append((not _is_there(one, home), f"There is no {one.kind} {one.about!r}."))
        problems.append((not Segment.fits(one.only_for), f"{one.only_for!r} names no readers."))
    wrong = [text for applies, text in problems if applies]
    if wrong:
        raise EditionRefused(" ".join(wrong))


def _is_there(block: BlockTerms, home: Site) -> bool:
    if block.kind is BlockKind.TOPIC:
        return stories.topic_id(block.about) is not None
    if block.kind is BlockKind.SECTION and block.about and block.masthead in {None, home.id}:
        return any(node.slug == block.about for node in walk(home.sections))
    return True
