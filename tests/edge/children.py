"""Runs a function in a forked process, for tests of what several processes see of one file."""

import os
import signal
import sys
import traceback


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
    except BaseException:  # noqa: BLE001 - a child must never return into pytest
        traceback.print_exc()
    finally:
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
