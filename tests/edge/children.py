"""Runs a function in a forked process, for tests of what several processes see of one file."""

import os
import signal
import sys
import traceback
from multiprocessing import Pipe


def start(work):
    """Fork; the child runs `work()` and ends with 0, or 1 after an error. Return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    finally:  # a child must never return into pytest
        if status:
            traceback.print_exc()
        os._exit(status)


def end_of(pid):
    """Wait; return the exit status, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def run(work):
    return end_of(start(work))


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    return end_of(pid)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


class Other:
    """Something that a forked process holds, with its methods called from here.

    LMDB may be opened once in a process, and the child inherits what is open: make one before
    this process opens the same file.
    """

    def __init__(self, make):
        self._here, there = Pipe()

        def serve():
            held = make()
            while True:
                name, words = there.recv()
                there.send(getattr(held, name)(*words))

        self.pid = start(serve)

    def __getattr__(self, name):
        def call(*words):
            self._here.send((name, words))
            return self._here.recv()

        return call

    def end(self):
        return kill(self.pid)
