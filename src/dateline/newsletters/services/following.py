"""Letters that have not left follow their stories: a killed one goes, a corrected one is right."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from dateline.mastheads import queries as mastheads
from dateline.newsletters import models
from dateline.newsletters.domain.editions import (
    UNSENT,
    Content,
    EditionState,
    content_of,
    is_empty,
    refreshed,
    without_story,
)
from dateline.newsletters.queries import material
from dateline.newsletters.services import sending
from dateline.newsletters.services.editions import keep
from dateline.prepared import Prepared

ON_ITS_WAY = [state.value for state in (*UNSENT, EditionState.SENDING)]
_editions = Prepared[int](
    lambda *, story: (
        models.Carried.objects.filter(story_id=story, edition__state__in=ON_ITS_WAY)
        .order_by("edition_id")
        .values_list("edition_id", flat=True)
    )
)


def take_out_closed(story_id: int, *, at: datetime) -> int:
    """Take a story out of every letter that has not left where the gate is closed; return how many.

    What is on its way is cut anew for whoever has not got it, or stopped where nothing is left.
    A subject that names the story gets another. `at` is aware UTC. Safe to run twice.
    """
    return sum(_take_out(pk, story_id, at=at) for pk in _with(story_id))


def take_correction(story_id: int, *, at: datetime) -> int:
    """Bring what a story says now into every letter that has not left. Else as above."""
    return sum(_correct(pk, story_id, at=at) for pk in _with(story_id))


def _with(story_id: int) -> Iterable[int]:
    return _editions(story=story_id)


def _take_out(edition_id: int, story_id: int, *, at: datetime) -> bool:
    with transaction.atomic():
        row = _locked(edition_id)
        content = content_of(row.content)
        own = [item for item in content.items if item.story_id == story_id]
        if row.state not in ON_ITS_WAY or not own or material.still_open(own, at=at):
            return False
        left = without_story(content, story_id)
        for item in own:
            for words in (item.headline, item.source):
                _unsay(row, words, left)
        keep(row, left, "story_gone", by=None, at=at, told=str(story_id))
        if is_empty(left) and row.state in {EditionState.SCHEDULED, EditionState.SENDING}:
            sending.stop_empty(row, at=at)
            return True
    sending.cut_anew(edition_id, at=at)
    return True


def _correct(edition_id: int, story_id: int, *, at: datetime) -> bool:
    with transaction.atomic():
        row = _locked(edition_id)
        content = content_of(row.content)
        own = [item for item in content.items if item.story_id == story_id]
        if row.state not in ON_ITS_WAY or not own:
            return False
        site = mastheads.by_slug(own[0].site)
        now = material.story_now(site, story_id, at=at) if site else None
        if now is None or replace(now, path=own[0].path) == own[0]:
            return False
        for name in ("subject", "preheader"):
            setattr(row, name, getattr(row, name).replace(own[0].headline, now.headline))
        keep(row, refreshed(content, now), "corrected", by=None, at=at, told=now.headline)
    sending.cut_anew(edition_id, at=at)
    return True


def _locked(edition_id: int) -> models.Edition:
    rows = models.Edition.objects.select_related("newsletter").select_for_update(of=("self",))
    return rows.get(pk=edition_id)


def _unsay(row: models.Edition, words: str, left: Content) -> None:
    """Take a story's words out of subject and preheader: those are read before the letter is."""
    if words in row.subject:
        row.subject = left.items[0].headline[:120] if left.items else row.newsletter.name
    if words in row.preheader:
        row.preheader = " · ".join(item.headline for item in left.items[1:3])[:140]
