"""The quick map: pages in this front's memory, checked against the counters at every hit.

A hit costs two look-ups, one comparison of the purge counter, one of the clock, and a write. Any
doubt ends in None, and the request goes the long way.
"""

import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import structlog

from dateline.edge import keys, queries
from dateline.edge.domain.page import StoredPage
from dateline.edge.domain.verdict import CLOCK_STEP_S, Verdict, judge
from dateline.edge.queries import Counters, EdgeUnavailable, Watch
from dateline.project.front import answers
from dateline.project.front.access import AccessLog
from dateline.project.front.encodings import Encoding, choose
from dateline.project.front.heads import Networks, sender
from dateline.project.front.metrics import Counts

log = structlog.get_logger("dateline.front")

# A request with one of these fields is read by the careful path, whatever it asks for.
NEVER_QUICK = frozenset(
    {b"authorization", b"content-length", b"expect", b"range", b"transfer-encoding", b"upgrade"}
)
FOREVER = float("inf")
NAMES_AT_MOST = 8192
NOT_FOR_OUTER = -1  # in the place of a sequence
ENTRY_BYTES = 4096  # what a page costs beside its bodies
OK, NOT_MODIFIED = 200, 304
# What is purged softly is made again at most so often, however often it is purged: a page that
# everybody reads is not made anew for every story that its rail could show.
REST_S = 10.0
# Places of an answer: an encoding, plus one of these for a declared proxy, and for a 304.
OUTER, UNCHANGED = 3, 6


class Plain:
    """What a hit depends on in a head where each field stands once, and who sent it."""

    __slots__ = ("fields", "host", "if_none_match", "kind", "outer", "peer")

    def __init__(self, fields: Mapping[bytes, bytes], peer: str, *, outer: bool) -> None:
        self.fields, self.peer, self.outer = fields, peer, outer
        self.host = fields.get(b"host", b"")
        self.if_none_match = fields.get(b"if-none-match")
        self.kind = choose(fields.get(b"accept-encoding")) + (OUTER if outer else 0)

    def sender(self, trusted: Networks) -> str:
        """The reader's address, as a declared proxy tells it."""
        return sender(self.peer, self.fields.items(), trusted).address


class Entry:
    """One page in memory, with the answers made of it in this second.

    `checked` is the sequence of the counters at which the page was found good, `until` the moment
    (seconds since 1970 UTC) at which the clock makes it something else. `standing` is as `checked`,
    and NOT_FOR_OUTER while the page rests. `answers` has a place for each encoding, for readers and
    for declared proxies, for 200 and for 304: the answer, the bytes of its body, and the end of its
    line in the access log.
    """

    __slots__ = (
        "address", "answers", "checked", "fixed", "forms", "page", "refresh_at", "replaced",
        "second", "size", "standing", "until", "used", "watch",
    )  # fmt: skip

    def __init__(self, page: StoredPage, address: bytes) -> None:
        self.page = page
        self.address = address
        self.watch = Watch(page.note.hard, page.note.soft)
        self.forms = [answers.form_of(page, encoding) for encoding in Encoding]
        self.fixed: list[bytes | None] = [None] * 6
        self.answers: list[tuple[bytes, int, bytes] | None] = [None] * 12
        self.second = -1
        self.checked = -1
        self.standing = NOT_FOR_OUTER
        self.until = 0.0
        self.refresh_at = 0.0
        self.used = False
        self.replaced = False
        self.size = ENTRY_BYTES + 2 * sum(len(body) for body in page.bodies.values())


