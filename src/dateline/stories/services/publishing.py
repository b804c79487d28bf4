"""Publish, update, correct, withdraw, schedule and embargo: one verb, one transaction, one fact."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q
from wagtail.models import Revision, TaskState

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain.errors import NeedsText, NotPublic, StoryRefused
from dateline.stories.events import StoryEmbargoed
from dateline.stories.services.alarms import raise_alarm
from dateline.stories.services.children import before_and_after
from dateline.stories.services.versions import move_start
from dateline.stories.services.wagtail_verbs import (
    TOLD,
    PublishStory,
    UnpublishStory,
    Written,
    locked,
    refuse_killed,
    without_index_tasks,
)

OWN_REVISIONS = ("latest_revision", "live_revision")  # never typed, so never checked

log = structlog.get_logger(__name__)


@transaction.atomic
def publish_story(
    story_id: int, *, by: str, at: datetime | None = None, source: str = "desk"
) -> None:
    """Make the latest draft what readers see on every masthead the story is placed on.

    `by` is the editor's name for the record; `source` is who made the text, desk or agency, as
    readers are told on the versions page. `at` is the moment of the decision, aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.
        AlreadyKilled: it was killed and not reinstated.

    """
    story = locked(story_id)
    revision = story.get_latest_revision() or story.save_revision()
    PublishStory(revision, by=by, at=at, source=source).execute(skip_permission_checks=True)


@transaction.atomic
def update_story(
    story_id: int,
    *,
    changes: Mapping[str, Any],
    by: str,
    at: datetime | None = None,
    source: str = "desk",
) -> None:
    """Give readers a new text with nothing to correct. `changes` maps field names to new values.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotPublic: readers cannot see it; publish it instead.
        AlreadyKilled: it was killed and not reinstated.

    """
    _republish(story_id, changes=changes, change="", note="", by=by, at=at, source=source)


@transaction.atomic
def correct_story(
    story_id: int,
    *,
    kind: str,
    text: str,
    by: str,
    changes: Mapping[str, Any] | None = None,
    at: datetime | None = None,
    source: str = "desk",
) -> None:
    """Put right a public story and tell readers. `kind` is `correction` or `clarification`.

    `text` is for readers: what was wrong, what is right. It appears on the story, in its feed item
    and on the versions page.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotPublic: readers cannot see it, so there is nothing to correct.
        NeedsText: `text` is empty.
        StoryRefused: `kind` is neither.

    """
    if kind not in TOLD:
        raise StoryRefused(f"{kind!r} is not a kind of correction: correction, clarification.")
    if not text.strip():
        raise NeedsText(f"Story {story_id}: a {kind} needs a note for readers.")
    _republish(story_id, changes=changes or {}, change=kind, note=text, by=by, at=at, source=source)


def _republish(
    story_id: int,
    *,
    changes: Mapping[str, Any],
    change: str,
    note: str,
    by: str,
    at: datetime | None,
    source: str,
) -> None:
    before, story = before_and_after(locked(story_id))
    refuse_killed(story)
    if not story.live:
        raise NotPublic(f"Story {story_id} is not public. Publish it first.")
    for name, value in changes.items():
        setattr(story, name, value)
    story.change_kind, story.change_note = change, note
    # The database checks its own constraints when the row is written, in this transaction.
    story.full_clean(exclude=OWN_REVISIONS, validate_constraints=False)
    story.is_published_next = not (story.go_live_at and story.go_live_at > clock.now())
    with without_index_tasks():  # publishing indexes it
        revision = story.save_revision(clean=False)
    story.is_published_next = False
    action = PublishStory(revision, by=by, at=at, source=source, written=Written(before, story))
    action.execute(skip_permission_checks=True)


@transaction.atomic
def withdraw_story(story_id: int, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Take a public story down, not for good. Its address answers 410 until it is published again.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotPublic: readers cannot see it already.

    """
    story = locked(story_id)
    if not story.live:
        raise NotPublic(f"Story {story_id} is not public, so there is nothing to withdraw.")
    UnpublishStory(story, by=by, reason=reason, at=at).execute(skip_permission_checks=True)


@transaction.atomic
def schedule_story(
    story_id: int, *, go_live_at: datetime, by: str, at: datetime | None = None
) -> None:
    """Publish the latest draft by itself at `go_live_at`, aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.
        StoryRefused: the moment is not in the future.
        AlreadyKilled: it was killed and not reinstated.

    """
    at = at or clock.now()
    if go_live_at <= max(at, clock.now()):
        raise StoryRefused(f"{go_live_at:%Y-%m-%d %H:%M UTC} is past. Choose a later moment.")
    story = locked(story_id).get_latest_revision_as_object()
    story.go_live_at = go_live_at
    revision = story.save_revision()
    PublishStory(revision, by=by, at=at).execute(skip_permission_checks=True)


