"""Open what the edge keeps, and ask about it. No Django here: the front imports this."""

import secrets
from pathlib import Path

from dateline.edge.adapters.counters import Counters, EdgeUnavailable, Watch, boot_id
from dateline.edge.adapters.store import PageStore, StoreStats, Swept
from dateline.edge.domain.page import FORMAT

__all__ = ["Counters", "EdgeUnavailable", "PageStore", "StoreStats", "Swept", "Watch"]


def open_counters(directory: Path) -> Counters:
    """Map the counters below `directory` (`<data folder>/edge`), making them where needed.

    Raises:
        EdgeUnavailable: the folder or file cannot be used.

    """
    return Counters.open(directory)


def open_store(directory: Path, *, size_mb: int, release: str) -> PageStore:
    """Open the pages below `directory` (`<data folder>/edge`), at most `size_mb` megabytes.

    `release` names the code and templates; pages of another one, of another boot of the machine
    or of another size are dropped. Never raises: where nothing can be kept the store answers that
    nothing is there. Open it once a process, after the fork.
    """
    try:
        boot = boot_id()
    except OSError:
        boot = secrets.token_hex(16)  # nobody can tell which boot a page is from: keep none
    return PageStore.open(
        directory, size_mb=size_mb, generation=f"{FORMAT} {boot} {size_mb} {release}"
    )
