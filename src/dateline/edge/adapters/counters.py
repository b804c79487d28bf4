"""One file of counters that every process maps: which tag was purged when. A purge is a few stores.

Layout, in unsigned 64-bit words of the machine: a head of 64 (magic, format, floor, sequence,
next, boot id), then one slot for each of 65,536 tag hashes, for each of the three modes.
"""

import fcntl
import hashlib
import mmap
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import cast

from dateline.edge.domain.outer import HEIGHT_BITS
from dateline.edge.domain.verdict import Mode, Moved

FILE_NAME = "counters"
SLOTS = 2**16
HEAD = 64
WORDS = HEAD + SLOTS * len(Mode)
SIZE = WORDS * 8

MAGIC_AT, FORMAT_AT, FLOOR_AT = 0, 1, 2
# Words that are stored to while others look have a cache line of their own.
SEQUENCE_AT, NEXT_AT, BOOT_AT = 8, 16, 24
ZERO_AT = 63
BOOT_WORDS = 2
MAGIC = int.from_bytes(b"dateline", "little")
FORMAT = 1

# A new file begins at a random height, so that a page rendered under another file can never seem
# to belong to this one. 2^40 purges fit into one height.
HEIGHTS = 2**23

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LOCK_WAIT_S = 5.0
LOCK_PAUSE_S = 0.001


def boot_id() -> str:
    """Return the kernel's name for this boot of the machine. OSError where it has none."""
    return BOOT_ID.read_text().strip()


class EdgeUnavailable(Exception):
    """The edge's files cannot be used now. Pages are served uncached; a purge is tried again."""


def slot_of(tag: str) -> int:
    """Return which of the 65,536 slots counts `tag`. Two tags in one slot purge each other."""
    return int.from_bytes(hashlib.blake2b(tag.encode(), digest_size=2).digest(), "big")


def slots_of(tags: Iterable[str]) -> tuple[int, ...]:
    """Return the slots of `tags`, sorted, each once."""
    return tuple(sorted({slot_of(tag) for tag in tags}))


class Watch:
    """Where in the file the tags of one page are counted; made once a page, asked many times."""

    __slots__ = ("gone", "hard", "soft")

    def __init__(self, hard: Iterable[str], soft: Iterable[str]) -> None:
        firm, loose = slots_of(hard), slots_of(soft)
        self.gone = _getter(Mode.GONE, {*firm, *loose})
        self.hard = _getter(Mode.HARD, firm)
        self.soft = _getter(Mode.SOFT, {*firm, *loose}, also=_places(Mode.HARD, loose))


def _getter(
    mode: Mode, slots: Iterable[int], also: Iterable[int] = ()
) -> Callable[[memoryview], tuple[int, ...]]:
    """What loads the words of `slots` in one call. Two words of zeros keep the result a tuple."""
    places = [ZERO_AT, ZERO_AT, *_places(mode, slots), *also]
    return cast("Callable[[memoryview], tuple[int, ...]]", itemgetter(*places))


def _places(mode: Mode, slots: Iterable[int]) -> list[int]:
    return sorted(HEAD + SLOTS * mode.value + slot for slot in slots)


