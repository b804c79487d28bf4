"""Which way of fetching goes with which kind of place."""

from collections.abc import Generator, Mapping
from importlib import import_module
from typing import Any

from dateline.wire.domain.pickups import Away, Came, Kind, Place

# The module and its function. One that needs a large library is not loaded before it is wanted.
WAYS = {
    Kind.FEED: ("web", "feed"),
    Kind.PAGES: ("web", "pages"),
    Kind.SFTP: ("sftp", "files"),
    Kind.S3: ("s3", "files"),
    Kind.IMAP: ("mailbox", "mails"),
}


def fetch(place: Place, cursor: Mapping[str, Any]) -> Generator[Came, None, None]:
    """Give what came since `cursor`, oldest first; the next is asked for when one is safe.

    Raises:
        Away: the place gives nothing now; says why.

    """
    module, name = WAYS[place.kind]
    try:
        way = getattr(import_module(f"{__package__}.{module}"), name)
    except ImportError as error:
        raise Away(
            f"This needs a library that is not here: pip install 'dateline[{module}]'."
        ) from error
    found: Generator[Came, None, None] = way(place, cursor)
    return found
