"""Read documents in a process of their own, so that none can stop, exhaust or crash the worker.

The parent hands over a path, the child answers with items or with a sentence. A document that
takes too long is ended by the kernel (`setitimer`, which also ends code that never comes back to
Python); one that wants too much memory or crashes the child only costs that child.
"""

import atexit
import resource
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from dateline.wire.adapters import raw_store
from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.item import IncomingItem
from dateline.wire.domain.profile import ProviderProfile

TIME_LIMIT_S = 20.0
MEMORY_LIMIT = 3 * 1024**3  # bytes of address space; a document may have 128 MB
_GRACE_S = 2.0  # the child ends itself; the parent only makes sure
_CHILD = "from dateline.wire.adapters.reader import main; main"


@dataclass(frozen=True, slots=True)
class Task:
    """One document: its bytes by hash below `root`, the name for messages, the provider's rules."""

    root: Path
    sha256: str
    source: str
    profile: ProviderProfile | None
    time_limit_s: float = TIME_LIMIT_S


class Unreadable(Exception):
    """The document cannot be read. The message is a sentence for an editor."""


class Reader:
    """A reading process, started when first needed and again whenever it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        atexit.register(self.close)

    def read(self, task: Task) -> tuple[IncomingItem, ...]:
        """Return the items of one document, at least one.

        Raises:
            Unreadable: it is no format we know, damaged, takes longer than the task allows, or
                broke the reader; the message says which.

        """
        with self._lock:
            answer = self._ask(task)
        if isinstance(answer, str):
            raise Unreadable(answer)
        return answer

    def _ask(self, task: Task) -> tuple[IncomingItem, ...] | str:
        line = self._ready_line()
        try:
            line.send(task)
            if line.poll(task.time_limit_s + _GRACE_S):
                answer: tuple[IncomingItem, ...] | str = line.recv()
                return answer
        except (EOFError, OSError):
            pass
        return self._post_mortem(task)

    def _ready_line(self) -> Connection:
        if self._line is None or self._child is None or self._child.poll() is not None:
            self.close()
            self._line, theirs = Pipe()
            with theirs:
                self._child = subprocess.Popen(  # noqa: S603 - our own module, no input in it
                    [sys.executable, "-c", f"{_CHILD}({theirs.fileno()})"],
                    pass_fds=[theirs.fileno()],
                )
        return self._line

    def _post_mortem(self, task: Task) -> str:
        child = self._child
        self.close(patience_s=0)
        ended = child.returncode if child else None
        if ended in (-signal.SIGALRM, -signal.SIGKILL):
            return (
                f"{task.source}: reading it took longer than {task.time_limit_s:g} seconds, so it "
                "was given up. Ask the agency for a smaller file, or try again when the machine is "
                "less busy."
            )
        return (
            f"{task.source}: the reader broke while reading it (it ended with {ended}). The bytes "
            "are kept: report it, and retry after the next upgrade."
        )

    def close(self, *, patience_s: float = 2.0) -> None:
        """Hang up; end the reading process where it does not end by itself."""
        line, child, self._line, self._child = self._line, self._child, None, None
        if line:
            line.close()
        if child:
            try:
                child.wait(patience_s)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def answer(task: Task) -> tuple[IncomingItem, ...] | str:
    """Read one document here and now: its items, or a sentence that says why not."""
    try:
        document = raw_store.read(task.sha256, root=task.root)
        return formats.read(document, source=task.source, profile=task.profile)
    except WireFormatError as refusal:
        return _sentence(refusal)
    except raw_store.RawDamaged as damage:
        return str(damage)
    except MemoryError:
        return f"{task.source}: reading it needs more memory than one document may have."
    except Exception as fault:  # noqa: BLE001 - whatever a parser does must not stop the next one
        return (
            f"{task.source}: the reader failed on it ({type(fault).__name__}: {fault}). The bytes "
            "are kept: report it, and retry after the next upgrade."
        )


def _sentence(refusal: WireFormatError) -> str:
    """For an editor: the file, the field where there is one, and the problem."""
    where = "" if refusal.field.startswith("(") else f"{refusal.field}: "
    return f"{refusal.source}: {where}{refusal.problem}"


def serve(line: Connection) -> None:
    """Answer tasks until the parent hangs up or dies."""
    while True:
        try:
            task: Task = line.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_REAL, task.time_limit_s)
        reply = answer(task)
        signal.setitimer(signal.ITIMER_REAL, 0)
        line.send(reply)


def main(descriptor: int) -> None:
    """Be the reading process; `descriptor` is our end of the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which hangs up
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with Connection(descriptor) as line:
        serve(line)
