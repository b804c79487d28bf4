"""The processes of one run: tied to their parent's life, and how they find each other."""

import contextlib
import ctypes
import os
import select
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Not settings: how the processes of one run find each other. The leading underscore keeps them out
# of the names that an operator may set.
PARENT = "_DATELINE_PARENT"
RUN_DIR = "_DATELINE_RUN_DIR"
TOKEN = "_DATELINE_FRONT_TOKEN"  # noqa: S105 - a variable's name
LISTEN_FD = "_DATELINE_LISTEN_FD"
SOCKET = "_DATELINE_SOCKET"
RELEASE = "_DATELINE_RELEASE"  # a hash of the code, templates and static files that render

SOCKET_NAME = "render.sock"  # a link that always leads to the newest render socket


class Bell:
    """Wakes one thread, also out of a signal handler.

    A threading.Event must not be set there: its lock may be held by the very thread that was
    interrupted, which then waits for itself for ever.
    """

    def __init__(self) -> None:
        self._heard, self._rung = os.pipe()
        os.set_blocking(self._heard, False)
        os.set_blocking(self._rung, False)

    def __del__(self) -> None:
        os.close(self._heard)
        os.close(self._rung)

    def ring(self) -> None:
        """Wake whoever waits, or the next one who does."""
        with contextlib.suppress(BlockingIOError):  # it is full of rings that nobody heard yet
            os.write(self._rung, b"!")

    def wait(self, seconds: float | None = None) -> None:
        """Return when it rings, when it rang since the last time, or after `seconds`."""
        if select.select([self._heard], [], [], seconds)[0]:
            os.read(self._heard, select.PIPE_BUF)


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process the moment `parent` (its real parent) is gone.

    Without it `kill -9` of Granian's main process leaves workers that go on answering with old
    code. Only Linux can do this; elsewhere the supervisor's process groups are all there is.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) was refused")
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), signal.SIGKILL)


def die_with_supervisor() -> None:
    """Tie this process to the supervisor that started it; do nothing when a person did.

    What this process starts in its turn is not a child of the supervisor and must not think so.
    """
    if parent := os.environ.pop(PARENT, None):
        die_with(int(parent))


def alive(pid: int) -> bool:
    """Whether a process with this id runs on this machine (a zombie counts as gone)."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"
