"""What an agency allows for its text: embargo, rights, terms; true at once, edited or not."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from dateline import clock
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.events import StoryTermsChanged
from dateline.stories.services.versions import move_start
from dateline.stories.services.wagtail_verbs import locked
from dateline.wire.domain import standing
from dateline.wire.domain.item import Usability
from dateline.wire.queries import items as wire


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyTerms:
    """What stands over a story, as the fields of Story are named. Moments are aware UTC."""

    agency_embargo_until: datetime | None
    agency_rights_until: datetime | None
    agency_usage_terms: str | None
    agency_advisory_at: datetime | None


@transaction.atomic
def take_terms(story_id: int, *, at: datetime | None = None) -> bool:
    """Bring a story's agency terms to what its wire family says now; return whether they changed.

    The newest usable version gives them. Versions after it that wait for a person can only tighten
    them, and one that is not for readers closes the story. Each newest version is taken once, so
    a fact delivered late undoes nothing that a person has decided since. A family with nothing but
    recalled versions leaves the terms as they are. NewsML-G2 2.35: `embargoed`, `expires`,
    `usageTerms`. `at` is aware UTC.

    Raises:
        Story.DoesNotExist: there is no such story.

    """
    story = locked(story_id)
    if not story.provider_id:
        return False
    known = wire.family_standings(story.provider_id, story.wire_family)
    newest = standing.newest_of(known)
    if newest is None or newest.arrival == story.agency_item_id:
        return False
    at = at or clock.now()
    before = _standing_over(story)
    terms = _terms(known, newest, before, at)
    models.Story.objects.filter(pk=story_id).update(agency_item_id=newest.arrival, **asdict(terms))
    if terms == before:
        return False
    move_start(story_id, at=at)
    _tell(story, by=wire.item_row(newest.arrival).provider.name, at=at)
    return True


def _standing_over(story: models.Story) -> AgencyTerms:
    return AgencyTerms(
        agency_embargo_until=story.agency_embargo_until,
        agency_rights_until=story.agency_rights_until,
        agency_usage_terms=story.agency_usage_terms,
        agency_advisory_at=story.agency_advisory_at,
    )


def _terms(
    known: list[standing.Standing], newest: standing.Standing, before: AgencyTerms, at: datetime
) -> AgencyTerms:
    usable = standing.newest_usable(known)
    terms, after = before, known
    if usable:
        terms = _as_sent(wire.item_row(usable.arrival), before)
        after = [s for s in known if standing.order_of(s) > standing.order_of(usable)]
    for one in sorted(after, key=standing.order_of):
        if one.usability in {Usability.HELD, Usability.NOT_FOR_READERS} and not one.recalls:
            terms = _tightened(terms, wire.item_row(one.arrival))
    return replace(terms, agency_advisory_at=_advisory(newest, before, at))


def _as_sent(item: Any, before: AgencyTerms) -> AgencyTerms:
    return replace(
        before,
        agency_embargo_until=item.embargo_until,
        agency_rights_until=item.expires_at,
        agency_usage_terms=item.usage_terms,
    )


def _tightened(terms: AgencyTerms, item: Any) -> AgencyTerms:
    """The stricter of what stands and what a version that waits for a person says."""
    embargoes = [m for m in (terms.agency_embargo_until, item.embargo_until) if m]
    ends = [m for m in (terms.agency_rights_until, item.expires_at) if m]
    return replace(
        terms,
        agency_embargo_until=max(embargoes, default=None),
        agency_rights_until=min(ends, default=None),
        agency_usage_terms=item.usage_terms or terms.agency_usage_terms,
    )


def _advisory(newest: standing.Standing, before: AgencyTerms, at: datetime) -> datetime | None:
    if newest.usability is Usability.NOT_FOR_READERS:
        return before.agency_advisory_at or at
    return None if newest.usability is Usability.USABLE else before.agency_advisory_at


def _tell(story: models.Story, *, by: str, at: datetime) -> None:
    if story.live:
        outbox.record(
            StoryTermsChanged(
                story_id=story.pk,
                masthead_ids=tuple(story.placements.values_list("masthead_id", flat=True)),
                at=at,
                by=by,
            )
        )
