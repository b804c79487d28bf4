"""Keeps the processes of one installation running: starts, watches, replaces, reloads, stops."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

from dateline.project import processes

log = structlog.get_logger("dateline.serve")

POLL_S = 0.2
STEADY_S = 30.0  # a process that lived this long has no bad history any more
LONGEST_PAUSE_S = 10.0
TRIES_BEFORE_READY = 3
GRACE_S = 15.0
Running = subprocess.Popen[bytes]


class GaveUp(Exception):
    """A process could not be started; the text says which, and what to look at."""


@dataclass(slots=True)
class Child:
    """One process to keep alive. `socket` gives it a fresh unix socket at each start."""

    name: str
    command: tuple[str, ...]
    socket: bool = False
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    successor: subprocess.Popen[bytes] | None = None
    path: Path | None = None
    starts: int = 0
    failures: int = 0
    started_at: float = 0.0
    start_again_at: float = 0.0

    @property
    def pid(self) -> int | None:
        """Process id, or None while it is down."""
        return self.process.pid if self.process else None


@dataclass(slots=True)
class Supervisor:
    """Runs `children` with `environment` until told to stop. Times are monotonic seconds.

    `on_new_code` is called after a reload, when the new render processes have taken over, and once
    more when the old ones have ended: what was made by the old code may be thrown away.
    """

    children: list[Child]
    environment: Mapping[str, str]
    run_dir: Path
    grace_s: float = GRACE_S
    on_new_code: Callable[[], None] = lambda: None
    ready: bool = False
    stopping: bool = False
    hurry: bool = False
    reload_wanted: bool = False
    leaving: list[subprocess.Popen[bytes]] = field(default_factory=list)
    wake: processes.Bell = field(default_factory=processes.Bell)

    def run(self, is_ready: Callable[[], bool], on_ready: Callable[[], None]) -> None:
        """Start everything, call `on_ready` once it answers, then watch until a signal says stop.

        Raises:
            GaveUp: a process ended three times before the whole was ready.

        """
        with _signals(self):
            try:
                for child in self.children:
                    self._start(child)
                while not self.stopping:
                    self._watch()
                    if not self.ready and is_ready():
                        self.ready = True
                        on_ready()
                    self.wake.wait(POLL_S)
            finally:
                self._stop_all()

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """SIGTERM and SIGINT stop (twice: at once), SIGHUP replaces the render processes."""
        if number == signal.SIGHUP:
            self.reload_wanted = True
        elif number != signal.SIGCHLD:
            self.hurry = self.stopping
            self.stopping = True
        self.wake.ring()

    def _start(self, child: Child) -> None:
        child.process = self._spawn(child)
        self._switch(child)
        log.info("started", process=child.name, pid=child.pid)

    def _spawn(self, child: Child) -> subprocess.Popen[bytes]:
        child.starts += 1
        child.started_at = time.monotonic()
        environment = {**self.environment, processes.PARENT: str(os.getpid())}
        if child.socket:
            # A path of its own for each start: a worker that outlived its parent keeps the old
            # one busy, and must not get a request again.
            child.path = self.run_dir / f"{child.name}-{child.starts}.sock"
            environment[processes.SOCKET] = str(child.path)
        return subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, *child.command],
            env=environment,
            pass_fds=child.pass_fds,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C in the terminal is ours to pass on, in order
        )

    def _switch(self, child: Child) -> None:
        """Lead the front to the socket of the newest start, in one step."""
        if child.path:
            fresh = self.run_dir / "next"
            fresh.symlink_to(child.path)
            fresh.replace(self.run_dir / processes.SOCKET_NAME)

    def _watch(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.start_again_at:
                    self._start(child)
            elif child.process.poll() is not None:
                self._note_end(child, child.process, now)
            elif child.successor and child.path:
                self._hand_over(child, child.process, child.successor, child.path)
        self._see_off()
        if self.reload_wanted:
            self.reload_wanted = False
            self._reload()

    def _note_end(self, child: Child, process: subprocess.Popen[bytes], now: float) -> None:
        child.process, child.successor = child.successor, None
        _kill_group(process)  # whatever it left behind answers with old code
        if child.process:
            self._switch(child)
            return
        child.failures = 1 if now - child.started_at > STEADY_S else child.failures + 1
        if not self.ready and child.failures >= TRIES_BEFORE_READY:
            raise GaveUp(
                f"The {child.name} process ended {child.failures} times "
                f"(last with {_said(process)}). Its last lines above say why."
            )
        pause = min(LONGEST_PAUSE_S, 0.25 * 2 ** (child.failures - 1))
        child.start_again_at = now + pause
        log.warning("ended", process=child.name, how=_said(process), starts_again_in_s=pause)

    def _reload(self) -> None:
        """Start new render processes beside the old ones; restart the worker. The front goes on."""
        for child in self.children:
            if child.process is None:
                continue
            if child.socket:
                child.successor = child.successor or self._spawn(child)
            elif not child.pass_fds:
                child.process.terminate()
                child.failures = 0
        log.info("reloading", what="render processes and worker")

    def _hand_over(self, child: Child, old: Running, successor: Running, path: Path) -> None:
        """Once the successor listens, lead the front to it and let the old one finish."""
        if successor.poll() is not None:
            log.error("reload_failed", process=child.name, how=_said(successor))
            child.successor = None
            return
        if not _listens(path):
            return
        child.process, child.successor = successor, None
        self._switch(child)
        old.terminate()
        self.leaving.append(old)
        log.info("reloaded", process=child.name, pid=child.pid)
        self.on_new_code()

    def _see_off(self) -> None:
        """Reap old render processes that have finished, with all they may have left behind."""
        for process in [p for p in self.leaving if p.poll() is not None]:
            _kill_group(process)
            self.leaving.remove(process)
            self.on_new_code()  # until now a kept connection may have led to the old code

    def _stop_all(self) -> None:
        """Stop in order: the front drains first, then those it asked. After the grace, kill."""
        deadline = time.monotonic() + self.grace_s
        for child in self.children:
            if child.process is None:
                continue
            child.process.terminate()
            if child.pass_fds:
                self._wait(child, deadline)
        for child in self.children:
            self._wait(child, deadline)
        for process in [*(child.successor for child in self.children), *self.leaving]:
            if process:
                _kill_group(process)
                process.wait()
        log.info("stopped", what="everything")

    def _wait(self, child: Child, deadline: float) -> None:
        process, child.process = child.process, None
        if process is None:
            return
        while process.poll() is None and time.monotonic() < deadline and not self.hurry:
            self.wake.wait(POLL_S)
        if process.poll() is None:
            log.warning("killed", process=child.name, why="it did not stop in time")
        _kill_group(process)
        process.wait()
        log.info("stopped", process=child.name)


class _signals:  # noqa: N801 - used as a function in a with statement
    """Send our signals to the supervisor for as long as it runs, then put back what was there."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.handler = supervisor.on_signal

    def __enter__(self) -> None:
        numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
        self.before = {number: signal.signal(number, self.handler) for number in numbers}

    def __exit__(self, *_: object) -> None:
        for number, handler in self.before.items():
            signal.signal(number, handler)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _said(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
