"""What follows when a masthead changed. Safe to run twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.mastheads.events import MastheadChanged


def purge_pages(fact: MastheadChanged) -> None:
    """Make its own pages again, and those of every site that names it."""
    tags = [keys.chrome(fact.masthead_id), *([keys.network()] if fact.titles else [])]
    edge.purge(tags, cause=f"{fact.name}, masthead {fact.masthead_id}")
