"""Keeping processes alive: real ones, each a few lines of Python."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from dateline.project import processes, supervisor
from dateline.project.supervisor import Child, GaveUp, Supervisor
from tests.project.conftest import alive, all_gone, children_of, wait_until

WAITS = "import signal; signal.pause()"
DEAF = """
import pathlib, signal
signal.signal(15, signal.SIG_IGN); pathlib.Path("deaf").touch()
while True: signal.pause()
"""
ENDS = "raise SystemExit(3)"
LISTENS = """
import os, signal, socket
s = socket.socket(socket.AF_UNIX); s.bind(os.environ['_DATELINE_SOCKET']); s.listen()
os.fork()
signal.pause()
"""


def test_it_starts_says_ready_and_stops_in_order(running):
    with running(front=WAITS, worker=WAITS) as it:
        pids = [child.pid for child in it.children]
        assert it.said == ["ready"]

    assert it.error is None
    all_gone(pids)


def test_a_process_that_ends_is_started_again(running):
    with running(worker=WAITS) as it:
        before = it.children[0].pid
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: it.children[0].pid not in {before, None})

    assert it.children[0].starts == 2


def test_what_a_dead_process_left_behind_is_ended_and_the_next_has_a_fresh_socket(running):
    with running(render=LISTENS) as it:
        wait_until(lambda: children_of(it.children[0].pid))
        (orphan,) = children_of(it.children[0].pid)
        os.kill(it.children[0].pid, signal.SIGKILL)
        wait_until(lambda: it.children[0].starts == 2)
        all_gone([orphan])
        wait_until((it.run_dir / "render-2.sock").exists)
        assert (it.run_dir / "render.sock").readlink().name == "render-2.sock"


def test_a_reload_leads_to_the_successor_once_it_listens(running):
    with running(front=WAITS, render=LISTENS, worker=WAITS) as it:
        front, render, worker = [child.pid for child in it.children]
        wait_until((it.run_dir / "render-1.sock").exists)
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: it.children[1].pid not in {render, None})
        all_gone([render, worker])
        assert it.children[0].pid == front
        assert (it.run_dir / "render.sock").readlink().name == "render-2.sock"
        wait_until(lambda: it.children[2].pid not in {worker, None})
        # What the old code made is thrown away when the new takes over and when the old has ended.
        wait_until(lambda: it.said == ["ready", "new code", "new code"])


def test_a_reload_that_fails_leaves_the_old_process_in_charge(running):
    with running(render=LISTENS) as it:
        before = it.children[0].pid
        it.children[0].command = ("-c", WAITS)  # never listens
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: it.children[0].successor)
        os.kill(it.children[0].successor.pid, signal.SIGKILL)
        wait_until(lambda: it.children[0].successor is None)
        assert it.children[0].pid == before
        assert alive(before)
        assert (it.run_dir / "render.sock").readlink().name == "render-1.sock"


def test_the_successor_takes_over_when_the_old_one_dies_meanwhile(running):
    with running(render=LISTENS) as it:
        old = it.children[0].pid
        it.children[0].command = ("-c", WAITS)  # never listens
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: it.children[0].successor)
        os.kill(old, signal.SIGKILL)
        wait_until(lambda: it.children[0].successor is None)
        assert it.children[0].pid not in {old, None}
        assert (it.run_dir / "render.sock").readlink().name == "render-2.sock"


def test_stopping_ends_a_successor_and_one_that_is_leaving(running):
    slow = LISTENS.replace("signal.pause()", "signal.signal(15, signal.SIG_IGN); signal.pause()")
    with running(grace_s=0.5, render=slow) as it:
        wait_until((it.run_dir / "render-1.sock").exists)
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: it.leaving)
        it.children[0].command = ("-c", WAITS)
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: it.children[0].successor)
        pids = [it.leaving[0].pid, it.children[0].pid, it.children[0].successor.pid]

    all_gone(pids)


def test_a_reload_passes_over_a_process_that_is_down(running):
    with running(worker=WAITS) as it:
        it.children[0].failures = 4  # its next start is seconds away
        os.kill(it.children[0].pid, signal.SIGKILL)
        wait_until(lambda: it.children[0].process is None)
        it.on_signal(signal.SIGHUP, None)
        wait_until(lambda: not it.reload_wanted)
        assert it.children[0].starts == 1


def test_one_that_does_not_stop_in_time_is_killed(running):
    with running(grace_s=0.2, worker=DEAF) as it:
        pids = [it.children[0].pid]
        wait_until(Path("deaf").exists)

    all_gone(pids)


def test_a_second_ctrl_c_does_not_wait(running):
    with running(grace_s=60, worker=DEAF) as it:
        wait_until(Path("deaf").exists)
        it.on_signal(signal.SIGINT, None)
        it.on_signal(signal.SIGINT, None)
        began = time.monotonic()

    assert time.monotonic() - began < 20


def test_it_gives_up_when_a_process_never_lives(running):
    with running(ready=False, worker=ENDS) as it:
        it.thread.join(60)

    assert isinstance(it.error, GaveUp)
    assert str(it.error).startswith("The worker process ended 3 times (last with exit code 3).")


def test_once_ready_it_never_gives_up_but_waits_longer_each_time(running, monkeypatch):
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE_S", 0.3)
    with running(front=WAITS, worker=ENDS) as it:
        wait_until(lambda: it.children[1].failures >= 4)

    assert it.error is None


def test_a_long_life_forgives_old_failures(running, monkeypatch):
    monkeypatch.setattr(supervisor, "STEADY_S", 0.0)
    with running(worker=ENDS) as it:
        wait_until(lambda: it.children[0].starts >= 4)
        assert it.children[0].failures == 1


def test_signals_are_the_supervisor_s_only_while_it_runs(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    it = Supervisor([], {}, tmp_path)
    it.run(is_ready=lambda: True, on_ready=lambda: os.kill(os.getpid(), signal.SIGTERM))

    assert it.stopping
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_child_of_a_dead_parent_ends_itself():
    code = "from dateline.project.processes import die_with; die_with(1)"

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == -signal.SIGKILL


def test_a_parent_that_died_before_it_was_asked_for_is_noticed(monkeypatch):
    killed = []
    monkeypatch.setattr(processes.os, "kill", lambda *args: killed.append(args))
    monkeypatch.setattr(processes.ctypes, "CDLL", lambda *_, **__: Agreeable())

    processes.die_with(os.getppid() + 1)
    processes.die_with(os.getppid())

    assert killed == [(os.getpid(), signal.SIGKILL)]


class Agreeable:
    """The kernel, without tying this very process to its parent."""

    def prctl(self, *_):
        return 0


def test_only_linux_can_tie_lives(monkeypatch):
    monkeypatch.setattr(processes.sys, "platform", "darwin")

    processes.die_with(1)


def test_a_refusal_of_the_kernel_is_not_passed_over(monkeypatch):
    monkeypatch.setattr(processes, "PR_SET_PDEATHSIG", -5)

    with pytest.raises(OSError, match="was refused"):
        processes.die_with(os.getppid())


def test_a_grandchild_does_not_think_it_is_supervised(monkeypatch):
    tied = []
    monkeypatch.setattr(processes, "die_with", tied.append)
    monkeypatch.setenv(processes.PARENT, "42")

    processes.die_with_supervisor()
    processes.die_with_supervisor()

    assert tied == [42]


def test_a_process_that_ended_is_not_alive():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    wait_until(lambda: not alive(pid))  # a zombie until it is waited for
    os.waitpid(pid, 0)

    assert not alive(pid)
    assert alive(os.getpid())


@pytest.fixture
def running(tmp_path, monkeypatch):
    """Run a supervisor in a thread: `with running(worker=CODE) as it`."""
    monkeypatch.setattr(supervisor, "_signals", _NoSignals)
    monkeypatch.setattr(supervisor, "POLL_S", 0.02)
    monkeypatch.chdir(tmp_path)
    return partial(Running, tmp_path / "run")


class Running:
    """A supervisor at work; what it has is reached through this."""

    def __init__(self, run_dir, *, ready=True, grace_s=10.0, **codes):
        run_dir.mkdir()
        children = [
            Child(
                name,
                ("-c", code),
                socket=name == "render",
                pass_fds=(0,) if name == "front" else (),
            )
            for name, code in codes.items()
        ]
        self.it = Supervisor(children, dict(os.environ), run_dir, grace_s=grace_s)
        self.said, self.error, self.is_ready = [], None, ready
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            self.it.on_new_code = partial(self.said.append, "new code")
            self.it.run(is_ready=lambda: self.is_ready, on_ready=lambda: self.said.append("ready"))
        except GaveUp as error:
            self.error = error

    def __enter__(self):
        self.thread.start()
        wait_until(lambda: self.said or not self.is_ready)
        return self

    def __exit__(self, *_):
        if not self.it.stopping:
            self.it.on_signal(signal.SIGTERM, None)
        self.thread.join(60)
        assert not self.thread.is_alive()

    def __getattr__(self, name):
        return getattr(self.it, name)


class _NoSignals:
    """A thread may not set signal handlers; these tests call `on_signal` themselves."""

    def __init__(self, _supervisor):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *_):
        pass
