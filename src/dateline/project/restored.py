"""What waits for the first start after a restore, when the database is known to be of this code."""

from datetime import datetime
from pathlib import Path

import structlog

from dateline.newsletters.services import holding

MARK = ".restored"

log = structlog.get_logger("dateline.restore")


def mark(data_dir: Path) -> None:
    """Remember that a backup was restored here."""
    (data_dir / MARK).touch()


def hold(data_dir: Path, *, at: datetime) -> None:
    """Hold back what may have left since the backup, if one was restored. `at` is aware UTC.

    Once, before the first worker or sender runs.
    """
    mark = data_dir / MARK
    if not mark.exists():
        return
    held = holding.hold_what_may_have_left(at=at)
    log.warning("held_after_restore", mailings=held.mailings, letters=held.letters)
    mark.unlink()