@dataclass(slots=True)
class Hits:
    """Pages by host and address; `counters` say whether they are still good.

    `limit_bytes` bounds what is kept here; pages that nobody asked for since the last round leave
    first. `clock` gives seconds since 1970 UTC.
    """

    directory: Path
    counters: Counters
    trusted: Networks = ()
    limit_bytes: int = 128 * 1024 * 1024
    tells_outer: bool = False
    access: AccessLog | None = None
    clock: Callable[[], float] = time.time
    counts: Counts = field(default_factory=Counts)
    sites: dict[bytes, dict[bytes, Entry]] = field(default_factory=dict)
    order: deque[Entry] = field(default_factory=deque)
    names: dict[bytes, Collection[str]] = field(default_factory=dict)
    size: int = 0
    blind: bool = False  # there are no counters to look at
    quick: int = 0  # hits of this second, and their bytes; they join `counts` with the next
    sent: int = 0
    second: int = 0
    date: bytes = b""
    oldest: list[int] = field(default_factory=lambda: [0, 0])  # greatest age shown: minute, before

    def answer(self, url: bytes, plain: Plain) -> bytes | None:
        """Return the whole answer to a plain GET, or None where the long way must be taken.

        `url` is path and query as the client wrote them.
        """
        answer = self.answer_known(url, plain)
        if answer is None and b"?" in url and (site := self.sites.get(plain.host)):
            entry = self._under_other_query(plain.host, site, url)
            return self._shown(entry, url, plain, self.clock()) if entry else None
        return answer

    def answer_known(self, url: bytes, plain: Plain) -> bytes | None:
        """The same, for an address that is a page's own letter by letter."""
        now = self.clock()
        if not self.second <= now < self.second + 1:
            self.tick(now)
        site = self.sites.get(plain.host)
        entry = site and site.get(url)
        return self._shown(entry, url, plain, now) if entry else None

    def _shown(self, entry: Entry, url: bytes, plain: Plain, now: float) -> bytes | None:
        if (entry.checked != self.counters.sequence_word[0] or now >= entry.until) and self.verdict(
            entry, now
        ) is not Verdict.HIT:
            return None
        kind = plain.kind
        if plain.if_none_match and self.is_known(entry, plain.if_none_match, kind % OUTER):
            kind += UNCHANGED
            self.counts.not_modified += 1
        second = self.second
        if entry.second != second:
            entry.second = second
            entry.answers = [None] * 12
        entry.used = True
        answer, size, line_end = entry.answers[kind] or self._built(entry, kind, now)
        self.quick += 1
        self.sent += size
        if self.access is not None:
            who = plain.sender(self.trusted) if plain.outer else plain.peer
            self.access.hit(now, second, who, url, line_end)
        return answer

    def _under_other_query(
        self, host: bytes, site: Mapping[bytes, Entry], url: bytes
    ) -> Entry | None:
        """The page for an address with a query that says nothing to its view: `?utm_source=x`."""
        path, _, query = url.partition(b"?")
        return site.get(address_of(path, keys.canonical_query(query, self.names_of(host, path))))

    def names_of(self, host: bytes, path: bytes) -> Collection[str]:
        """Which names of a query the view of this path reads, as far as it is known."""
        return self.names.get(host + path, keys.ALLOWED_QUERY)

    def remember_names(self, host: bytes, path: bytes, names: Collection[str]) -> None:
        """Note them, until thousands of others are known: then the next page tells them again."""
        if len(self.names) >= NAMES_AT_MOST:
            self.names.clear()
        self.names[host + path] = names

    def find(self, host: bytes, address: bytes) -> Entry | None:
        """Return what is in memory for a canonical host and address, good or not."""
        return self.sites.get(host, {}).get(address)

    def verdict(self, entry: Entry, now: float) -> Verdict:
        """Decide what may be done with `entry` now, and remember it where the answer is HIT.

        A page that was purged softly is as good as new until ten seconds after it was made.
        """
        if self.blind:
            return Verdict.DEAD
        moved = self.counters.look(entry.watch)
        found, rested_at = judge(entry.page.held(), moved, now=now), FOREVER
        if found is Verdict.SOFT and now < entry.page.stored_at + REST_S:
            found, rested_at = Verdict.HIT, entry.page.stored_at + REST_S
        if found is Verdict.HIT:
            # A page that rests is out of date: no cache in front may keep it, as it does for a day.
            standing = moved.sequence if rested_at is FOREVER else NOT_FOR_OUTER
            if self.tells_outer and entry.standing != standing:
                entry.second = -1  # what outer caches are told is put together anew
            entry.standing = standing
            entry.checked, entry.until = moved.sequence, min(_until(entry.page), rested_at)
        return found

    def is_only_old(self, entry: Entry) -> bool:
        """Whether nothing that `entry` shows was purged, so that its time alone is up."""
        return self.counters.look(entry.watch).hard <= entry.page.note.start

    def is_known(self, entry: Entry, if_none_match: bytes, encoding: int) -> bool:
        """Whether the reader has this form of the page already (RFC 9110, section 13.2.1)."""
        etag = entry.forms[encoding].etag
        return entry.page.status == OK and answers.is_same(if_none_match, etag)

    def keep(self, entry: Entry) -> None:
        """Put `entry` into the map, in the place of what was there."""
        before = self.find(entry.page.host, entry.address)
        if before is not None:
            self._forget(before)
        self.sites.setdefault(entry.page.host, {})[entry.address] = entry
        self.order.append(entry)
        self.size += entry.size
        while self.size > self.limit_bytes and len(self.order) > 1:
            self._make_room()

    def tick(self, now: float) -> None:
        """Begin a new second: the date, and a look whether the counters are still the file's.

        After the clock was set back every page is looked at anew: its moments may be ahead again.
        """
        if now < self.second - CLOCK_STEP_S:
            for site in self.sites.values():
                for entry in site.values():
                    entry.checked = -1
        if int(now) // 60 != self.second // 60:
            self.oldest = [0, self.oldest[0]]
        self.second = int(now)
        self.date = formatdate(self.second, usegmt=True).encode()
        if self.counters.taken_away():
            self.reopen()
        self.counts.hit += self.quick
        self.counts.bytes += self.sent
        self.counts.times[0] += self.quick
        self.quick = self.sent = 0
        self.counts.purges = self.counters.sequence() - self.counters.floor()
        self.counts.pages = sum(len(site) for site in self.sites.values())
        self.counts.page_bytes = self.size
        self.counts.oldest_seconds = max(self.oldest)

    def age_of(self, page: StoredPage, now: float) -> int:
        """Return Age in seconds for a page that is shown now, and remember the greatest."""
        age = max(0, int(now - page.stored_at))
        self.oldest[0] = max(age, self.oldest[0])
        return age

    def reopen(self) -> None:
        """Map the counters anew. Pages made under other counters are dead from then on.

        While that is impossible nobody could tell us of a purge: nothing is shown or kept.
        """
        try:
            self.counters = queries.open_counters(self.directory)
        except EdgeUnavailable as error:
            if not self.blind:
                log.warning("edge_unavailable", error=str(error))
            self.blind = True
            self.sites.clear()
            self.order.clear()
            self.size = 0
        else:
            self.blind = False

    def _built(self, entry: Entry, kind: int, now: float) -> tuple[bytes, int, bytes]:
        page, form = entry.page, entry.forms[kind % OUTER]
        outer, unchanged = bool(kind % UNCHANGED // OUTER), kind >= UNCHANGED
        age = b"age: %d\r\n" % self.age_of(page, now)
        if unchanged:
            fields = answers.without_body(answers.fields_of(page, form, outer=outer))
            head, body = answers.status_line(NOT_MODIFIED) + answers.packed(fields), b""
        else:
            body = answers.body_of(page, form.encoding)
            head = entry.fixed[kind] or self._fixed(entry, kind, len(body), outer=outer)
        if outer and self.tells_outer:
            age += answers.packed(answers.for_outer(page, now, entry.standing))
        answer = b"".join(
            (head, b"cache-status: ", answers.HIT, b"\r\ndate: ", self.date, b"\r\n", age, b"\r\n",
             body)
        )  # fmt: skip
        status = NOT_MODIFIED if unchanged else page.status
        built = answer, len(body), AccessLog.end(status, len(body), page.host, b"hit")
        entry.answers[kind] = built
        return built

    def _fixed(self, entry: Entry, kind: int, length: int, *, outer: bool) -> bytes:
        fields = answers.fields_of(entry.page, entry.forms[kind % OUTER], outer=outer)
        fields.append((b"content-length", str(length).encode()))
        head = answers.status_line(entry.page.status) + answers.packed(fields)
        entry.fixed[kind] = head
        return head

    def _make_room(self) -> None:
        entry = self.order.popleft()
        if entry.replaced:
            return
        if entry.used:
            entry.used = False
            self.order.append(entry)
            return
        self._forget(entry)
        site = self.sites[entry.page.host]
        del site[entry.address]
        if not site:
            del self.sites[entry.page.host]

    def _forget(self, entry: Entry) -> None:
        entry.replaced = True
        self.size -= entry.size


def address_of(path: bytes, query: bytes) -> bytes:
    """Path and canonical query as one address: `/world/?page=2`."""
    return path + b"?" + query if query else path


def _until(page: StoredPage) -> float:
    """The first moment at which the clock alone changes the verdict."""
    note = page.note
    ends = [moment for moment in (note.opens, note.closes) if moment is not None]
    if note.ttl is not None:
        ends.append(page.stored_at + note.ttl)
    return min(ends, default=FOREVER)
