"""What follows for cached pages when jobs change. Safe twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.jobs.events import JobFeedTaken, ListingChanged, ListingClosed


def show(fact: ListingChanged) -> None:
    """Make the board and its jobs anew, before anybody is given the old ones."""
    _purge(fact.masthead_id, Mode.HARD, f"{fact.name} {fact.listing_id}")


def take_out(fact: ListingClosed) -> None:
    """Never give a page again on which a closed job is open."""
    _purge(fact.masthead_id, Mode.GONE, f"{fact.name} {fact.listing_id}")


def follow_feed(fact: JobFeedTaken) -> None:
    """Show what a feed brought; what it ended is never given again."""
    if fact.closed:
        _purge(fact.masthead_id, Mode.GONE, f"{fact.name} {fact.import_id}")
    elif fact.added or fact.changed:
        _purge(fact.masthead_id, Mode.HARD, f"{fact.name} {fact.import_id}")


def _purge(masthead_id: int, mode: Mode, cause: str) -> None:
    edge.purge([keys.jobs(masthead_id)], mode=mode, cause=cause)
