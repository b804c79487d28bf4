"""Kill, withhold, reinstate; and the report of how long each surface took to let go."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from wagtail.log_actions import log

from dateline import clock
from dateline.media import services as media
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyKilled, NeedsText, NotKilled
from dateline.stories.events import StoryKilled, StoryReinstated, StoryWithdrawn
from dateline.stories.services.alarms import raise_alarm
from dateline.stories.services.pictures import pictures_of, used_elsewhere
from dateline.stories.services.versions import close_version, move_start
from dateline.stories.services.wagtail_verbs import locked


@transaction.atomic
def kill_story(
    story_id: int,
    *,
    reason: str,
    by: str,
    source: str = "desk",
    user: Any = None,
    at: datetime | None = None,
) -> int:
    """Take a story down everywhere, for good, and keep the record of why; return the report's id.

    The origin answers 410 Gone from the next request. Pictures used by no other public story go
    with it. Cached copies, feeds and unsent mail follow when StoryKilled is delivered, and the
    report fills with the seconds each surface took. An alarm stays on the desk until someone
    acknowledges it. Same meaning as IPTC pubStatus "canceled" (NewsML-G2 2.35).

    `by` is who decided, a person or an agency; `source` is desk or agency. `at` is aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.
        AlreadyKilled: it was killed before; the message gives the time.
        NeedsText: no reason was given.

    """
    if not reason.strip():
        raise NeedsText(f"Story {story_id}: a kill needs a reason.")
    story = locked(story_id)
    if story.killed_at:
        raise AlreadyKilled(f"Story {story_id} was killed at {story.killed_at:%H:%M UTC, %d %B}.")
    at = at or clock.now()
    mastheads = tuple(story.placements.values_list("masthead_id", flat=True).order_by("masthead"))
    report = models.KillReport.objects.create(
        story=story, reason=reason, by=by, source=source, killed_at=at
    )
    _take_down(story, reason=reason, by=by, at=at)
    _kill_pictures(story, reason=reason, by=by, at=at)
    log(instance=story, action="dateline.kill", user=user, data={"reason": reason, "by": by})
    raise_alarm(
        key=f"kill:{report.pk}",
        kind=models.DeskAlarm.Kind.KILL,
        text=f"Killed by {by}: {reason}",
        story_id=story.pk,
        at=at,
    )
    outbox.record(
        StoryKilled(
            story_id=story.pk, masthead_ids=mastheads, report_id=report.pk, at=at, by=by,
            reason=reason,
        )
    )  # fmt: skip
    return report.pk


def _take_down(story: models.Story, *, reason: str, by: str, at: datetime) -> None:
    story.live, story.has_unpublished_changes, story.live_revision = False, True, None
    story.killed_at, story.killed_by, story.kill_reason = at, by, reason
    story.save(
        update_fields=[
            "live", "has_unpublished_changes", "live_revision",
            "killed_at", "killed_by", "kill_reason",
        ]
    )  # fmt: skip
    story.revisions.update(approved_go_live_at=None)
    close_version(story.pk, at=at)
    workflow = story.current_workflow_state
    if workflow:
        workflow.cancel()


def _kill_pictures(story: models.Story, *, reason: str, by: str, at: datetime) -> None:
    for picture in pictures_of(story):
        if not picture.killed_at and not used_elsewhere(picture.pk, story_id=story.pk):
            media.kill_picture(picture.pk, reason=f"With story {story.pk}: {reason}", by=by, at=at)


@transaction.atomic
def reinstate_story(story_id: int, *, by: str, at: datetime | None = None) -> None:
    """Lift a kill. The story is a draft again; nothing is public until someone publishes it.

    Pictures that went with the story come back with it.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotKilled: it is not killed.

    """
    story = locked(story_id)
    if not story.killed_at:
        raise NotKilled(f"Story {story_id} is not killed.")
    at = at or clock.now()
    for picture in pictures_of(story):
        if picture.killed_at == story.killed_at:
            media.reinstate_picture(picture.pk, by=by, at=at)
    story.kill_reports.filter(reinstated_at=None).update(reinstated_at=at)
    story.killed_at, story.killed_by, story.kill_reason = None, "", ""
    story.save(update_fields=["killed_at", "killed_by", "kill_reason"])
    log(instance=story, action="dateline.reinstate", data={"by": by})
    outbox.record(StoryReinstated(story_id=story.pk, at=at, by=by))


@transaction.atomic
def withhold_story(story_id: int, *, reason: str, by: str, at: datetime | None = None) -> None:
    """Close the gate until someone lifts it: IPTC pubStatus "withheld", or doubts of the desk.

    Does nothing to a story that is withheld already.

    Raises:
        Story.DoesNotExist: there is no such story.

    """
    story = locked(story_id)
    if story.withheld_at:
        return
    at = at or clock.now()
    story.withheld_at, story.withheld_by, story.withheld_reason = at, by, reason
    story.save(update_fields=["withheld_at", "withheld_by", "withheld_reason"])
    move_start(story_id, at=at)
    outbox.record(
        StoryWithdrawn(
            story_id=story.pk,
            masthead_ids=tuple(story.placements.values_list("masthead_id", flat=True)),
            at=at,
            by=by,
            reason=reason,
        )
    )


@transaction.atomic
def lift_hold(story_id: int, *, by: str, at: datetime | None = None) -> None:
    """Open the gate again for a withheld story; what was public is public again.

    The same for one the agency has since declared to be for editors only: a person knows better.
    A legal demand behind it stays on the record as lifted.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotKilled: it is not withheld.

    """
    story = locked(story_id)
    if not story.withheld_at and not story.agency_advisory_at:
        raise NotKilled(f"Story {story_id} is not withheld.")
    at = at or clock.now()
    story.withheld_at, story.withheld_by, story.withheld_reason = None, "", ""
    story.legal_demands.filter(lifted_at=None).update(lifted_at=at)
    story.agency_advisory_at = None
    story.save(
        update_fields=["withheld_at", "withheld_by", "withheld_reason", "agency_advisory_at"]
    )
    move_start(story_id, at=at)
    outbox.record(StoryReinstated(story_id=story.pk, at=at, by=by))


def list_surfaces(report_id: int, surfaces: Iterable[tuple[str, str]]) -> None:
    """Note which (surface, address) pairs showed a killed story; repeated calls add nothing."""
    models.KillSurface.objects.bulk_create(
        [models.KillSurface(report_id=report_id, surface=s, url=u) for s, u in surfaces],
        ignore_conflicts=True,
    )


class Seen(NamedTuple):
    """What was found at an address; `clear_at` (aware UTC) is None where the story is there."""

    url: str
    found: str
    clear_at: datetime | None


@transaction.atomic
def note_surfaces(report_id: int, seen: Iterable[Seen]) -> None:
    """Note what was seen at addresses of a report; the first moment at which one was clear stays.

    One transaction for all: each would keep whoever publishes waiting.
    """
    rows = models.KillSurface.objects.select_for_update().filter(report_id=report_id)
    by_url = {row.url: row for row in rows}
    for one in seen:
        row = by_url[one.url]
        row.found, row.clear_at = one.found, row.clear_at or one.clear_at
    models.KillSurface.objects.bulk_update(by_url.values(), ["found", "clear_at"])
