"""The access log: one line a request, in the common format, written once a second."""

import os
import time
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

import structlog

log = structlog.get_logger("dateline.front")

# Lines kept for the next write; a disk that does not take them costs lines only. So few stay in the
# processor's own memory: ten times as many would push the pages out of it.
FULL_AT = 512


def quoted(url: bytes) -> bytes:
    """Path and query as they may stand between quotation marks."""
    return url.replace(b'"', b"%22")


@dataclass(slots=True)
class AccessLog:
    """Appends to `path`. A file that was moved away by a log rotation is made anew.

    A line: address, moment (UTC), request, status, bytes of the body, host, what the cache did.
    Addresses are readers' data: the log is off unless an operator asks for it.
    """

    path: Path
    lines: list[bytes] = field(default_factory=list)
    stamp: bytes = b""
    second: int = -1
    lost: int = 0
    file: FileIO | None = None
    complained: bool = False

    def add(
        self, now: float, *, who: str, method: bytes, host: bytes, url: bytes, status: int,
        size: int, cache: bytes,
    ) -> None:  # fmt: skip
        """Keep one line. `now` is seconds since 1970 UTC."""
        if int(now) != self.second:
            self.tick(now)
        if len(self.lines) >= FULL_AT:
            self.write()
        end = self.end(status, size, host, cache)
        self.lines.append(b"%b%b%b %b%b" % (who.encode(), self.stamp, method, quoted(url), end))

    def hit(self, now: float, second: int, who: str, url: bytes, end: bytes) -> None:
        """Keep one line of a GET whose `end` was made before; `second` is that of `now`."""
        if second != self.second:
            self.tick(now)
        if len(self.lines) >= FULL_AT:
            self.write()
        asked = url if b'"' not in url else quoted(url)
        self.lines.append(b"%b%bGET %b%b" % (who.encode(), self.stamp, asked, end))

    def tick(self, now: float) -> None:
        """Begin a new second, seconds since 1970 UTC: what stands between address and request."""
        self.second = int(now)
        moment = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now))
        self.stamp = b" - - [" + moment.encode() + b'] "'

    @staticmethod
    def end(status: int, size: int, host: bytes, cache: bytes) -> bytes:
        """What stands in a line after the address that was asked for."""
        return b' HTTP/1.1" %d %d %b %b\n' % (status, size, host, cache)

    def write(self) -> None:
        """Write what is kept. Called once a second; never raises."""
        if not self.lines:
            return
        text, count = b"".join(self.lines), len(self.lines)
        self.lines = []
        try:
            self._open().write(text)
        except OSError as error:
            self.lost += count
            if not self.complained:
                log.warning("access_log_not_written", path=str(self.path), error=str(error))
            self.complained = True
        else:
            self.complained = False

    def close(self) -> None:
        """Write the rest and close the file."""
        self.write()
        if self.file is not None:
            self.file.close()

    def _open(self) -> FileIO:
        if self.file is not None:
            if self._still_there(self.file):
                return self.file
            self.file.close()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        self.file = FileIO(descriptor, "a")
        return self.file

    def _still_there(self, file: FileIO) -> bool:
        try:
            found = self.path.stat()
        except OSError:
            return False
        ours = os.fstat(file.fileno())
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)
