"""Several warm connections to the next mail server, in one thread and with one `select`."""

import selectors
import time
from concurrent.futures import Future, ThreadPoolExecutor
from socket import socket
from typing import Protocol, cast

import structlog

from dateline.mail.adapters import smtp
from dateline.mail.adapters.greeting import Route, RouteTrouble, opened

log = structlog.get_logger(__name__)

WARM_S = 20.0  # an idle connection is kept so long; servers end them after 30 s and more
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0


class Way(Protocol):
    """A way by which mail leaves. `trouble` is empty, or says why nothing does."""

    trouble: str

    @property
    def is_idle(self) -> bool:
        """Whether no mail is on its way to the next server."""
        ...

    def turn(self, wait_s: float) -> None:
        """Do what can be done now; wait for the network up to `wait_s` seconds."""
        ...

    def hold_off(self, why: str) -> None:
        """Let the way rest: the next server takes no mail at all. Longer each time."""
        ...

    def end(self) -> None:
        """Say goodbye, and close everything."""
        ...


class Pool:
    """Up to `size` connections by one route, opened when there is mail and kept while it comes.

    Connections are opened in threads, as that blocks; all else happens in `turn`.
    """

    def __init__(self, route: Route, size: int, desk: smtp.Desk) -> None:
        self.route, self.size, self.desk = route, size, desk
        self.connections: list[smtp.Connection] = []
        self.trouble = ""
        self._opening: list[Future[tuple[socket, bool]]] = []
        self._openers = ThreadPoolExecutor(max_workers=size, thread_name_prefix="mail-open")
        self._selector = selectors.DefaultSelector()
        self._writing: set[smtp.Connection] = set()
        self._pause_s, self._open_at = 0.0, 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no mail is on its way to the next server."""
        return all(connection.is_idle for connection in self.connections)

    def turn(self, wait_s: float) -> None:
        """Offer mail to idle connections, open one more if they have no room, read what came."""
        now = time.monotonic()
        self._take_opened()
        resting = now < self._open_at
        for connection in [one for one in self.connections if one.is_idle and not resting]:
            if not connection.offer():
                break
            self._after(connection)
        if not resting:
            self._open_more()
        elif not self.connections:
            time.sleep(min(wait_s, self._open_at - now))
        for key, events in self._selector.select(wait_s) if self.connections else ():
            self._serve(cast("smtp.Connection", key.fileobj), events)
        self._look_at_clocks(now)
        if self._opening and not self.connections:
            time.sleep(min(wait_s, 0.005))

    def hold_off(self, why: str) -> None:
        """Offer nothing and open nothing for a while, which doubles up to a minute."""
        self._pause_s = min(LONGEST_PAUSE_S, max(FIRST_PAUSE_S, self._pause_s * 2))
        self._open_at = time.monotonic() + self._pause_s
        self.trouble = why
        log.warning("mail_route_in_trouble", why=why, again_in_s=self._pause_s)

    def end(self) -> None:
        """Say goodbye to each server, and close everything."""
        self._openers.shutdown(wait=True)
        self._take_opened()
        for connection in self.connections:
            connection.quit()
        self._selector.close()

    def _open_more(self) -> None:
        """One at a time, until there are enough: a connection costs the server more than a mail."""
        room = len(self.connections) + len(self._opening) < self.size
        if room and not self._opening and self.desk.has_mail:
            self._opening.append(self._openers.submit(opened, self.route))

    def _take_opened(self) -> None:
        for future in [one for one in self._opening if one.done()]:
            self._opening.remove(future)
            try:
                sock, pipelining = future.result()
            except RouteTrouble as error:
                self.hold_off(str(error))
                continue
            connection = smtp.Connection(
                sock, self.desk, pipelining=pipelining, patience_s=self.route.patience_s
            )
            self.connections.append(connection)
            self._selector.register(connection, selectors.EVENT_READ)

    def _serve(self, connection: smtp.Connection, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            connection.on_writable()
        if events & selectors.EVENT_READ and connection.is_open:
            connection.on_readable()
        self._after(connection)

    def _after(self, connection: smtp.Connection) -> None:
        """Note what became of a connection that was used."""
        if connection.taken and self._pause_s:
            self._pause_s, self.trouble = 0.0, ""
        if not connection.is_open:
            self._forget(connection)
            if not connection.handed:
                self.hold_off("The server ended a connection before it took a mail.")
        elif connection.wants_to_write != (connection in self._writing):
            self._writing ^= {connection}
            wanted = selectors.EVENT_WRITE if connection.wants_to_write else 0
            self._selector.modify(connection, selectors.EVENT_READ | wanted)

    def _forget(self, connection: smtp.Connection) -> None:
        self._selector.unregister(connection)
        self.connections.remove(connection)
        self._writing.discard(connection)

    def _look_at_clocks(self, now: float) -> None:
        for connection in [*self.connections]:
            connection.look_at_clock(now)
            if not connection.is_open:
                self._after(connection)
            elif connection.is_idle and now - connection.used_at > WARM_S:
                connection.quit()
                self._forget(connection)
