"""Try headlines of a story on one masthead's lists: begin, choose, end by itself."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories.services import headlines as cards
from dateline.trending import models
from dateline.trending.domain.headlines import (
    Counted,
    HeadlineRefused,
    How,
    Running,
    Tally,
    check,
    lopsided,
    winner,
)
from dateline.trending.events import HeadlineTestEnded, HeadlineTestStarted
from dateline.trending.queries import people
from dateline.trending.queries.headlines import newest_of, own_headlines

SHORTEST, LONGEST = 1, 72  # hours
MOST_RUNNING = 20  # on one masthead at a time


@transaction.atomic
def start(
    masthead_id: int,
    story_id: int,
    others: Sequence[str],
    *,
    hours: int,
    by: UUID,
    at: datetime | None = None,
) -> int:
    """Have lists of a masthead try `others` beside a story's own headline; return its number.

    It ends after so many hours, when one is better, or when somebody chooses. `at` is aware UTC.

    Raises:
        HeadlineRefused: `by` publishes no stories, readers do not see this one there, a test of it
            goes on, too many do, or the texts do not fit.

    """
    at = at or clock.now()
    _must_edit(by)
    if not SHORTEST <= hours <= LONGEST:
        raise HeadlineRefused("no_hours", least=SHORTEST, most=LONGEST)
    own = own_headlines(masthead_id, story_id, at=at)
    if own is None:
        raise HeadlineRefused("not_shown")
    texts = (own[0], *check(own, others))
    goes_on = models.HeadlineTest.objects.filter(masthead_id=masthead_id, ended_at=None)
    if goes_on.filter(story_id=story_id).exists():
        raise HeadlineRefused("goes_on")
    if goes_on.count() >= MOST_RUNNING:
        raise HeadlineRefused("many_tests", most=MOST_RUNNING)
    test = models.HeadlineTest.objects.create(
        masthead_id=masthead_id, story_id=story_id, texts=list(texts), headline=own[1], began_at=at,
        until=at + timedelta(hours=hours), counts=[[0, 0] for _ in texts],
    )  # fmt: skip
    _note(test, by=by, at=at)
    cards.show_in_lists(story_id, masthead_id, texts, number=test.pk)
    outbox.record(
        HeadlineTestStarted(
            test_id=test.pk, masthead_id=masthead_id, story_id=story_id, until=test.until,
            by=str(by), at=at,
        )
    )  # fmt: skip
    return test.pk


@transaction.atomic
def choose(test_id: int, headline: int, *, by: UUID, at: datetime | None = None) -> tuple[int, str]:
    """Show one headline of a test from now on, whether the test goes on or has ended.

    0 is the story's own. Return the number of the story, and the text.

    `at` is aware UTC.

    Raises:
        HeadlineRefused: `by` publishes no stories, there is no such headline, a newer test was
            begun, or the story is not shown there with the headline that it had.

    """
    at = at or clock.now()
    _must_edit(by)
    test = models.HeadlineTest.objects.select_for_update().filter(pk=test_id).first()
    if test is None or not 0 <= headline < len(test.texts):
        raise HeadlineRefused("no_headline")
    own = own_headlines(test.masthead_id, test.story_id, at=at)
    if own != (test.texts[0], test.headline) or newest_of(test) != test.pk:
        raise HeadlineRefused("too_late")
    _end(test, headline, How.CHOSEN, at=at, by=by)
    return test.story_id, test.texts[headline]


@transaction.atomic
def end_with_story(story_id: int, *, at: datetime, only_if_renamed: bool = False) -> int:
    """Show a story's own headline in every list again; return of how many tests it was the end.

    Each is told as a fact of its own. Safe to run twice. `at` is aware UTC.
    """
    rows = models.HeadlineTest.objects.select_for_update().filter(story_id=story_id)
    ended = 0
    for test in rows.order_by("pk"):
        own = own_headlines(test.masthead_id, story_id, at=at)
        stays = only_if_renamed and own == (test.texts[0], test.headline)
        if stays or (test.ended_at and not test.chosen):
            continue
        _end(test, 0, How.STORY, at=at)
        ended += 1
    return ended


def follow(tally: Tally, goes_on: Sequence[Running], *, at: datetime) -> int:
    """Keep what was counted of each running test, and end those that are decided or over.

    Return how many ended; `at` is aware UTC. Each is a transaction of its own.
    """
    counted = {test.number: tally.of(test) for test in goes_on}
    rows = models.HeadlineTest.objects.filter(pk__in=counted).order_by("pk")
    # Nothing is locked for a test of which nothing new is known.
    moved = [
        row.pk for row in rows if at >= row.until or row.counts != _as_kept(counted[row.pk])
    ]  # fmt: skip
    ended = sum(_follow(number, counted[number], at=at) for number in moved)
    tally.only(counted)
    return ended


def _as_kept(counted: Sequence[Counted]) -> list[list[int]]:
    return [list(one) for one in counted]


@transaction.atomic
def _follow(number: int, counted: Sequence[Counted], *, at: datetime) -> bool:
    test = models.HeadlineTest.objects.select_for_update().get(pk=number)
    if test.ended_at:
        return False
    test.counts = _as_kept(counted)
    test.save(update_fields=["counts"])
    over = at >= test.until
    best = None if lopsided(counted) else winner(counted, over=over)
    if best is None and not over:
        return False
    _end(test, best or 0, How.OVER if best is None else How.DECIDED, at=at)
    return True


def _end(test: Any, headline: int, how: How, *, at: datetime, by: UUID | None = None) -> None:
    """Show this headline from now on; note it, and say so."""
    test.ended_at = test.ended_at or at
    test.how, test.chosen = how, headline
    test.save(update_fields=["ended_at", "how", "chosen"])
    _note(test, by=by, at=at)
    cards.show_own(test.story_id, test.masthead_id)
    if headline:
        cards.show_in_lists(test.story_id, test.masthead_id, [test.texts[headline]])
    outbox.record(
        HeadlineTestEnded(
            test_id=test.pk, masthead_id=test.masthead_id, story_id=test.story_id, how=how.value,
            chosen=headline, by=str(by or ""), at=at,
        )
    )  # fmt: skip


def _note(test: Any, *, by: UUID | None, at: datetime) -> None:
    test.notes.create(how=test.how, chosen=test.chosen, by_id=by, at=at)


def _must_edit(by: UUID) -> None:
    if not people.edits_headlines(by):
        raise HeadlineRefused("not_yours")
