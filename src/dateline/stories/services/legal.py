"""Withhold a story because the law demands it, and tell readers who demanded that and why."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.domain.errors import AlreadyDemanded, NotDemanded, RepeatsTheStory
from dateline.stories.domain.legal import Demand, repeated
from dateline.stories.events import LegalDemandTold
from dateline.stories.services import kills
from dateline.stories.services.wagtail_verbs import locked, refuse_killed


@transaction.atomic
def withhold_by_law(
    story_id: int,
    demand: Demand,
    *,
    reason: str,
    by: str,
    user: Any = None,
    at: datetime | None = None,
) -> None:
    """Close the gate for a story and answer 451 with who demanded that and why (RFC 7725).

    A story that is withheld already stays so, and from now on only a person of ours can lift that:
    an agency that sends it again cannot. `reason` is for the desk. `at` is aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.
        AlreadyKilled: it was killed, and readers are told so.
        AlreadyDemanded: readers are told of a demand already.
        RepeatsTheStory: what readers would be told repeats its headline.

    """
    story, at = locked(story_id), at or clock.now()
    refuse_killed(story)
    _refuse_repeating(story, demand)
    if story.legal_demands.filter(lifted_at=None).exists():
        raise AlreadyDemanded(f"Story {story_id}: readers are told of a demand. Change its words.")
    models.LegalDemand.objects.create(story=story, told_at=at, told_by=by, **_columns(demand))
    _note(story, "dateline.withhold_by_law", demand, user=user, reason=reason, by=by)
    if story.withheld_at:
        story.withheld_by, story.withheld_reason = by, reason
        story.save(update_fields=["withheld_by", "withheld_reason"])
        outbox.record(LegalDemandTold(story_id=story.pk, at=at, by=by))
    else:
        kills.withhold_story(story_id, reason=reason, by=by, at=at)


@transaction.atomic
def tell_demand(
    story_id: int, demand: Demand, *, by: str, user: Any = None, at: datetime | None = None
) -> None:
    """Tell readers of the demand in force in other words; the story's history keeps the old ones.

    `at` is aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.
        NotDemanded: no legal demand is in force against it.
        RepeatsTheStory: what readers would be told repeats its headline.

    """
    story = locked(story_id)
    row = story.legal_demands.filter(lifted_at=None).first()
    if row is None:
        raise NotDemanded(f"No legal demand withholds story {story_id}.")
    _refuse_repeating(story, demand)
    columns = _columns(demand)
    before = {name: getattr(row, name) for name in columns}
    if before == columns:
        return
    models.LegalDemand.objects.filter(pk=row.pk).update(**columns)
    _note(story, "dateline.tell_demand", demand, user=user, by=by, before=_plain(before))
    outbox.record(LegalDemandTold(story_id=story.pk, at=at or clock.now(), by=by))


def _refuse_repeating(story: models.Story, demand: Demand) -> None:
    headline = repeated(demand, (story.headline, story.short_headline))
    if headline:
        raise RepeatsTheStory(
            f"Readers would be told “{headline}”, the headline they may not read. Say it without."
        )


def _columns(demand: Demand) -> dict[str, Any]:
    return {
        "ground": demand.ground.value, "demanded_by": demand.by, "place": demand.place,
        "reference": demand.reference, "made_on": demand.made_on, "copy_url": demand.copy_url,
        "words": {language: text for language, text in demand.words.items() if text.strip()},
    }  # fmt: skip


def _note(story: models.Story, action: str, demand: Demand, *, user: Any, **more: Any) -> None:
    said = {**_plain(_columns(demand)), **more}
    log(instance=story, action=action, user=user, data=said)


def _plain(columns: dict[str, Any]) -> dict[str, Any]:
    """As JSON can keep it."""
    made_on = columns["made_on"]
    return {**columns, "made_on": made_on.isoformat() if made_on else None}
