"""The journal of one stretch in hand: a line before each mail is handed over, one after the answer.

A file in the data folder, locked for as long as its process lives: whoever gets the lock knows
that the process is dead. `write` outlives `kill -9`; a group's `fdatasync` is for power loss.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dateline.mail.domain.states import Fate

SUFFIX = ".journal"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
MACHINE = "machine"


def boot_id() -> str:
    """Since when this machine runs, as a name; empty where the system does not tell."""
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return ""


def machine_id(folder: Path) -> str:
    """A name of this data folder, made once: whose journals lie here."""
    path = folder / MACHINE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            file.write(secrets.token_hex(6))
    except FileExistsError:
        pass
    return path.read_text()


class Journal:
    """What one process notes about one stretch. `name` is also the stretch's holder."""

    def __init__(self, folder: Path) -> None:
        self.name = f"{machine_id(folder)}-{os.getpid()}-{secrets.token_hex(4)}"
        self.path = folder / (self.name + SUFFIX)
        fresh = folder / f"{self.name}.new"
        # Locked before it has the name by which it is found: nobody takes it for a dead one's.
        self.descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        self._unwritten = f"H {boot_id()}\n".encode()
        self.flush()
        fresh.rename(self.path)

    def handing(self, number: int) -> None:
        """Note that a mail is about to be handed over."""
        os.write(self.descriptor, b"%sS %d\n" % (self._unwritten, number))
        self._unwritten = b""

    def settled(self, number: int, fate: Fate | None, told: str) -> None:
        """Note what the server answered; no fate: it said "later".

        It is written with the next line or by `flush`, which ends each turn.
        """
        line = f"D {number} {fate.value if fate else '-'} {told}".replace("\n", " ")
        self._unwritten += f"{line}\n".encode("utf-8", "replace")

    def flush(self) -> None:
        """Write what was noted in this turn."""
        if self._unwritten:
            os.write(self.descriptor, self._unwritten)
            self._unwritten = b""

    def taken_back(self, number: int) -> None:
        """Note that a mail was not handed over after all: its end never left this machine."""
        self._unwritten += b"B %d\n" % number
        self.flush()

    def sync(self) -> None:
        """See what was noted onto the disk."""
        self.flush()
        os.fdatasync(self.descriptor)

    def end(self) -> None:
        """Throw the journal away: all it says is in the ledger."""
        self.path.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Leave it for whoever reconciles."""
        self.flush()
        os.close(self.descriptor)


@dataclass(slots=True)
class Left:
    """What a dead process left: whom it handed over without an answer, and what was answered.

    `handed` are numbers; `settled` maps others to fate (none: later) and what was told. After a
    power cut `is_whole` is false: what was written last may be missing.
    """

    path: Path
    descriptor: int
    is_whole: bool = False
    handed: set[int] = field(default_factory=set)
    settled: dict[int, tuple[Fate | None, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name by which the ledger knows the journal."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def written_at(self) -> datetime:
        """When it was last written to, aware UTC."""
        return datetime.fromtimestamp(os.fstat(self.descriptor).st_mtime, tz=UTC)

    def end(self) -> None:
        """Throw the journal away: all it says is in the ledger."""
        self.path.unlink(missing_ok=True)
        self.let_go()

    def let_go(self) -> None:
        """Leave the journal as it is, for another time."""
        os.close(self.descriptor)


def left_behind(folder: Path) -> Iterator[Left]:
    """Read the journals of the dead, each locked until it is ended or let go."""
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            continue
        yield _read(Left(path, descriptor))


def _read(left: Left) -> Left:
    lines = left.path.read_bytes().split(b"\n")
    for line in lines[:-1]:  # after the last line's end there is nothing, or a torn line
        kind, _, rest = line.decode("utf-8", "replace").partition(" ")
        if kind == "H":
            left.is_whole = rest == boot_id()
        elif kind == "S":
            left.handed.add(int(rest))
        elif kind == "B":
            left.handed.discard(int(rest))
        else:
            number, fate, told = (*rest.split(" ", 2), "")[:3]
            left.handed.discard(int(number))
            left.settled[int(number)] = (None if fate == "-" else Fate(fate), told)
    return left
