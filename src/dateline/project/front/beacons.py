"""Beacons in the front: who sent one, and the answer, which is the same for every beacon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import formatdate

from dateline.project.front.answers import packed
from dateline.project.front.heads import Header, sender
from dateline.project.front.peers import Peers
from dateline.trending.domain.beacons import parse
from dateline.trending.services.collector import OVERSIZED, Collector, Reader

PATH = b"/b"
ADDRESS = PATH + b"?"  # how the address of every beacon begins
NO_BODY = b"0"
# Beacons with one of these are read by the careful path.
NEVER_QUICK = frozenset({b"authorization", b"expect", b"transfer-encoding", b"upgrade"})
FIELDS: list[Header] = [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
HEAD = b"HTTP/1.1 204 No Content\r\n" + packed(FIELDS) + b"date: "


def is_one(method: str, path: bytes) -> bool:
    """Whether a request is a beacon, whatever is in it."""
    return path == PATH and method == "POST"


@dataclass(slots=True)
class Beacons:
    """What connections need to answer beacons at once."""

    collector: Collector
    peers: Peers
    second: int = -1
    answer: bytes = b""

    def recognise(
        self, fields: Mapping[bytes, bytes], headers: Iterable[Header], peer: str, now: float
    ) -> Reader:
        """Who sends beacons with this head: `headers`, and the same by name; `peer` is connected.

        `now` is seconds since 1970 UTC. A connection may keep what it is told, and use it for
        beacons with the very same head.
        """
        who = peer
        if self.peers.is_trusted(peer):
            who = sender(peer, headers, self.peers.trusted).address
        return self.collector.recognise(fields, who, self.peers.group(who), now)

    def take(self, text: bytes, reader: Reader, now: float) -> bytes:
        """Give one beacon to the collector; return the whole answer, 204 whatever came of it.

        `text` is the query of its address, `now` seconds since 1970 UTC.
        """
        self.collector.count(parse(text), reader, now)
        return self._answer_at(now)

    def take_again(self, text: bytes, reader: Reader) -> bytes | None:
        """The same where nobody read more of a head than that the rest of it came before.

        None where that is not enough: `text` is anything but the numbers of a beacon (it may hold
        the end of this head, and another), or `reader` must be recognised anew.
        """
        now = self.collector.clock()
        beacon = parse(text)
        if beacon is None or now >= reader.until:
            return None
        self.collector.count(beacon, reader, now)
        return self._answer_at(now)

    def refuse(self) -> None:
        """Count a beacon that came with a body: none has one."""
        self.collector.drop(OVERSIZED)

    def _answer_at(self, now: float) -> bytes:
        if not self.second <= now < self.second + 1:
            self.second = int(now)
            self.answer = HEAD + formatdate(self.second, usegmt=True).encode() + b"\r\n\r\n"
        return self.answer
