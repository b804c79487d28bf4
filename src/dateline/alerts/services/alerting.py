"""Write an alert, confirm it, take it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from dateline.alerts import models
from dateline.alerts.domain.duplicates import Sent, refuse_twice
from dateline.alerts.domain.errors import AlertRefused
from dateline.alerts.domain.kinds import (
    CONFIRM_WITHIN,
    LONGEST_TEXT,
    AlertClass,
    Change,
    Fate,
    State,
)
from dateline.alerts.events import AlertAsked, AlertReleased, AlertWithdrawn
from dateline.alerts.services import mail_digests
from dateline.alerts.services.alerters import must_send
from dateline.mail.services import mailings
from dateline.outbox import services as outbox
from dateline.stories.domain.gate import Use
from dateline.stories.queries import reading as stories

UNDER_WAY = (State.ASKING, State.READY, State.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One alert as somebody wrote it. `key` is of the form, so that it is sent once."""

    key: UUID
    masthead_id: int
    story_id: int
    alert_class: AlertClass
    text: str
    topic_id: int | None = None


@transaction.atomic
def send_alert(wording: Wording, *, by: UUID, at: datetime) -> int:
    """Release an alert, or, a breaking one, ask for a second person; return its id.

    It leaves within seconds of its release, after every cache has let go of old pages of the story.
    `at` is aware UTC.

    Raises:
        NotYours: `by` does not send this masthead's alerts.
        Duplicate: readers have had it.
        AlertRefused: a text of no or too many characters, a story that may not be shown there, a
            topic that is not its own.

    """
    must_send(by, wording.masthead_id)
    text = " ".join(wording.text.split())
    _check(wording, text, at=at)
    asking = wording.alert_class is AlertClass.BREAKING
    row = models.Alert.objects.create(
        key=wording.key, masthead_id=wording.masthead_id, story_id=wording.story_id,
        alert_class=wording.alert_class, topic_id=wording.topic_id, text=text,
        state=State.ASKING if asking else State.READY, made_by_id=by, made_at=at,
        asks_until=at + CONFIRM_WITHIN if asking else None,
    )  # fmt: skip
    if asking:
        outbox.record(AlertAsked(alert_id=row.pk, by=str(by), at=at))
    else:
        _released(row, by=by, at=at)
    return row.pk


@transaction.atomic
def confirm(alert_id: int, *, by: UUID, at: datetime) -> None:
    """Release a breaking alert that somebody else wrote. `at` is aware UTC.

    Raises:
        NotYours: `by` does not send this masthead's alerts.
        AlertRefused: they wrote it themselves, it waits no more, or its story may not be shown.

    """
    row = models.Alert.objects.select_for_update().get(pk=alert_id)
    must_send(by, row.masthead_id)
    if row.state != State.ASKING:
        raise AlertRefused(f"The alert is {row.state} already.")
    if row.made_by_id == by:
        raise AlertRefused("You wrote it. A second person confirms it.")
    if row.asks_until and at >= row.asks_until:
        raise AlertRefused(f"It lapsed at {row.asks_until:%H:%M UTC}. Write it again.")
    _must_be_open(row.story_id, row.masthead_id, at=at)
    row.state, row.confirmed_by_id, row.confirmed_at = State.READY, by, at
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _released(row, by=by, at=at)


@transaction.atomic
def withdraw(alert_id: int, *, reason: str, text: str, by: UUID, at: datetime) -> None:
    """Take an alert back: what has not left stays, and `text` takes the place of what was shown.

    `text` is for readers, in their language; `reason` for the desk. `at` is aware UTC.

    Raises:
        NotYours: `by` does not send this masthead's alerts.
        AlertRefused: it was taken back before, or lapsed.

    """
    row = models.Alert.objects.select_for_update().get(pk=alert_id)
    must_send(by, row.masthead_id)
    if row.state in {State.WITHDRAWN, State.LAPSED}:
        raise AlertRefused(f"The alert is {row.state} already.")
    take_back(row, reason=reason, by=str(by), at=at)
    replace(row, text, change=Change.WITHDRAWS, mark="withdrawn", at=at)


