"""What follows when something happened to a picture. Safe to run twice."""

from contextlib import suppress

from dateline import clock
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.edge.domain.verdict import Mode
from dateline.media import queries, services
from dateline.media.domain.refusal import PictureRefused
from dateline.media.events import (
    PictureChanged,
    PictureImported,
    PictureKilled,
    PictureReinstated,
    PictureRemoved,
)


def purge_pages(
    fact: PictureChanged | PictureKilled | PictureReinstated | PictureRemoved,
) -> None:
    """Make every page that shows the picture again, and its copies.

    Where it may not be shown now, no page that shows it is shown again, renderer or none.
    """
    picture = queries.by_id(fact.picture_id)
    shown = picture is not None and queries.may_show(picture, at=clock.now())
    edge.purge(
        [keys.picture(fact.picture_id)],
        mode=Mode.HARD if shown else Mode.GONE,
        cause=f"{fact.name}, picture {fact.picture_id}",
    )


def make_ready(fact: PictureImported | PictureChanged | PictureReinstated) -> None:
    """Make the copies of a picture before a reader waits for them."""
    picture = queries.by_id(fact.picture_id)
    if picture is not None:
        with suppress(PictureRefused):  # killed meanwhile
            services.make_ready(picture)
