"""Open what the edge keeps, and ask about it. No Django here: the front imports this."""

from pathlib import Path

from dateline.edge.adapters.counters import Counters
from dateline.edge.adapters.store import PageStore


def open_counters(directory: Path) -> Counters:
    """Map the counters below `directory` (`<data folder>/edge`), making them where needed.

    Raises:
        EdgeUnavailable: the folder or file cannot be used.

    """
    return Counters.open(directory)


def open_store(directory: Path, *, size_mb: int, release: str) -> PageStore:
    """Open the pages below `directory` (`<data folder>/edge`), at most `size_mb` megabytes.

    `release` names the code and templates; pages of another one are dropped. Never raises: where
    nothing can be kept the store answers that nothing is there.
    """
    return PageStore.open(directory, size_mb=size_mb, generation=release)
