"""The ticking wire: what is due is written whole, once, and goes on after a stop."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from dateline.demo import adapters
from dateline.demo.services import ticking
from dateline.media.domain.metadata import read_metadata
from dateline.wire.domain import formats
from dateline.wire.domain.errors import WireFormatError
from dateline.wire.domain.profile import profile_for

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def files(demo):
    return sorted(path for path in (demo / "intake").rglob("*") if path.is_file())


def test_nothing_ticks_where_there_is_no_demo(folder):
    assert ticking.tick(at=NOON) is False
    assert list(folder.iterdir()) == []


def test_nothing_ticks_before_the_demo_is_whole(folder):
    adapters.write_marker({"began_at": "2026-11-23T06:00:00+00:00"})

    assert ticking.tick(at=NOON) is False
    assert adapters.read_marker() == {"began_at": "2026-11-23T06:00:00+00:00"}


def test_the_first_file_comes_within_seconds_and_the_next_when_it_is_due(demo):
    first, second = ticking.steps()[:2]

    assert ticking.tick(at=NOON) is False
    assert ticking.tick(at=NOON + timedelta(seconds=1)) is False
    assert ticking.tick(at=NOON + first.after) is True
    assert [file.parent.name for file in files(demo)] == [first.agency]
    assert ticking.tick(at=NOON + first.after) is False
    assert ticking.tick(at=NOON + first.after + second.after) is True
    assert len(files(demo)) == 2


def test_no_half_written_file_is_left(demo):
    turn(demo, NOON)

    assert not [file for file in files(demo) if file.name.startswith(".")]


def turn(demo, at):
    """Run the script to its end; returns the moment of its last step."""
    ticking.tick(at=at)
    place = int(adapters.read_marker().get("step", 0))
    while int(adapters.read_marker().get("step", 0)) < place + len(ticking.steps()):
        marker = adapters.read_marker()
        at = max(at, datetime.fromisoformat(marker["next_at"]))
        assert ticking.tick(at=at) is True
    return at


def test_every_file_of_a_turn_is_read_held_or_refused_as_meant(demo):
    turn(demo, NOON)

    found = {}
    for file in files(demo):
        step = file.stem.partition("-")[2]
        profile = profile_for(file.parent.name)
        try:
            (item,) = formats.read(file.read_bytes(), source=file.name, profile=profile)
            found[step] = item.usability
        except WireFormatError:
            found[step] = "refused"
    assert len(found) == len(ticking.steps())
    odd = {step: usability for step, usability in found.items() if usability != "usable"}
    assert odd == {
        "newsroom-advisory": "not_for_readers",
        "cut-in-half": "refused",
        "dam-alarm-killed": "killed",
    }


def test_a_picture_carries_its_agency_caption_and_a_new_id_each_turn(demo):
    end = turn(demo, NOON)
    turn(demo, end)

    told = [
        read_metadata(file.read_bytes(), source=file.name)
        for file in files(demo)
        if file.name.endswith("comet-photo.jpg")
    ]
    assert len({one.guid for one in told}) == 2
    assert told[0].credit == "PPS"
    assert told[0].caption == (
        "People wait below the lamp of Cape Tsukumo for a gap in the clouds on Monday evening."
    )


def test_the_script_begins_again_with_new_ids(demo):
    end = turn(demo, NOON)
    turn(demo, end)

    names = [file.name.partition("-") for file in files(demo)]
    assert len(names) == 2 * len(ticking.steps())
    assert len({run for run, _, _ in names}) == 2


def test_after_a_long_stop_it_goes_on_without_a_burst(demo):
    ticking.tick(at=NOON)
    later = NOON + timedelta(days=1)

    assert ticking.tick(at=later) is True
    assert ticking.tick(at=later) is False
    assert len(files(demo)) == 1


def test_a_late_worker_sends_what_is_due(demo):
    ticking.tick(at=NOON)

    assert ticking.tick(at=NOON + timedelta(minutes=4)) is True


def test_it_asks_the_clock_when_no_moment_is_given(demo):
    assert ticking.tick() is False
    assert "next_at" in adapters.read_marker()


@pytest.mark.parametrize("text", ["", "{", "[]"])
def test_a_damaged_marker_is_no_demo(folder, text):
    adapters.marker().write_text(text)

    assert adapters.read_marker() is None


def test_the_marker_is_replaced_in_one_step(folder):
    adapters.write_marker({"a": 1})
    adapters.write_marker({"b": 2})

    assert json.loads(adapters.marker().read_text()) == {"b": 2}
    assert [path.name for path in folder.iterdir()] == ["demo.json"]
