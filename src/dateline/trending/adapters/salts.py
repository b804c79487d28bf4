"""The salt of the day: random, shared by the processes of one machine, gone the day after."""

import fcntl
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

import structlog

from dateline.trending.domain.visitors import SALT_BYTES

log = structlog.get_logger("dateline.beacons")

PREFIX = "salt-"
LOCK = ".salts"
DAY_S = 86_400.0


def day_of(now: float) -> str:
    """The day in UTC of a moment in seconds since 1970 UTC: `2026-11-29`."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()


def salt_of(directory: Path, day: str) -> bytes:
    """32 random bytes for `day`, the same for whoever asks on this machine; older ones are removed.

    The file is its owner's only. Where it cannot be written the salt is this process's own: readers
    are then told apart in each process for itself, and nothing of them is kept.
    """
    path = directory / f"{PREFIX}{day}"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (directory / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes one makes it
            salt = path.read_bytes() if path.exists() else b""
            if len(salt) != SALT_BYTES:  # a crash may have cut it short
                salt = _make(path)
            _forget_others(directory, day)
    except OSError as error:
        log.warning("beacon_salt_not_kept", path=str(path), error=str(error))
        return secrets.token_bytes(SALT_BYTES)
    return salt


def _make(path: Path) -> bytes:
    salt = secrets.token_bytes(SALT_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(salt)
    return salt


def _forget_others(directory: Path, day: str) -> None:
    for path in directory.glob(f"{PREFIX}*"):
        if path.name < f"{PREFIX}{day}":
            path.unlink(missing_ok=True)
