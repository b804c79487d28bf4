"""Open and close threads, say what a masthead asks of comments, list words."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from dateline import clock
from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide
from dateline.discussion.domain.folding import fold
from dateline.discussion.domain.status import Door, WordKind
from dateline.discussion.events import (
    HouseChanged,
    ThreadDoorChanged,
    WordListChanged,
)
from dateline.discussion.services.decisions import must_moderate
from dateline.discussion.services.writing import lock_thread
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox

PERCENTS = ("hold_removed_percent", "hold_score_percent")
OF_THE_HOUSE = frozenset({
    "door", "close_after_days", "down_votes", "score_after_minutes", "edit_minutes",
    "seconds_between", "most_in_minute", "most_links", "premoderate_first", "hold_at_reports",
    "weigh_after_hours", *PERCENTS,
})  # fmt: skip
MOST = 32_767  # a small whole number in every database
WORD_LONGEST = 200
PART = 1_000


@transaction.atomic
def set_door(
    story_id: int,
    masthead_id: int,
    *,
    door: Door | None,
    by: UUID,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Open, hold or close one thread, however old it is; None leaves it to the house again.

    `at` is aware UTC. What the desk says of the story (Placement.comments_open) still comes first.

    Raises:
        NotYours: `by` does not moderate that masthead.
        ThreadUnavailable: readers do not see the story there now.

    """
    at = at or clock.now()
    must_moderate(by, masthead_id)
    thread = lock_thread(story_id, masthead_id, at=at).thread
    thread.door = door or ""
    thread.save(update_fields=["door"])
    outbox.record(
        ThreadDoorChanged(
            story_id=story_id, masthead_id=masthead_id, door=thread.door, reason=reason,
            by=str(by), at=at,
        )
    )  # fmt: skip


@transaction.atomic
def save_house(
    masthead_id: int, *, changes: dict[str, Any], by: UUID, at: datetime | None = None
) -> None:
    """Change what a masthead asks of comments: fields of House by name, those of OF_THE_HOUSE.

    `at` is aware UTC. Holds for comments from the next one on; what is there stays as it is.

    Raises:
        NotYours: `by` does not moderate that masthead.
        NothingToDecide: a field or value that there is not; the message says which.

    """
    must_moderate(by, masthead_id)
    for name, value in changes.items():
        _check(name, value)
    models.House.objects.get_or_create(masthead_id=masthead_id)
    house = models.House.objects.select_for_update().get(masthead_id=masthead_id)
    for name, value in changes.items():
        setattr(house, name, value)
    house.save()
    outbox.record(
        HouseChanged(
            masthead_id=masthead_id, fields=tuple(sorted(changes)), by=str(by),
            at=at or clock.now(),
        )
    )  # fmt: skip


def _check(name: str, value: Any) -> None:
    if name not in OF_THE_HOUSE:
        known = ", ".join(sorted(OF_THE_HOUSE))
        raise NothingToDecide(f"A house has no field {name!r}. Give one of {known}.")
    if name == "door":
        good, wanted = value in set(Door), "open, held or closed"
    elif name == "down_votes":
        good, wanted = isinstance(value, bool), "true or false"
    else:
        most = 100 if name in PERCENTS else MOST
        good = type(value) is int and 0 <= value <= most
        wanted = f"a whole number from 0 to {most}"
    if not good:
        raise NothingToDecide(f"{name}: expected {wanted}, found {value!r}.")


@transaction.atomic
def list_words(
    words: Iterable[str],
    *,
    masthead_id: int | None,
    kind: WordKind,
    by: UUID,
    at: datetime | None = None,
) -> int:
    """Put words on a masthead's list, or the network's; return how many were new there.

    A word that is listed already changes its kind. Empty lines are left out. `*` at the end of a
    word means any ending. `at` is aware UTC.

    Raises:
        NotYours: `by` does not moderate there.
        NothingToDecide: a line longer than 200 characters, or one of signs alone; names it.

    """
    must_moderate(by, masthead_id)
    wanted = {line for word in words if (line := word.strip())}
    for line in wanted:
        if len(line) > WORD_LONGEST or not fold(line):
            raise NothingToDecide(
                f"{line[:40]!r} is no word to look for. Give letters, {WORD_LONGEST} at most."
            )
    mine = models.Word.objects.filter(Q(masthead_id=masthead_id))
    known = set(mine.values_list("word", flat=True))
    for some in _in_parts(wanted & known):
        mine.filter(word__in=some).update(kind=kind)
    models.Word.objects.bulk_create(
        [
            models.Word(masthead_id=masthead_id, word=word, kind=kind)
            for word in sorted(wanted - known)
        ],
        batch_size=PART,
    )
    added = len(wanted - known)
    _changed_words(masthead_id, added=added, dropped=0, by=by, at=at)
    return added


@transaction.atomic
def unlist_words(
    words: Iterable[str], *, masthead_id: int | None, by: UUID, at: datetime | None = None
) -> int:
    """Take words off a list; return how many were on it. Else as `list_words`."""
    must_moderate(by, masthead_id)
    mine = models.Word.objects.filter(Q(masthead_id=masthead_id))
    dropped = sum(
        mine.filter(word__in=some).delete()[0]
        for some in _in_parts({word.strip() for word in words})
    )
    _changed_words(masthead_id, added=0, dropped=dropped, by=by, at=at)
    return dropped


def _in_parts(words: set[str]) -> Iterator[list[str]]:
    """A database takes only so many values in one question."""
    every = sorted(words)
    yield from (every[n : n + PART] for n in range(0, len(every), PART))


def _changed_words(
    masthead_id: int | None, *, added: int, dropped: int, by: UUID, at: datetime | None
) -> None:
    """Give every masthead the list holds for another version: a number nobody has seen."""
    every = [site.id for site in mastheads.all_mastheads()]
    held = [pk for pk in every if masthead_id in {None, pk}]
    for pk in held:
        models.House.objects.get_or_create(masthead_id=pk)
    version = secrets.randbits(62)
    models.House.objects.filter(masthead_id__in=held).update(words_version=version)
    outbox.record(
        WordListChanged(
            masthead_id=masthead_id, added=added, dropped=dropped, by=str(by),
            at=at or clock.now(),
        )
    )  # fmt: skip
