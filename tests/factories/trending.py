"""Curators, wishes and beacons for tests of trending, through the real services."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings

from dateline.trending import models
from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.rank import RuleKind
from dateline.trending.domain.steering import Wish
from dateline.trending.domain.views import Kind, Seen, Source
from dateline.trending.services import ranking
from tests.factories.discussion import a_reader
from tests.factories.web import NOON

LATER = timedelta(minutes=5)
DAY = timedelta(days=1)
WAYS = (Source.SEARCH, Source.DIRECT, Source.SOCIAL)


def a_curator(masthead=None, name="Kei Mori"):
    """Somebody who steers the block of one masthead, or, without one, of every one."""
    person = a_reader(name)
    models.Curator.objects.create(user=person, masthead=masthead)
    return person


def a_wish(story, kind=RuleKind.PIN, **fields):
    """What an editor asks for: a day from NOON, with a reason."""
    return Wish(
        kind=kind, story=story.pk,
        **{"until": NOON + DAY, "reason": "Readers ask for it.", **fields},
    )  # fmt: skip


def told(
    story, site, count, *, at=NOON, first=1, kind=Kind.READ, source=None, seconds=10, depth=90
):
    """Put `count` events of as many visitors into the journal, as a front does."""
    events = [
        Seen(at.timestamp(), site, story, kind, first + n, source or WAYS[n % 3], seconds, depth)
        for n in range(count)
    ]
    journal = Journal(Path(settings.DATELINE_DATA_DIR) / ranking.JOURNAL, clock=at.timestamp)
    journal.append(events)
    journal.close()
