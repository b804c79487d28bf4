"""What editors see live: exact figures, of the right day and hour, in bounded memory."""

import pytest

from dateline.trending.adapters import snapshot
from dateline.trending.domain import live as live_module
from dateline.trending.domain.heat import Heat
from dateline.trending.domain.live import HOUR_S, Live
from dateline.trending.domain.views import Kind, Seen, Source

NOON = 1_790_000_000.0 // 86_400 * 86_400 + 43_200
MIDNIGHT = {1: NOON - 43_200, 2: NOON - 43_200 + 9 * HOUR_S}


def seen(story=7, kind=Kind.SHOWN, *, at=NOON, site=1, visitor=1, source=Source.SEARCH, depth=0):
    return Seen(at, site, story, kind, visitor, source, 10, depth)


def at_noon(*events, now=NOON):
    live = Live()
    live.turn(now, MIDNIGHT)
    live.fold(events)
    return live


def test_each_figure_counts_what_it_says():
    live = at_noon(
        seen(visitor=1), seen(visitor=2, source=Source.SOCIAL), seen(visitor=3),
        seen(kind=Kind.READ, visitor=1), seen(kind=Kind.DEPTH, visitor=1),
        seen(kind=Kind.LEFT, visitor=2, depth=30), seen(kind=Kind.LEFT, visitor=4, depth=71),
        seen(story=9, kind=Kind.CLICK, visitor=1),
    )  # fmt: skip

    story, clicked = live.numbers(1)
    assert (story.story, story.shown, story.read, story.ended) == (7, 3, 1, 1)
    assert (story.sources[Source.SEARCH], story.sources[Source.SOCIAL]) == (2, 1)
    assert story.depth == 50  # (30 + 71) / 2, to even
    assert (story.now, live.reading(1)) == (2, 2)
    assert (clicked.story, clicked.clicks, clicked.now, clicked.depth) == (9, 1, 0, None)
    assert live.numbers(2) == []


def test_a_reader_is_here_for_five_minutes_and_on_a_site_once():
    live = at_noon(
        seen(), seen(story=8), seen(visitor=2, at=NOON - 250), seen(visitor=3, at=NOON - 4_000)
    )
    assert [one.now for one in live.numbers(1)] == [2, 1]
    assert live.reading(1) == 2

    live.turn(NOON + 60, MIDNIGHT)
    assert [one.now for one in live.numbers(1)] == [1, 1]
    live.fold([seen(kind=Kind.READ, at=NOON + 60), seen(kind=Kind.READ, at=NOON + 30)])
    live.turn(NOON + 310, MIDNIGHT)
    assert [one.now for one in live.numbers(1)] == [1, 0]
    live.turn(NOON + 400, MIDNIGHT)
    assert (live.readers, live.here) == (0, {})


def test_who_leaves_is_gone_and_leaves_once():
    live = at_noon(seen(), seen(kind=Kind.LEFT), seen(kind=Kind.LEFT))

    assert (live.readers, live.reading(1)) == (0, 0)


def test_today_begins_at_midnight_of_the_site():
    live = at_noon(
        seen(site=2, at=NOON - 4 * HOUR_S), seen(site=2, at=NOON - 2 * HOUR_S),
        seen(site=1, at=NOON - 4 * HOUR_S),
    )  # fmt: skip
    assert live.numbers(2)[0].shown == 1
    assert live.numbers(1)[0].shown == 1

    live.turn(NOON + 60, MIDNIGHT | {2: NOON})
    assert live.numbers(1)[0].shown == 1
    assert live.numbers(2)[0].shown == 0


def test_hours_are_those_of_the_last_day_the_present_one_last():
    live = at_noon(*(seen(kind=Kind.READ, at=NOON - n * HOUR_S) for n in (0, 0, 1, 23, 24)))
    (story,) = live.numbers(1)
    assert story.hours == (1, *[0] * 21, 1, 2)

    live.fold([seen(kind=Kind.READ, at=NOON + HOUR_S)])
    assert live.numbers(1)[0].hours == (*[0] * 21, 1, 2, 1)


def test_a_story_that_did_nothing_for_a_day_gives_up_its_place():
    live = at_noon(seen(), seen(story=8, kind=Kind.READ))
    later = NOON + 23 * HOUR_S
    live.turn(later, {1: later})
    assert [one.story for one in live.numbers(1)] == [8]
    live.fold([seen(story=9, at=later)])
    assert [(one.story, one.hours[0], one.shown) for one in live.numbers(1)] == [
        (9, 0, 1), (8, 1, 0),
    ]  # fmt: skip

    live.turn(later + 72 * HOUR_S, {1: later + 72 * HOUR_S})
    assert live.places == {}


def test_who_finds_no_room_is_counted_as_left_out(monkeypatch):
    monkeypatch.setattr(live_module, "MOST_STORIES", 1)
    monkeypatch.setattr(live_module, "MOST_READERS", 1)
    live = at_noon(seen(), seen(visitor=2), seen(story=8))

    assert live.left_out == 2
    (story,) = live.numbers(1)
    assert (story.now, story.shown) == (1, 2)


def test_a_killed_worker_goes_on_with_the_same_figures(tmp_path):
    live = at_noon(seen(), seen(visitor=2**63 + 1, kind=Kind.READ), seen(story=2**62, site=2))
    snapshot.save(tmp_path / "heat", Heat(landmark=NOON), {"a": 1}, live)
    found = snapshot.load(tmp_path / "heat").live

    assert found == live
    snapshot.save(tmp_path / "heat", Heat(landmark=NOON), {})
    assert snapshot.load(tmp_path / "heat").live == Live()


@pytest.mark.parametrize("cut", [1, 30])
def test_a_snapshot_that_is_cut_short_is_none(tmp_path, cut):
    path = tmp_path / "heat"
    snapshot.save(path, Heat(landmark=NOON), {}, at_noon(seen()))
    path.write_bytes(path.read_bytes()[:-cut])

    assert snapshot.load(path) is None
