"""What saved searches find anew comes as one mail each, when it is due.

A digest is written down first, with each story it tells: no story is told twice to the same search.
Then its mailing is frozen under its number, so whatever dies in between, the next run goes on there
and nobody is written to twice. One search is one mailing: its way out leaves that search alone.
What fails for one reader is tried again a few times, and keeps no other reader waiting.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction

from dateline.alerts import models
from dateline.alerts.domain.searches import (
    LOOKED_BACK,
    MOST_LISTED,
    MOST_TOLD,
    SearchPace,
    next_due,
    scope_of,
)
from dateline.alerts.queries.searches import letter_of, listed, site_of
from dateline.alerts.services.freezing import freeze_once
from dateline.alerts.services.one_by_one import MOST_TRIES, alone, let_rest, rested
from dateline.mail.services import mailings
from dateline.mail.services.mailings import Recipient
from dateline.mail.services.recutting import recut
from dateline.outbox.domain import wait_after
from dateline.prepared import Prepared
from dateline.search.queries import EngineAway
from dateline.stories.domain.gate import Use
from dateline.stories.queries import searching
from dateline.stories.queries.searching import PAGE, Asked

log = structlog.get_logger("dateline.alerts")

AT_ONCE = 200  # searches of one run: each costs a question
TOO_OLD = timedelta(hours=36)
NAME = "search_digest"
NOTHING_LEFT = "No story in it may be shown any more."
_with = Prepared[models.SearchDigest](
    lambda *, story, since: (
        models.SearchDigest.objects.filter(hits__story=story, made_at__gt=since)
        .exclude(mailing=None)
        .select_related("saved")
    )
)


def gather(*, at: datetime) -> int:
    """Look for what is due, and hand on what was found; return how many searches were looked at.

    While search does not answer, all of it waits. `at` is aware UTC.
    """
    due = models.SavedSearch.objects.filter(due_at__lte=at).order_by("due_at", "pk")
    done = 0
    for row in list(due[:AT_ONCE]):
        try:
            alone(NAME, partial(_look, row, at=at), partial(_look_again, row, at=at))
        except EngineAway:
            break
        done += 1
    digests = models.SearchDigest.objects.all()
    for pk in rested(digests, at=at):
        again = partial(let_rest, digests, pk, name=NAME, at=at)
        alone(NAME, partial(_hand_on, pk, at=at), again)
    return done


def redraw(story_id: int, *, at: datetime) -> None:
    """Take a story that may be shown no more out of digests that have not wholly left.

    One in which none is left stops. Also gives them its words of now. `at` is aware UTC; safe
    twice.
    """
    for digest in _with(story=story_id, since=at - TOO_OLD):
        _put_right(digest, digest.mailing_id, at=at)


@transaction.atomic
def _look_again(row: models.SavedSearch, *, at: datetime) -> None:
    """Put a search off for a little while; after too many failures, until its next turn."""
    tries = row.tries + 1
    wait, given_up = at + wait_after(tries), tries >= MOST_TRIES
    if given_up:
        log.error("saved_search_put_off", saved_search=row.pk, tries=tries)
        wait = next_due(SearchPace(row.pace), row.time_zone, after=at)
    mine = models.SavedSearch.objects.filter(pk=row.pk, due_at=row.due_at)
    mine.update(due_at=wait, tries=0 if given_up else tries)


def _look(row: models.SavedSearch, *, at: datetime) -> int:
    found = _found(row, at=at)
    told = set(row.hits.filter(story__in=found).values_list("story_id", flat=True))
    fresh = [one for one in found if one not in told]
    _write_down(row, fresh, at=at)
    return len(fresh)


def _found(row: models.SavedSearch, *, at: datetime) -> list[int]:
    """The stories of a search since it was confirmed, newest first; so far back as may be new."""
    site, looked = site_of(row), row.looked_at or at
    since = max(row.confirmed_at or at, looked - LOOKED_BACK)
    found: dict[int, None] = {}
    for page in range(1, MOST_TOLD // PAGE + 1):
        asked = Asked(row.typed, page=page, narrowed=row.narrowed, since=since)
        results = searching.find(site, asked, at=at, use=Use.NEWSLETTER)
        found |= dict.fromkeys(one.card.story_id for one in results.items)
        if not results.has_next:
            break
    return list(found)


@transaction.atomic
def _write_down(row: models.SavedSearch, fresh: Sequence[int], *, at: datetime) -> None:
    """Keep what a search tells now; one that another worker took since is left to that."""
    due = next_due(SearchPace(row.pace), row.time_zone, after=at)
    mine = models.SavedSearch.objects.filter(pk=row.pk, due_at=row.due_at)
    if not mine.update(due_at=due, looked_at=at, tries=0) or not fresh:
        return
    digest = models.SearchDigest.objects.create(saved=row, total=len(fresh), made_at=at)
    models.SearchHit.objects.bulk_create(
        models.SearchHit(saved=row, digest=digest, story_id=story, listed=place < MOST_LISTED)
        for place, story in enumerate(fresh)
    )


def _hand_on(digest_id: int, *, at: datetime) -> int:
    digest = models.SearchDigest.objects.select_related("saved").get(pk=digest_id)
    cards = listed(digest, at=at)
    if not cards or digest.saved.due_at is None:
        models.SearchDigest.objects.filter(pk=digest_id, closed_at=None).update(closed_at=at)
        return 0
    saved = digest.saved
    number = freeze_once(
        f"alerts.search:{digest_id}", letter_of(digest, cards), site=site_of(saved),
        scope=scope_of(saved.pk), at=at,
        readers=iter([Recipient(address=saved.address, person=saved.person)]),
    )  # fmt: skip
    return _let_go(digest_id, number, at=at) if number else 0


@transaction.atomic
def _let_go(digest_id: int, number: int, *, at: datetime) -> int:
    """Let a frozen digest leave, with the stories of now."""
    rows = models.SearchDigest.objects.select_for_update(of=("self",)).select_related("saved")
    digest = rows.get(pk=digest_id)
    if digest.closed_at is not None:
        return 0
    digest.mailing_id, digest.closed_at = number, at
    digest.save(update_fields=["mailing", "closed_at"])
    if not _put_right(digest, number, at=at):  # it may have been frozen before a kill
        return 0
    mailings.start(number, at=at)
    return 1


def _put_right(digest: models.SearchDigest, number: Any, *, at: datetime) -> bool:
    """Give a mailing the stories of now, or stop it; say whether there is something to send."""
    cards = listed(digest, at=at)
    if not cards:
        mailings.stop(number, why=NOTHING_LEFT, at=at)
        return False
    recut(number, [letter_of(digest, cards)], at=at)
    return True
