"""Pin, boost or ban a story in one masthead's block: one verb, one transaction, one fact.

The next ranking, at most ten seconds later, obeys and has the pages drawn again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.trending import models
from dateline.trending.domain.rank import RuleKind
from dateline.trending.domain.steering import (
    LONGEST_REASON,
    MOST_PINS,
    NoteVerb,
    NotYours,
    RuleRefused,
    Wish,
    check,
)
from dateline.trending.events import RuleEnded, RuleSet
from dateline.trending.queries import people
from dateline.trending.queries.eligible import why_not

KEPT = ("kind", "slot", "factor", "reason")


@transaction.atomic
def set_rule(masthead_id: int, wish: Wish, *, by: UUID, at: datetime | None = None) -> int:
    """Pin, boost or ban a story in a masthead's block, in place of what stood for it before.

    Return the number of the note about it, which `undo` takes. `at` is aware UTC. A ban is taken
    for any story there is; what is to be shown must be one that may stand there now.

    Raises:
        NotYours: `by` does not steer that block.
        RuleRefused: no reason, no end within reach, no such place, a place that is taken, or the
            gate is closed.

    """
    at = at or clock.now()
    _must_steer(by, masthead_id)
    check(wish, at=at)
    _must_be_open(masthead_id, wish, at=at)
    return _put(masthead_id, wish.story, _of_wish(wish), NoteVerb.SET, by=by, at=at)


@transaction.atomic
def end_rule(
    masthead_id: int, story_id: int, *, by: UUID, reason: str = "", at: datetime | None = None
) -> int:
    """End the rule that stands for a story before its moment; return the number of the note.

    `at` is aware UTC.

    Raises:
        NotYours: `by` does not steer that block.
        RuleRefused: none stands, or the reason is too long.

    """
    at = at or clock.now()
    _must_steer(by, masthead_id)
    if len(reason) > LONGEST_REASON:
        raise RuleRefused("long_reason", most=LONGEST_REASON)
    if _standing(masthead_id, story_id, at=at) is None:
        raise RuleRefused("none_stands")
    return _put(masthead_id, story_id, None, NoteVerb.ENDED, by=by, at=at, reason=reason.strip())


@transaction.atomic
def undo(note_id: int, *, by: UUID, at: datetime | None = None) -> int:
    """Put back what stood before a note, if that has not ended since; return the new note's number.

    Only the newest note about a story can be undone; what undid it can be undone as well. `at` is
    aware UTC.

    Raises:
        NotYours: `by` does not steer that block.
        RuleRefused: something was done since, or the place of a pin is taken now.

    """
    at = at or clock.now()
    note = models.RuleNote.objects.filter(pk=note_id).first()
    if note is None or note.story_id is None:
        raise RuleRefused("too_late")
    _must_steer(by, note.masthead_id)
    same = models.RuleNote.objects.filter(masthead_id=note.masthead_id, story_id=note.story_id)
    if same.filter(pk__gt=note.pk).exists():
        raise RuleRefused("too_late")
    was = note.was if note.was and datetime.fromisoformat(note.was["until"]) > at else None
    return _put(note.masthead_id, note.story_id, was, NoteVerb.UNDONE, by=by, at=at)


def _put(
    masthead_id: int,
    story_id: int,
    rule: Mapping[str, Any] | None,
    verb: NoteVerb,
    *,
    by: UUID,
    at: datetime,
    reason: str = "",
) -> int:
    """Have this rule, or none, stand for a story from now on; keep what was done, and say so."""
    was = _standing(masthead_id, story_id, at=at)
    if rule:
        _must_fit(masthead_id, story_id, rule, at=at)
        models.EditorsRule.objects.update_or_create(
            masthead_id=masthead_id, story_id=story_id,
            defaults={
                **{name: rule[name] for name in KEPT},
                "until": datetime.fromisoformat(rule["until"]), "by_id": by, "at": at,
            },
        )  # fmt: skip
    else:
        models.EditorsRule.objects.filter(masthead_id=masthead_id, story_id=story_id).delete()
    note = models.RuleNote.objects.create(
        masthead_id=masthead_id, story_id=story_id, verb=verb, by_id=by, at=at,
        became=rule, was=was, reason=rule["reason"] if rule else reason,
    )  # fmt: skip
    _tell(masthead_id, story_id, rule, was, by=by, at=at)
    return note.pk


def _tell(
    masthead_id: int,
    story_id: int,
    rule: Mapping[str, Any] | None,
    was: Mapping[str, Any] | None,
    *,
    by: UUID,
    at: datetime,
) -> None:
    if rule:
        until = datetime.fromisoformat(rule["until"])
        outbox.record(
            RuleSet(
                masthead_id=masthead_id, story_id=story_id, kind=rule["kind"], until=until,
                by=str(by), at=at,
            )
        )  # fmt: skip
    elif was:
        outbox.record(
            RuleEnded(
                masthead_id=masthead_id, story_id=story_id, kind=was["kind"], by=str(by), at=at
            )
        )


def _of_wish(wish: Wish) -> dict[str, Any]:
    return {
        "kind": wish.kind.value, "slot": wish.slot if wish.kind is RuleKind.PIN else 1,
        "factor": wish.factor if wish.kind is RuleKind.BOOST else 2.0,
        "until": wish.until.isoformat(), "reason": wish.reason.strip(),
    }  # fmt: skip


def _standing(masthead_id: int, story_id: int, *, at: datetime) -> dict[str, Any] | None:
    rows = models.EditorsRule.objects.select_for_update(of=("self",))
    row = rows.filter(masthead_id=masthead_id, story_id=story_id, until__gt=at).first()
    if row is None:
        return None
    return {**{name: getattr(row, name) for name in KEPT}, "until": row.until.isoformat()}


def _must_steer(by: UUID, masthead_id: int) -> None:
    if not people.steers(by, masthead_id):
        raise NotYours("not_yours")


def _must_be_open(masthead_id: int, wish: Wish, *, at: datetime) -> None:
    sites = mastheads.all_mastheads()
    host = next(site for site in sites if site.id == masthead_id)
    problem = why_not(host, sites, wish.story, at=at)
    if problem and (wish.kind is not RuleKind.BAN or problem == "no_story"):
        raise RuleRefused(problem, story=wish.story, site=host.name)


def _must_fit(masthead_id: int, story_id: int, rule: Mapping[str, Any], *, at: datetime) -> None:
    """Leave no two pins in one place, and most of a block to its readers."""
    if rule["kind"] != RuleKind.PIN:
        return
    others = models.EditorsRule.objects.filter(
        masthead_id=masthead_id, kind=RuleKind.PIN, until__gt=at
    ).exclude(story_id=story_id)
    slots = set(others.values_list("slot", flat=True))
    if rule["slot"] in slots:
        raise RuleRefused("taken", slot=rule["slot"])
    if len(slots) >= MOST_PINS:
        raise RuleRefused("many_pins", most=MOST_PINS)
