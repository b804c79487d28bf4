"""One stored page: what the front keeps, and how it is written down."""

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.edge.domain.note import PageNote
from dateline.edge.domain.verdict import Held

FORMAT = 1  # a store of another format is dropped

_PREFIX = struct.Struct("<4sII")  # magic, CRC-32 of what follows, length of the JSON part
_MAGIC = b"dlp1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """An answer that may be given to everyone who asks for this address.

    `host` (lower case), `path` and `query` (canonical) are the address. `headers` are what every
    client gets, without those the front computes (ETag, Content-Encoding, Content-Length, Age,
    Cache-Status, ...). `bodies` maps a content coding (`br`, `gzip`, `identity`) to the body in
    it. `etag` is the strong hash of the identity body, without quotes. `stored_at` is when the
    render began, `made_ms` how long it took: seconds since 1970 UTC, milliseconds.
    """

    host: bytes
    path: bytes
    query: bytes
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    bodies: Mapping[str, bytes]
    etag: str
    stored_at: float
    made_ms: float
    note: PageNote

    def held(self) -> Held:
        """What `verdict.judge` asks about."""
        return _held(self.note, self.stored_at)

    def to_bytes(self) -> bytes:
        """Return the page as one record: prefix, JSON, then the bodies one after another."""
        meta: dict[str, Any] = {
            "host": self.host.decode("latin-1"),
            "path": self.path.decode("latin-1"),
            "query": self.query.decode("latin-1"),
            "status": self.status,
            "headers": [[k.decode("latin-1"), v.decode("latin-1")] for k, v in self.headers],
            "bodies": [[coding, len(body)] for coding, body in self.bodies.items()],
            "etag": self.etag,
            "stored_at": self.stored_at,
            "made_ms": self.made_ms,
            "note": self.note.to_json(),
        }
        head = json.dumps(meta, separators=(",", ":")).encode()
        payload = b"".join((head, *self.bodies.values()))
        return _PREFIX.pack(_MAGIC, zlib.crc32(payload), len(head)) + payload

    @classmethod
    def from_bytes(cls, record: bytes) -> "StoredPage":
        """Read a record back.

        Raises:
            BadRecord: it is cut off, changed, or of another format.

        """
        try:
            meta, bodies = _opened(record)
            return cls(
                host=meta["host"].encode("latin-1"),
                path=meta["path"].encode("latin-1"),
                query=meta["query"].encode("latin-1"),
                status=meta["status"],
                headers=tuple(
                    (k.encode("latin-1"), v.encode("latin-1")) for k, v in meta["headers"]
                ),
                bodies=_parted(meta["bodies"], bodies),
                etag=meta["etag"],
                stored_at=meta["stored_at"],
                made_ms=meta["made_ms"],
                note=PageNote.from_json(meta["note"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadRecord(f"The record of a page lacks something: {error!r}") from error


def note_of(record: memoryview) -> tuple[Held, tuple[str, ...]]:
    """Read of a record only what decides whether it may be shown, and its tags.

    Raises:
        BadRecord: it is cut off or of another format. What follows the head is not looked at.

    """
    try:
        _, _, length = _prefix(record)
        meta = json.loads(bytes(record[_PREFIX.size : _PREFIX.size + length]))
        note = PageNote.from_json(meta["note"])
        return _held(note, float(meta["stored_at"])), (*note.hard, *note.soft)
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(f"The head of a stored page cannot be read: {error!r}") from error


class BadRecord(ValueError):
    """A stored record that is not what was written."""


def _opened(record: bytes) -> tuple[dict[str, Any], bytes]:
    """Check one record and return its JSON part and what follows it."""
    _, checksum, length = _prefix(record)
    payload = record[_PREFIX.size :]
    if zlib.crc32(payload) != checksum:
        raise BadRecord("The record of a page is not what was written.")
    return json.loads(payload[:length]), payload[length:]


def _prefix(record: bytes | memoryview) -> tuple[bytes, int, int]:
    if len(record) < _PREFIX.size:
        raise BadRecord("The record of a page is cut off.")
    magic, checksum, length = _PREFIX.unpack_from(record)
    if magic != _MAGIC:
        raise BadRecord("The record of a page is of another format.")
    return magic, checksum, length


def _held(note: PageNote, stored_at: float) -> Held:
    return Held(
        start=note.start, stored_at=stored_at, opens=note.opens, closes=note.closes, ttl=note.ttl
    )


def _parted(lengths: list[list[Any]], bodies: bytes) -> dict[str, bytes]:
    found, at = {}, 0
    for coding, length in lengths:
        found[str(coding)] = bodies[at : at + length]
        at += length
    return found
