"""A kill that an agency asks for in words only: proposed to a person, who says what is meant."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from dateline import clock
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyDecided, AlreadyKilled, NeedsText
from dateline.stories.domain.resemblance import Notice, Suspect, why
from dateline.stories.proposals import WITHIN, Proposal, notice_of, proposal
from dateline.stories.services import kills
from dateline.stories.services.alarms import raise_alarm
from dateline.wire.queries import items as wire
from dateline.wire.queries import notices
from dateline.wire.services.recalls import recall_by_hand

log = structlog.get_logger(__name__)
Verb = models.KillProposal.Verb
Outcome = models.KillProposal.Outcome


@transaction.atomic
def propose(item_id: int, *, about: int | None = None, at: datetime | None = None) -> int:
    """Put a notice that asks for a kill or a hold on the desk; return the alarm's id.

    It stays until somebody decides. Said twice, it is one alarm. `about` is an item that came in
    after the notice was dealt with. `at` is aware UTC, now if left out.

    Raises:
        WireItem.DoesNotExist: there is no such notice.

    """
    item = wire.item_row(item_id)
    verb = Verb.KILL if notices.KILLS in notices.asked_in_words(item) else Verb.HOLD
    words = item.headline or item.slugline or item.caption or "no headline"
    alarm_id = raise_alarm(
        key=f"proposed:{item_id}:{about or ''}",
        kind=models.DeskAlarm.Kind.KILL_PROPOSED,
        text=f"{item.provider.name} asks in words to {verb.value} something: “{words}”."
        + (" What it may mean came in after it was dealt with." if about else ""),
        wire_item_id=item_id,
        at=at,
    )
    models.KillProposal.objects.get_or_create(
        alarm_id=alarm_id, defaults={"verb": verb, "noticed_at": item.received_at}
    )
    return alarm_id


def confirm(
    alarm_id: int,
    *,
    story_ids: Collection[int],
    item_ids: Collection[int] = (),
    reason: str,
    by: str,
    user: Any = None,
    at: datetime | None = None,
) -> list[int]:
    """Do what the agency asked, to these of the proposed stories and items; return story ids done.

    Stories are killed or withheld, each in its own transaction: one cannot keep another up. Items
    are recalled, so that no story can be made of them, now or when they come again; so is the
    family of every story, unless another story of it was left standing. With nothing proposed yet
    the notice is remembered: what it means is not published by itself within two days of it.

    Raises:
        DeskAlarm.DoesNotExist: there is no such alarm.
        AlreadyDecided: somebody was quicker.
        NeedsText: no reason was given, or nothing was chosen of what is proposed.
        ExceptionGroup: what kept some stories up, when the others are down. The alarm stays.

    """
    found = _open(alarm_id)
    chosen = [c for c in found.candidates if c.id in (story_ids if c.is_story else item_ids)]
    if not reason.strip():
        raise NeedsText("Write why. The record keeps it.")
    if found.candidates and not chosen:
        raise NeedsText("Tick what is meant, or say that it is not a kill.")
    at = at or clock.now()
    hold = found.row.verb == Verb.HOLD
    done = _each([c.id for c in chosen if c.is_story], _verb(hold, reason, by, user, at))
    left = {c.family for c in found.candidates if c.is_story and c not in chosen}
    families = sorted({c.family for c in chosen if c.family} - left)
    recall_by_hand(found.item.pk, families, reason=reason, by=by, hold=hold, at=at)
    _decide(found.row, Outcome.DONE, reason=reason, by=by, at=at)
    return done


def _verb(hold: bool, reason: str, by: str, user: Any, at: datetime) -> Callable[[int], Any]:
    if hold:
        return lambda story_id: kills.withhold_story(story_id, reason=reason, by=by, at=at)
    return lambda story_id: kills.kill_story(story_id, reason=reason, by=by, user=user, at=at)


def _each(story_ids: Iterable[int], verb: Callable[[int], Any]) -> list[int]:
    done, failed = [], []
    for story_id in story_ids:
        try:
            verb(story_id)
        except AlreadyKilled:
            continue  # somebody was quicker
        except Exception as error:
            log.exception("story_not_taken_down", story_id=story_id)
            failed.append(error)  # raised below, once the others are down
        else:
            done.append(story_id)
    if failed:
        raise ExceptionGroup("Stories could not be taken down.", failed)
    return done


def dismiss(alarm_id: int, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Say that a notice asks for no kill of ours, and why; the record keeps it.

    Raises:
        DeskAlarm.DoesNotExist: there is no such alarm.
        AlreadyDecided: somebody was quicker.
        NeedsText: no reason was given.

    """
    found = _open(alarm_id)
    if not reason.strip():
        raise NeedsText("Write why it is not a kill. The record keeps it.")
    _decide(found.row, Outcome.NOT_MEANT, reason=reason, by=by, at=at or clock.now())


def _open(alarm_id: int) -> Proposal:
    found = proposal(alarm_id)
    if found.row.outcome:
        raise AlreadyDecided(
            f"{found.row.alarm.acknowledged_by} has decided this already: "
            f"{found.row.get_outcome_display()}."
        )
    return found


@transaction.atomic
def _decide(row: models.KillProposal, outcome: str, *, reason: str, by: str, at: datetime) -> None:
    models.KillProposal.objects.filter(pk=row.pk, outcome="").update(outcome=outcome, reason=reason)
    models.DeskAlarm.objects.filter(pk=row.alarm_id, acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_by=by
    )


def is_meant(item: Any, *, at: datetime | None = None) -> bool:
    """Whether a notice of the last two days asks for this item's kill, so that it must wait.

    Asked before an item is published by itself: the notice may have been quicker than its
    original. Where the notice is dealt with already, what came later is proposed anew; unless the
    agency made it after the notice, as it makes a corrected story.
    """
    waiting = models.KillProposal.objects.exclude(outcome=Outcome.NOT_MEANT).filter(
        noticed_at__gte=item.received_at - WITHIN, alarm__wire_item__provider_id=item.provider_id
    )
    meant = False
    for row in waiting.select_related("alarm").order_by("pk"):
        notice = wire.item_row(row.alarm.wire_item_id or 0)
        if _means(notice_of(notice), item) and not (row.outcome and _made_after(item, notice)):
            meant = True
            if row.outcome:
                propose(notice.pk, about=item.pk, at=at)
    return meant


def _means(notice: Notice, item: Any) -> bool:
    if notice.means_a_picture != (item.kind == "picture"):
        return False
    suspect = Suspect(
        families=frozenset({item.family}),
        sluglines=(item.slugline,),
        headlines=(item.headline, item.caption),
    )
    return any(reason.strong for reason in why(notice, suspect))


def _made_after(item: Any, notice: Any) -> bool:
    made, noticed = item.version_created_at, notice.version_created_at
    return bool(made and noticed and made > noticed)
