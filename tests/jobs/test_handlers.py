"""What readers saw of a job follows each verb: its tag is purged, for good where a job ended."""

import pytest

from dateline.edge import keys
from dateline.edge.domain.verdict import Mode
from dateline.jobs import handlers
from dateline.jobs.events import JobFeedTaken, ListingChanged, ListingClosed
from tests.factories.jobs import NOON

ABOUT = {"masthead_id": 4, "by": "", "at": NOON}


@pytest.fixture
def purged(monkeypatch):
    found = []
    monkeypatch.setattr(
        handlers.edge, "purge", lambda tags, *, mode, cause: found.append((tags, mode, cause))
    )
    return found


def taken(**numbers):
    told = {"added": 0, "changed": 0, "closed": 0, "refused": 1, **numbers}
    return JobFeedTaken(import_id=9, **told, **ABOUT)


def test_a_verb_purges_the_board(purged):
    handlers.show(ListingChanged(listing_id=7, verb="add", **ABOUT))
    handlers.take_out(ListingClosed(listing_id=7, **ABOUT))

    assert purged == [
        ([keys.jobs(4)], Mode.HARD, "job.changed 7"), ([keys.jobs(4)], Mode.GONE, "job.closed 7"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numbers", "mode"),
    [({"added": 1}, Mode.HARD), ({"changed": 1}, Mode.HARD), ({"closed": 1}, Mode.GONE)],
)
def test_a_feed_purges_as_far_as_it_changed_something(purged, numbers, mode):
    handlers.follow_feed(taken(**numbers))
    assert purged == [([keys.jobs(4)], mode, "job_feed.taken 9")]


def test_a_feed_that_changed_nothing_purges_nothing(purged):
    handlers.follow_feed(taken())
    assert purged == []