class Counters:
    """The counters of one installation, as this process sees them. Safe across fork.

    A purge claims the next number, stores it in the slot of each tag, and only then publishes it
    as the sequence. A page notes the sequence before its render begins; it is good while no slot
    of its tags holds a larger number. Whoever finds the sequence unchanged need not look further.

    Every word is stored and loaded whole: CPython copies 8 aligned bytes at once. Between the
    slots and the sequence stands a fence, for processors that reorder what x86 does not.
    """

    def __init__(self, path: Path, map_: mmap.mmap, inode: tuple[int, int]) -> None:
        self.path = path
        self.cells = memoryview(map_).cast("Q")
        # One word, for who asks many thousand times a second: `sequence_word[0]`.
        self.sequence_word = self.cells[SEQUENCE_AT : SEQUENCE_AT + 1]
        self._inode = inode

    @classmethod
    def open(cls, directory: Path, *, boot: str | None = None) -> "Counters":
        """Map the counters below `directory`, making them where they are missing.

        They are laid out anew where they are damaged, of another format or of another boot of the
        machine: after a power loss nobody knows which purge reached the disk. `boot` is the id of
        this boot, the kernel's unless a test says otherwise.

        Raises:
            EdgeUnavailable: the folder or file cannot be made, the disk is full, or another
                process has held the lock for five seconds.

        """
        path = directory / FILE_NAME
        try:
            words = _boot_words(boot_id() if boot is None else boot)
            directory.mkdir(parents=True, exist_ok=True)
            with _locked(path) as descriptor:
                return cls._mapped(path, descriptor, words)
        except OSError as error:
            raise EdgeUnavailable(f"{path} cannot be used: {error}") from error

    @classmethod
    def _mapped(cls, path: Path, descriptor: int, boot: tuple[int, ...]) -> "Counters":
        stat = os.fstat(descriptor)
        # The space is taken now: a store to a hole of a file on a full disk is a SIGBUS. And never
        # shorter: another process may have it mapped, and would die of the missing part.
        os.posix_fallocate(descriptor, 0, SIZE)
        counters = cls(path, mmap.mmap(descriptor, SIZE), (stat.st_dev, stat.st_ino))
        if stat.st_size != SIZE or not counters._sound(boot):
            counters._lay_out(boot)
        counters._publish(counters.cells[NEXT_AT])
        return counters

    def _sound(self, boot: tuple[int, ...]) -> bool:
        cells = self.cells
        floor, sequence, following = cells[FLOOR_AT], cells[SEQUENCE_AT], cells[NEXT_AT]
        return (
            cells[MAGIC_AT] == MAGIC
            and cells[FORMAT_AT] == FORMAT
            and tuple(cells[BOOT_AT : BOOT_AT + BOOT_WORDS]) == boot
            and 0 < floor <= sequence <= following < floor + 2**HEIGHT_BITS
            and cells[ZERO_AT] == 0
            and max(cells[HEAD:]) <= following
        )

    def _lay_out(self, boot: tuple[int, ...]) -> None:
        """Begin again at another height. Pages of the old one are dead from the first store on."""
        height = (1 + secrets.randbelow(HEIGHTS)) << HEIGHT_BITS
        self.cells[FLOOR_AT] = height
        _fence()
        self.cells[HEAD:] = memoryview(bytes(SIZE - HEAD * 8)).cast("Q")
        self.cells[MAGIC_AT], self.cells[FORMAT_AT], self.cells[ZERO_AT] = MAGIC, FORMAT, 0
        for place, word in enumerate(boot):
            self.cells[BOOT_AT + place] = word
        self.cells[NEXT_AT] = height
        self._publish(height)

    def _publish(self, number: int) -> None:
        _fence()
        self.cells[SEQUENCE_AT] = number

    def sequence(self) -> int:
        """Return where the counters stand: the number of the last purge that was finished."""
        return self.cells[SEQUENCE_AT]

    def floor(self) -> int:
        """Return the sequence at which these counters began. Pages from below it are dead."""
        return self.cells[FLOOR_AT]

    def newest(self, slots: Iterable[int], mode: Mode) -> int:
        """Return the number of the newest purge in `mode` that touched one of `slots`, or 0."""
        cells, base = self.cells, HEAD + SLOTS * mode.value
        return max((cells[base + slot] for slot in slots), default=0)

    def look(self, watch: "Watch") -> Moved:
        """Return when a page with these tags was last purged, for `verdict.judge`.

        The result may be trusted as long as `sequence()` still is `Moved.sequence`.
        """
        cells = self.cells
        sequence = cells[SEQUENCE_AT]
        _fence()
        gone, hard, soft = max(watch.gone(cells)), max(watch.hard(cells)), max(watch.soft(cells))
        _fence()
        # Last: where the file is laid out anew beside us, the floor is the first to change.
        return Moved(sequence=sequence, floor=cells[FLOOR_AT], gone=gone, hard=hard, soft=soft)

    def purge(self, tags: Iterable[str], mode: Mode) -> int:
        """Purge everything that depends on one of `tags`; return the number of this purge.

        When this returns, every process that looks afterwards sees it. A process that dies in
        here has told nobody that it was done; the next purge or start makes its stores good.

        Raises:
            EdgeUnavailable: another process has held the lock for five seconds, or another file
                lies at our path (`taken_away`).

        """
        slots = slots_of(tags)
        base = HEAD + SLOTS * mode.value
        try:
            with _locked(self.path) as descriptor:
                self._check_still_there(descriptor)
                number = max(self.cells[NEXT_AT], self.cells[SEQUENCE_AT]) + 1
                self.cells[NEXT_AT] = number
                for slot in slots:
                    self.cells[base + slot] = number
                self._publish(number)
        except OSError as error:
            raise EdgeUnavailable(f"{self.path} cannot be used: {error}") from error
        return number

    def heal(self) -> bool:
        """Publish what a purger left that died before it could; return whether there was such.

        Until then pages with its tags cannot be kept, which is safe and slow. Never waits: whoever
        holds the lock is alive, and will publish. Never raises.
        """
        if self.cells[NEXT_AT] <= self.cells[SEQUENCE_AT]:
            return False
        try:
            with _locked(self.path, wait_s=0.0) as descriptor:
                self._check_still_there(descriptor)
                number = self.cells[NEXT_AT]
                healed = number > self.cells[SEQUENCE_AT]
                if healed:
                    self._publish(number)
        except (OSError, EdgeUnavailable):
            return False
        return healed

    def taken_away(self) -> bool:
        """Whether the file at our path is another one now, so that ours hears of no purge."""
        try:
            stat = self.path.stat()
        except OSError:
            return True
        return (stat.st_dev, stat.st_ino) != self._inode

    def _check_still_there(self, descriptor: int) -> None:
        stat = os.fstat(descriptor)
        if (stat.st_dev, stat.st_ino) != self._inode:
            raise EdgeUnavailable(f"{self.path} was replaced. It has to be opened again.")


def _boot_words(boot: str) -> tuple[int, ...]:
    digest = hashlib.blake2b(boot.encode(), digest_size=8 * BOOT_WORDS).digest()
    return tuple(memoryview(digest).cast("Q"))


def _fence() -> None:
    """Let every load and store before this happen before every one after it.

    x86 keeps the order by itself. Elsewhere a release followed by an acquire of one lock does:
    each is an atomic instruction of that kind, and neither may pass the other.
    """
    lock = threading.Lock()
    with lock:
        pass
    with lock:
        pass


@contextmanager
def _locked(path: Path, *, wait_s: float | None = None) -> Iterator[int]:
    """Hold the file for this thread alone. Opened each time: a fork shares what was open."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(descriptor, path, LOCK_WAIT_S if wait_s is None else wait_s)
        yield descriptor
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)  # a map of the file would keep the lock alive
        os.close(descriptor)


def _lock(descriptor: int, path: Path, wait_s: float) -> None:
    give_up_at = time.monotonic() + wait_s
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                raise EdgeUnavailable(
                    f"{path} has been locked by another process for {wait_s:.0f} s."
                ) from None
            time.sleep(LOCK_PAUSE_S)
        else:
            return
