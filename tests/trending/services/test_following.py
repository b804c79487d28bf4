"""What nginx logged counts as what the front was told, and by the same rules."""

import pytest

from dateline.trending.adapters.journal import Journal
from dateline.trending.domain.views import Kind
from dateline.trending.services.collector import tell_sites
from dateline.trending.services.following import follow

NOON = 1_795_953_600.0
LINE = (
    "{at:.3f}\t203.0.113.9\tpost.example\t{method}\t1.{story}.1.1.0.0\t{length}\t"
    "https://post.example\tsame-origin\t-\t{agent}\n"
)
USUAL = {"at": NOON, "method": "POST", "story": 4711, "length": "0", "agent": "Mozilla/5.0 Firefox"}


def test_a_line_becomes_an_event_of_the_journal(following, path):
    path.write_text(LINE.format(**USUAL))

    assert following.step() == 1
    (event,) = events_of(following)

    assert event[:4] == (NOON, 7, 4711, Kind.SHOWN)
    assert following.step() == 0


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("future", {"at": NOON + 60}),
        ("oversized", {"length": "17"}),
        ("malformed", {"method": "GET"}),
        ("malformed", {"story": "x"}),
        ("bot", {"agent": "-"}),
    ],
)
def test_a_line_that_does_not_count_is_dropped_with_its_reason(following, path, reason, change):
    path.write_text(LINE.format(**USUAL | change))
    following.step()

    assert events_of(following) == []
    assert following.collector.dropped[reason] == 1


def test_a_clock_that_is_a_little_ahead_is_believed(following, path):
    path.write_text(LINE.format(**USUAL | {"at": NOON + 3, "length": "-"}))
    following.step()

    assert [event.at for event in events_of(following)] == [NOON + 3]


def test_addresses_of_one_group_share_a_rate(following, path):
    path.write_text("".join(LINE.format(**USUAL | {"story": n}) for n in range(1, 9)))
    following.step()

    assert len(events_of(following)) == 5
    assert following.collector.dropped["rate"] == 3


def events_of(following):
    return Journal(following.collector.directory).read_from({})[0]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "beacons.log"


@pytest.fixture
def following(tmp_path, path):
    tell_sites(tmp_path, {"post.example": 7})
    made = follow(path, tmp_path, rate=5, group=lambda address: address)
    made.collector.clock = lambda: NOON
    yield made
    made.collector.close()
