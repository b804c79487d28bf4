"""How long a talk with somebody else's server may take, however slowly it speaks."""

import socket
from contextlib import suppress
from threading import Event, Lock, Timer
from types import TracebackType
from typing import Self

from dateline.wire.domain.pickups import Away

VISIT_S = 120.0  # one visit; the largest file needs 10 Mbit/s


class Patience:
    """Cuts every line that it holds when `lasts_s` seconds are over.

    A limit for each step of a talk does not end it: a byte now and then keeps it going. Whoever
    waits at a line that is cut goes on with an error, or with an end that is none; leaving this
    makes Away of either.
    """

    def __init__(self, lasts_s: float) -> None:
        self.lasts_s, self.cut = lasts_s, Event()
        self._lines: list[socket.socket] = []
        self._lock = Lock()
        self._timer = Timer(lasts_s, self._cut)
        self._timer.daemon = True

    def hold(self, line: socket.socket) -> None:
        """Cut this line, too; it may be wrapped or closed by its owner as if nobody held it."""
        with self._lock:
            self._lines.append(line.dup())
            if self.cut.is_set():
                self._cut_lines()

    def _cut(self) -> None:
        with self._lock:
            self.cut.set()
            self._cut_lines()

    def _cut_lines(self) -> None:
        for line in self._lines:
            with suppress(OSError):  # it has ended already
                line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines.clear()
        if self.cut.is_set() and (error is None or isinstance(error, Exception)):
            raise Away(f"It took longer than {self.lasts_s:g} seconds.") from error
