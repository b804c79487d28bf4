"""Where to ask whether a mail was taken on, when the answer was lost."""

import re
import time
from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

TAIL = 256 * 1024 * 1024  # bytes of a log that are read, from its end
GRACE_S = 10.0  # a mail server writes its log so much later at most
IDS = re.compile(rb"(\w+): message-id=<([^<>\s]+)>")
QUEUED = re.compile(rb"qmgr\[\d+\]: (\w+): from=")


class Lookup(Protocol):
    """Somebody who knows what a receiver took on, `patience_s` seconds later at the latest."""

    patience_s: float

    def known(self, asked: Mapping[str, datetime]) -> dict[str, bool]:
        """Message-ID → whether it was taken on; one that is left out cannot be told (yet).

        `asked` says for each Message-ID, without brackets, since when it is in doubt (aware UTC).
        """
        ...


class Nobody:
    """There is nobody to ask: who is in doubt stays so, and is listed by name."""

    patience_s = 0.0

    def known(self, asked: Mapping[str, datetime]) -> dict[str, bool]:
        """Nothing is known of any."""
        del asked
        return {}


class PostfixLog:
    """The log of the Postfix that takes our mail on, on this machine.

    A mail was taken on where `cleanup` named its Message-ID and `qmgr` took the same queue id. It
    was not where the whole log is at hand, has gone on since, and does not say so.
    """

    patience_s = 120.0

    def __init__(self, path: Path) -> None:
        self.path = path

    def known(self, asked: Mapping[str, datetime]) -> dict[str, bool]:
        """Read the log's end once for all that are asked for."""
        try:
            state = self.path.stat()
            before = self.path.with_name(f"{self.path.name}.1")  # it may just have been turned
            text = (_end_of(before) if before.exists() else b"") + _end_of(self.path)
        except OSError:
            return {}
        taken = _taken(text)
        found = {one: True for one in asked if one in taken}
        if state.st_size <= TAIL:
            found |= _surely_not(asked, found, state.st_mtime)
        return found


def _end_of(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        return file.read()


def _surely_not(
    asked: Mapping[str, datetime], found: Collection[str], changed: float
) -> dict[str, bool]:
    told_until = min(changed, time.time()) - GRACE_S
    return {
        one: False
        for one, since in asked.items()
        if one not in found and since.timestamp() < told_until
    }


def _taken(text: bytes) -> set[str]:
    queued = set(QUEUED.findall(text))
    return {one.decode("ascii", "replace") for queue, one in IDS.findall(text) if queue in queued}
