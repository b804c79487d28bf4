"""What follows for cached pages when a place changes. Safe twice."""

from dateline.edge import keys
from dateline.edge import services as edge
from dateline.places.events import PlaceChanged


def show(fact: PlaceChanged) -> None:
    """Make the pages of places of its mastheads anew."""
    tags = [keys.places(pk) for pk in fact.mastheads]
    edge.purge(tags, cause=f"{fact.name} {fact.place_id}")
