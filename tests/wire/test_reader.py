"""Reading in a process of its own: no document can stop, exhaust or crash the worker."""

import os
import signal
import threading
from io import BytesIO
from multiprocessing.connection import Pipe

import pytest

from dateline.wire.adapters import raw_store
from dateline.wire.adapters import reader as reading
from dateline.wire.adapters.reader import Reader, Task, Unreadable
from tests.factories.documents import ninjs


def test_returns_the_items(reader, task):
    (item,) = reader.read(task(ninjs("urn:kna:7")))

    assert (item.family, item.headline) == ("urn:kna:7", "Ferry returns to harbour")


def test_the_child_is_kept_from_one_document_to_the_next(reader, task):
    reader.read(task(ninjs()))
    first = reader._child.pid
    reader.read(task(ninjs("urn:kna:2")))

    assert reader._child.pid == first


def test_a_refusal_is_a_sentence_with_the_files_name(reader, task):
    with pytest.raises(Unreadable, match=r"^a\.json: .*no format the wire knows"):
        reader.read(task(b"hello"))


def test_a_document_that_takes_too_long_is_given_up_and_the_next_is_read(reader, task):
    reader.read(task(ninjs()))  # the child is up
    slow = b"[" + b"[1]," * 8_000_000 + b"1]"

    with pytest.raises(Unreadable, match=r"longer than 0\.01 seconds"):
        reader.read(task(slow, time_limit_s=0.01))

    assert reader.read(task(ninjs("urn:kna:2")))[0].family == "urn:kna:2"


def test_a_child_that_died_while_idle_is_replaced(reader, task):
    reader.read(task(ninjs()))
    reader._child.kill()
    reader._child.wait()

    assert reader.read(task(ninjs()))[0].family == "urn:kna:1"


def test_a_document_that_crashes_the_child_is_named(reader, task, monkeypatch):
    monkeypatch.setattr(reading, "_CHILD", "import os; os._exit")

    with pytest.raises(Unreadable, match="the reader broke while reading it"):
        reader.read(task(ninjs()))


def test_a_child_that_does_not_even_answer_the_clock_is_killed(reader, task, monkeypatch):
    monkeypatch.setattr(reading, "_CHILD", "import time; time.sleep(600); int")
    monkeypatch.setattr(reading, "_GRACE_S", 0.0)

    with pytest.raises(Unreadable, match=r"longer than 0\.05 seconds"):
        reader.read(task(ninjs(), time_limit_s=0.05))
    assert reader._child is None


def test_damaged_bytes_are_a_sentence(root):
    task = Task(root, "0" * 64, "a.json", None)

    assert "from a backup" in reading.answer(task)


def test_a_refusal_is_answered_not_raised(task):
    assert "no format the wire knows" in reading.answer(task(b"hello"))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), "needs more memory"),
        (KeyError("guid"), r"the reader failed on it (KeyError: 'guid')"),
    ],
)
def test_whatever_a_parser_does_is_a_sentence(task, monkeypatch, fault, said):
    def fail(*_, **__):
        raise fault

    monkeypatch.setattr(reading.formats, "read", fail)

    assert said in reading.answer(task(ninjs()))


def test_a_task_is_answered_until_the_parent_hangs_up(task):
    """The child's own loop, run here, over a real pipe."""
    ours, theirs = Pipe()
    ours.send(task(ninjs("urn:kna:9")))
    answers = []
    parent = threading.Thread(target=lambda: (answers.append(ours.recv()), ours.close()))
    parent.start()
    reading.serve(theirs)
    parent.join()
    theirs.close()

    assert answers[0][0].family == "urn:kna:9"
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_the_child_ignores_ctrl_c_and_limits_its_memory(monkeypatch):
    ours, theirs = Pipe()
    ours.close()
    limits = []
    monkeypatch.setattr(reading.resource, "setrlimit", lambda *limit: limits.append(limit))
    before = signal.getsignal(signal.SIGINT)
    try:
        reading.main(os.dup(theirs.fileno()))
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
        theirs.close()

    assert limits[0][1] == (reading.MEMORY_LIMIT, reading.MEMORY_LIMIT)


def test_closing_twice_is_no_error(reader, task):
    reader.read(task(ninjs()))
    child = reader._child
    reader.close()
    reader.close()

    assert child.returncode == 0


@pytest.fixture
def root(tmp_path):
    return tmp_path / "raw"


@pytest.fixture
def task(root):
    def make(data, **limits):
        kept = raw_store.keep(BytesIO(data), root=root)
        return Task(root, kept.sha256, "a.json", None, **limits)

    return make


@pytest.fixture
def reader():
    reader = Reader()
    yield reader
    reader.close()
