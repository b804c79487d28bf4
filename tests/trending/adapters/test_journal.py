"""What a front wrote is read whole and once, whatever happened to it meanwhile."""

import os
import resource
import signal

import pytest

from dateline.trending.adapters import journal as module
from dateline.trending.adapters.journal import RECORD, Journal, pack
from dateline.trending.domain.views import Kind, Seen, Source

NOON = 1_796_000_000.0


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


def seen(story, *, at=NOON):
    return Seen(at, 3, story, Kind.LEFT, 2**64 - story, Source.SISTER, 95, 80)


def test_what_is_appended_is_read_as_it_was(journal):
    journal.append([seen(1), seen(2)])
    journal.append([seen(3)])

    events, position = journal.read_from({})

    assert events == [seen(1), seen(2), seen(3)]
    assert (events[0].kind, events[0].source) == (Kind.LEFT, Source.SISTER)
    assert journal.read_from(position) == ([], position)


def test_nothing_is_written_for_nothing(journal):
    assert journal.append([]) == 0
    assert journal.segments() == []


def test_reading_goes_on_where_it_ended(journal):
    journal.append([seen(1)])
    _, position = journal.read_from({})
    journal.append([seen(2)])

    assert journal.read_from(position)[0] == [seen(2)]


def test_several_fronts_write_at_once_and_none_disturbs_another(journal, clock):
    others = [Journal(journal.directory, clock) for _ in range(3)]
    for number in range(30):
        others[number % 3].append([seen(number + 1)])

    events, _ = journal.read_from({})

    assert sorted(event.story for event in events) == list(range(1, 31))
    assert len(journal.segments()) == 3


def test_a_segment_ends_after_a_minute_and_is_removed_when_it_was_read(journal, clock):
    journal.append([seen(1)])
    clock.now += 61
    journal.append([seen(2)])
    assert len(journal.segments()) == 2

    _, position = journal.read_from({})
    assert journal.forget(position) == 0  # a front may still have a batch in hand
    clock.now += 40

    assert journal.forget(position) == 1
    assert journal.read_from(position)[0] == []
    assert list(journal.read_from({})[1]) == [journal.segments()[0].name]


def test_what_was_not_read_is_not_removed(journal, clock):
    journal.append([seen(1)])
    clock.now += 100

    assert journal.forget({}) == 0
    assert journal.forget({journal.segments()[0].name: 0}) == 0


def test_a_record_cut_in_two_waits_for_its_rest_and_is_counted_when_none_comes(journal, clock):
    journal.append([seen(1)])
    segment = journal.segments()[0]
    with segment.open("ab") as file:
        file.write(pack([seen(2)])[:20])

    events, position = journal.read_from({})
    assert events == [seen(1)]
    with segment.open("ab") as file:
        file.write(pack([seen(2)])[20:])
    events, position = journal.read_from(position)
    assert events == [seen(2)]

    with segment.open("ab") as file:
        file.write(b"half")
    assert journal.read_from(position)[0] == []
    clock.now += 100
    assert (journal.forget(position), journal.torn) == (1, 1)


def test_a_hole_that_a_power_failure_left_is_counted_and_skipped(journal):
    journal.append([seen(1)])
    with journal.segments()[0].open("ab") as file:
        file.write(bytes(RECORD.size) + b"\xff" * RECORD.size + pack([seen(2)]))

    assert journal.read_from({})[0] == [seen(1), seen(2)]
    assert journal.torn == 2


def test_much_is_read_in_parts(journal, clock, monkeypatch):
    monkeypatch.setattr(module, "READ_BYTES", 3 * RECORD.size + 1)
    journal.append([seen(n) for n in range(1, 6)])
    clock.now += 61
    journal.append([seen(6)])

    found, position = [], {}
    while True:
        events, position = journal.read_from(position)
        if not events:
            break
        assert len(events) <= 3
        found += [event.story for event in events]

    assert found == [1, 2, 3, 4, 5, 6]


def test_a_clock_that_was_set_back_begins_a_new_segment(journal, clock):
    journal.append([seen(1)])
    clock.now -= 3600
    journal.append([seen(2)])

    assert len(journal.segments()) == 2


def test_the_files_are_their_owners_only(journal):
    journal.append([seen(1)])

    assert journal.segments()[0].stat().st_mode & 0o777 == 0o600
    assert journal.directory.stat().st_mode & 0o077 == 0


def test_after_a_disk_refused_a_batch_the_next_begins_a_new_segment(journal):
    journal.append([seen(1)])
    journal._file, closed = os.open("/dev/full", os.O_WRONLY), journal._file
    os.close(closed)

    with pytest.raises(OSError, match="No space left"):
        journal.append([seen(2)])
    journal.append([seen(3)])

    assert sorted(event.story for event in journal.read_from({})[0]) == [1, 3]


def test_a_batch_of_which_only_a_part_fits_spoils_nothing_that_comes_after(journal):
    journal.append([seen(1)])
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (RECORD.size + 10, allowed[1]))
    try:
        with pytest.raises(OSError, match="only 10 of 34 bytes"):
            journal.append([seen(2)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
        signal.signal(signal.SIGXFSZ, ignored)
    journal.append([seen(3)])

    assert sorted(event.story for event in journal.read_from({})[0]) == [1, 3]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def journal(tmp_path, clock):
    made = Journal(tmp_path / "beacons", clock)
    yield made
    made.close()