def take_back(row: models.Alert, *, reason: str, by: str, at: datetime) -> None:
    """Stop what has not left of an alert, pushes and mails. In a transaction; `at` is UTC."""
    row.state, row.ended_at, row.why = State.WITHDRAWN, at, reason[:300]
    row.save(update_fields=["state", "ended_at", "why"])
    mine = models.Push.objects.filter(alert=row.pk, digest=None)
    mine.filter(fate__in=[Fate.WAITING, Fate.CHOSEN, Fate.HELD]).update(fate=Fate.STOPPED, at=at)
    now = models.Alert.objects.select_for_update().get(pk=row.pk)
    if now.mailing_id is not None:
        mailings.stop(now.mailing_id, why=reason, at=at)
    mail_digests.redraw(row.pk, at=at)
    outbox.record(AlertWithdrawn(alert_id=row.pk, by=by, at=at, reason=reason))


def replace(row: models.Alert, text: str, *, change: Change, mark: str, at: datetime) -> int | None:
    """Put another text where an alert was shown; return its id, or None where nobody was shown it.

    It has the same Topic, so that a push service that still holds the first delivers only this one,
    and a browser shows it in the first one's place, silently. `mark` names the reason: the same is
    done once. Inside a transaction; `at` is aware UTC.
    """
    key = uuid5(row.key, mark)
    shown = models.Push.objects.filter(Q(fate=Fate.SENT) | ~Q(digest=None), alert=row.pk)
    if not shown.exists() or models.Alert.objects.filter(key=key).exists():
        return None
    made = models.Alert.objects.create(
        key=key, masthead_id=row.masthead_id, story_id=row.story_id,
        alert_class=row.alert_class, topic_id=row.topic_id, text=text[:LONGEST_TEXT],
        change=change, instead_of=row, state=State.READY, made_at=at,
    )  # fmt: skip
    _released(made, by=None, at=at)
    return made.pk


def lapse_due(*, at: datetime) -> int:
    """Let breaking alerts lapse that nobody confirmed in time; return how many. Aware UTC."""
    late = models.Alert.objects.filter(state=State.ASKING, asks_until__lte=at)
    if not late.exists():
        return 0  # asked again and again: it takes no write lock for nothing
    return late.update(state=State.LAPSED, ended_at=at)


def is_open(story_id: int, masthead_id: int, *, at: datetime) -> bool:
    """Whether the gate lets an alert of this story go to this masthead's readers now."""
    open_now: Any = stories.open_placements(use=Use.ALERT, at=at)
    return bool(open_now.filter(story_id=story_id, masthead_id=masthead_id).exists())


def _check(wording: Wording, text: str, *, at: datetime) -> None:
    if not 1 <= len(text) <= LONGEST_TEXT:
        raise AlertRefused(f"That is {len(text)} characters; the limit is {LONGEST_TEXT}.")
    is_topic = wording.alert_class is AlertClass.TOPIC
    if is_topic and wording.topic_id not in stories.topics_of(wording.story_id):
        raise AlertRefused("Choose a topic of the story.")
    _must_be_open(wording.story_id, wording.masthead_id, at=at)
    earlier = models.Alert.objects.filter(masthead=wording.masthead_id, instead_of=None)
    earlier = earlier.exclude(state__in=[State.WITHDRAWN, State.LAPSED])
    same = earlier.filter(story=wording.story_id) | models.Alert.objects.filter(key=wording.key)
    refuse_twice(
        Sent(wording.key, wording.story_id, wording.alert_class, at),
        [Sent(row.key, row.story_id, AlertClass(row.alert_class), row.made_at) for row in same],
    )


def _must_be_open(story_id: int, masthead_id: int, *, at: datetime) -> None:
    if not is_open(story_id, masthead_id, at=at):
        raise AlertRefused("Readers of this masthead may not be alerted to this story now.")


def _released(row: models.Alert, *, by: UUID | None, at: datetime) -> None:
    outbox.record(
        AlertReleased(
            alert_id=row.pk, story_id=row.story_id, masthead_id=row.masthead_id,
            by=str(by or ""), at=at,
        )
    )  # fmt: skip