@transaction.atomic
def embargo_story(
    story_id: int, *, until: datetime | None, by: str, at: datetime | None = None
) -> None:
    """Hide a story from readers until `until`, aware UTC; None lifts the desk's own embargo.

    Holds for the public text, for what is scheduled or waits for approval, and for every draft made
    from now on. An agency's embargo on the same story is not shortened by this.

    Raises:
        Story.DoesNotExist: there is no such story.

    """
    story = locked(story_id)
    draft = story.get_latest_revision_as_object()
    models.Story.objects.filter(pk=story_id).update(embargo_until=until)
    if draft is not story:
        _embargo_waiting(story, until)
        draft.embargo_until = until
        draft.save_revision()
    at = at or clock.now()
    move_start(story_id, at=at)
    outbox.record(
        StoryEmbargoed(
            story_id=story_id,
            masthead_ids=tuple(story.placements.values_list("masthead_id", flat=True)),
            at=at,
            by=by,
            until=until,
        )
    )


def _embargo_waiting(story: models.Story, until: datetime | None) -> None:
    """A text that was scheduled or handed in before the embargo must not end it."""
    handed_in = Q(task_states__status=TaskState.STATUS_IN_PROGRESS)
    waiting = story.revisions.filter(Q(approved_go_live_at__isnull=False) | handed_in).distinct()
    for revision in waiting:
        content = {**revision.content, "embargo_until": until.isoformat() if until else None}
        story.revisions.filter(pk=revision.pk).update(content=content)


def publish_due(*, at: datetime | None = None) -> int:
    """Publish what is scheduled and due, withdraw what has run out; return how many.

    Each story is its own transaction, so one that fails does not stop the others and a crash
    between two loses nothing: what is not done is still due. A failure is an alarm on the desk.
    """
    at = at or clock.now()
    expired = models.Story.objects.filter(live=True, expire_at__lte=at).order_by("expire_at")
    due = Revision.objects.filter(
        approved_go_live_at__lte=at, base_content_type__app_label="stories"
    ).order_by("approved_go_live_at")
    work: list[tuple[int, Callable[[], bool]]] = [
        (pk, partial(_withdraw_expired, pk, at)) for pk in expired.values_list("pk", flat=True)
    ]
    work += [
        (int(story_id), partial(_publish_scheduled, int(story_id), pk, at))
        for story_id, pk in due.values_list("object_id", "pk")
    ]
    return sum(_alone(story_id, verb, at) for story_id, verb in work)


def _alone(story_id: int, verb: Callable[[], bool], at: datetime) -> bool:
    """Run one story's verb; what it raises becomes an alarm and reaches no other story."""
    try:
        return verb()
    except OperationalError:
        raise  # the database's trouble, not this story's: all of it is tried again
    except Exception as error:  # noqa: BLE001 - whatever ails one story must not stop the others
        log.warning("schedule_failed", story_id=story_id, error=repr(error))
        raise_alarm(
            key=f"schedule:{story_id}:{at:%Y-%m-%d}",
            kind=models.DeskAlarm.Kind.SCHEDULE_FAILED,
            text=f"The schedule could not be kept. {error}",
            story_id=story_id,
            at=at,
        )
        return False


@transaction.atomic
def _withdraw_expired(story_id: int, at: datetime) -> bool:
    story = locked(story_id)
    if not story.live or not story.expire_at or story.expire_at > at:
        return False  # somebody was quicker, or gave it more time
    UnpublishStory(
        story, set_expired=True, reason="expired", log_action="wagtail.unpublish.scheduled"
    ).execute(skip_permission_checks=True)
    return True


@transaction.atomic
def _publish_scheduled(story_id: int, revision_id: int, at: datetime) -> bool:
    story = locked(story_id)
    revision = story.revisions.filter(pk=revision_id, approved_go_live_at__lte=at).first()
    if not revision:  # published by another worker, or its schedule was taken back
        return False
    if story.killed_at:  # a kill after scheduling wins; the schedule is void
        story.revisions.update(approved_go_live_at=None)
        return False
    PublishStory(revision, log_action="wagtail.publish.scheduled").execute(
        skip_permission_checks=True
    )
    return True
