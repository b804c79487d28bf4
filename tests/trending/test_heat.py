"""The counters: exactly what decays, once for a person, in little memory, and kept through a kill."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.trending.world import seeded
from dateline.trending.adapters import snapshot
from dateline.trending.domain import heat as heats
from dateline.trending.domain.baseline import believed, lift, standings, usual
from dateline.trending.domain.heat import DAY_S, LANDMARK_LASTS_S, Heat, block_weight
from dateline.trending.domain.views import Kind, Seen, Source

NOW = 1_800_000_000.0 // DAY_S * DAY_S + 12 * 3_600
HOUR = 3_600.0
STORY, SITE = 7, 2


def read(at=NOW, *, story=STORY, site=SITE, visitor=1, source=Source.SEARCH, kind=Kind.READ):
    return Seen(at, site, story, kind, visitor, source, 10, 50)


def many(count, *, at=NOW, first=1, story=STORY, site=SITE, sources=(Source.SEARCH, Source.DIRECT)):
    """Reads by as many visitors, who come from these kinds of places in turn."""
    return [
        read(at, story=story, site=site, visitor=first + n, source=sources[n % len(sources)])
        for n in range(count)
    ]


def rate_of(heat, now=NOW, *, story=STORY, site=SITE):
    fast, slow = heat.rates(now)
    own = heat.sites[site]
    return own.fast[own.places[story]] * fast + own.slow[own.places[story]] * slow


def test_a_read_fades_with_both_half_lives():
    heat = Heat(landmark=NOW - 5 * HOUR)
    heat.fold([read()])

    for hours in (0, 1, 7, 30):
        expected = math.log(2) * (0.7 * 2**-hours + 0.3 / 24 * 2 ** (-hours / 24))
        assert rate_of(heat, NOW + hours * HOUR) == pytest.approx(expected, rel=1e-12)


def test_moving_the_landmark_changes_no_result():
    heat, moved = Heat(landmark=NOW), Heat(landmark=NOW)
    later = NOW + LANDMARK_LASTS_S + HOUR
    for one in (heat, moved):
        one.fold(many(9))
    moved.move_landmark(later - HOUR)
    moved.fold([read(later, visitor=99)])
    heat.fold([read(later, visitor=99)])  # moves it by itself

    assert heat.landmark == later
    assert rate_of(heat, later) == pytest.approx(rate_of(moved, later), rel=1e-9)
    assert rate_of(heat, later) == pytest.approx(math.log(2) * (0.7 + 0.3 / 24), rel=0.2)


def test_a_person_counts_once_for_a_story_in_a_day_part():
    heat = Heat(landmark=NOW)

    assert heat.fold([read(), read(NOW + 60), read(NOW + 120, source=Source.MAIL)]) == 1
    assert heat.fold([read(story=8), read(site=3), read(visitor=2)]) == 3
    assert heat.fold([read(NOW + 7 * HOUR)]) == 1


def test_only_a_read_counts():
    heat = Heat(landmark=NOW)

    assert heat.fold([read(kind=kind) for kind in Kind if kind is not Kind.READ]) == 0
    assert heat.sites == {}


def test_a_read_from_the_block_counts_little_and_least_from_its_first_slot():
    first, last, unknown = (Heat(landmark=NOW) for _ in range(3))
    for heat, slots in ((first, {(SITE, STORY): 1}), (last, {(SITE, STORY): 12}), (unknown, None)):
        heat.fold([read(source=Source.BLOCK)], slots=slots)

    whole = math.log(2) * (0.7 + 0.3 / 24)
    assert rate_of(first) == pytest.approx(rate_of(unknown))
    assert rate_of(first) < rate_of(last) / 4
    assert rate_of(last) == pytest.approx(whole / 4)
    assert block_weight(99) == block_weight(12)


@pytest.mark.parametrize(
    ("reads", "listed"),
    [
        (many(3), True),
        (many(2), False),
        (many(50, sources=(Source.SOCIAL,)), False),
        ([*many(2), read(NOW + 7 * HOUR, visitor=1)], False),
        ([*many(2, sources=(Source.SEARCH,)), *many(3, first=9, sources=(Source.BLOCK,))], False),
    ],
    ids=["enough", "two people", "one kind of place", "one of two again", "the block itself"],
)
def test_a_story_needs_three_people_and_two_kinds_of_places(reads, listed):
    heat = Heat(landmark=NOW)
    heat.fold(reads)

    assert bool(standings(heat, reads[-1].at)) is listed


def test_the_floor_holds_over_midnight_and_not_for_good():
    heat = Heat(landmark=NOW)
    heat.fold(many(5))

    (after_midnight,) = standings(heat, NOW + 13 * HOUR)
    assert after_midnight.readers == heats.LEAST_VISITORS
    assert standings(heat, NOW + 37 * HOUR) == []
    heat.fold([read(NOW + 37 * HOUR, visitor=77)])
    assert standings(heat, NOW + 37 * HOUR) == []


def test_a_burst_by_few_or_through_one_door_moves_nothing():
    quiet, loud = Heat(landmark=NOW), Heat(landmark=NOW)
    kinds = (Source.SEARCH, Source.DIRECT, Source.SOCIAL, Source.MAIL)
    people = [
        one
        for story in range(1, 30)
        for one in many(300 // story, story=story, sources=kinds, first=story * 1000)
    ]
    few = [read(story=20, visitor=5, source=Source.DIRECT)] * 5_000
    door = many(5_000, story=21, first=10**6, sources=(Source.DIRECT,))
    quiet.fold(people)
    loud.fold([*people, *few, *door])

    before, after = standings(quiet, NOW), standings(loud, NOW)

    assert [one.story for one in before[:12]] == [one.story for one in after[:12]]
    burst = next(one for one in after if one.story == 21)
    assert burst.doubted
    assert not next(one for one in after if one.story == 20).doubted
    assert burst.heat < 2 * next(one for one in before if one.story == 21).heat
    assert after[0].z == pytest.approx(before[0].z, rel=0.05)


def test_what_one_source_claims_is_replaced_by_what_the_others_make_likely():
    assert believed([3, 1, 1], [0.5, 0.3, 0.2]) == (5, False)
    assert believed([1000, 3, 2], [0.5, 0.3, 0.2]) == (10, True)
    assert believed([1000, 3, 2], [0.0, 0.6, 0.4]) == (5, True)
    assert believed([7, 1, 1], [0.99, 0.005, 0.005]) == (7, True)
    assert believed([5, 0, 0], [0.5, 0.3, 0.2]) == (0, True)
    assert believed([100, 3, 2], [0.0, 0.0, 0.0]) == (5, True)


def test_a_few_who_came_through_one_door_are_no_burst():
    assert believed([1, 0, 0], [0.5, 0.3, 0.2]) == (1, False)
    assert believed([2, 0.4, 0], [0.5, 0.3, 0.2]) == (2.4, False)


def test_a_burst_that_comes_a_little_through_every_door_is_believed_as_far_as_most_doors_agree():
    usual_mix = [0.22, 0.34, 0.16, 0.14, 0.06, 0.05, 0.03]
    loud = [50.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]  # forty made up readers of every kind, and a flood

    heat, doubted = believed(loud, usual_mix)

    assert doubted
    assert heat == pytest.approx(3.0 / 0.16)  # half of the others: search and social
    assert heat < (sum(loud) - 50.0) / (1 - 0.22)


SOURCE_HEAT = st.lists(st.floats(0, 1e6), min_size=3, max_size=9)


@given(SOURCE_HEAT, st.data())
def test_never_more_is_believed_than_was_counted_nor_less_than_the_quiet_doors_would(heats, data):
    shares = data.draw(st.lists(st.floats(0.01, 1), min_size=len(heats), max_size=len(heats)))
    mix = [share / sum(shares) for share in shares]

    heat, doubted = believed(heats, mix)

    assert heat <= sum(heats) * (1 + 1e-9)
    if not doubted:
        assert heat == sum(heats)


@given(st.floats(1, 1e4), st.floats(2, 1e4))
def test_a_story_that_is_read_as_usual_but_for_one_flood_keeps_all_its_honest_readers(rest, times):
    mix = [0.25, 0.3, 0.3, 0.15]
    honest = [rest * share for share in mix]
    flooded = [honest[0] + rest * (3 + times), *honest[1:]]

    heat, doubted = believed(flooded, mix)

    assert doubted
    assert heat == pytest.approx(rest)


def test_other_stories_stand_as_if_one_under_a_burst_were_not_there():
    quiet, loud = Heat(landmark=NOW), Heat(landmark=NOW)
    ways = (Source.SEARCH, Source.DIRECT, Source.SOCIAL, Source.MAIL)
    people = [
        one
        for story in range(1, 30)
        for one in many(300 // story, story=story, sources=ways, first=story * 1000)
    ]
    flood = many(5_000, story=29, first=10**6, sources=(Source.DIRECT,))
    few = many(40, story=29, first=10**7, sources=tuple(Source))
    quiet.fold(one for one in people if one.story != 29)
    loud.fold([*people, *flood, *few])
    before = {one.story: one.z for one in standings(quiet, NOW)}
    after = {one.story: one for one in standings(loud, NOW)}

    assert after[29].doubted
    assert {n: one.z for n, one in after.items() if n != 29} == pytest.approx(before)


def test_each_site_is_measured_by_its_own_usual():
    heat = Heat(landmark=NOW)
    for story in range(1, 20):
        heat.fold(many(200, story=story, site=1, first=story * 1000))
        heat.fold(many(4, story=story, site=2, first=story * 1000))
    heat.fold(many(60, story=50, site=2, first=10**6))
    found = {(one.site, one.story): one for one in standings(heat, NOW)}

    assert found[2, 50].heat < found[1, 5].heat
    assert found[2, 50].z > 3 > found[1, 5].z
    assert usual([]).spread == usual([1.0]).spread == 0.5
    assert usual([0.0, 10.0]).mean == 5.0


def test_a_story_of_the_last_hour_is_rising_and_one_of_yesterday_falls():
    heat = Heat(landmark=NOW)
    heat.fold([*many(5, at=NOW - 20 * HOUR), *many(5, story=8, first=50)])
    found = {one.story: one for one in standings(heat, NOW)}

    assert found[8].rising > 1 > found[STORY].rising
    assert found[STORY].sources == 2


def test_a_new_story_is_judged_by_the_minutes_it_was_there():
    """Thirty readers in ten minutes are as many an hour as sixty in the same story's twenty."""
    heat = Heat(landmark=NOW)
    heat.publish({(SITE, STORY): NOW, (SITE, 8): NOW - 7 * HOUR, (SITE, 99): NOW})
    heat.fold([one for n in range(10) for one in many(3, at=NOW + 60 * n, first=3 * n)])
    heat.fold([one for n in range(10) for one in many(3, at=NOW + 60 * n, story=8, first=3 * n)])
    soon = {one.story: one.heat for one in standings(heat, NOW + 600)}
    heat.fold([one for n in range(10, 20) for one in many(3, at=NOW + 60 * n, first=3 * n)])
    later = {one.story: one.heat for one in standings(heat, NOW + 1_200)}

    assert soon[STORY] > 3 * soon[8]
    assert soon[STORY] < later[STORY] < 2 * soon[STORY]
    assert later[STORY] < 180  # what they were an hour: its head start is taken off


def test_what_was_young_for_six_hours_is_judged_as_any_other():
    assert [lift(hours * HOUR) for hours in (6, 7, 600)] == [1.0, 1.0, 1.0]
    assert lift(5.9 * HOUR) == pytest.approx(1.0, abs=0.02)
    assert lift(0) > lift(1) > lift(HOUR) > 1


@pytest.mark.parametrize(("ahead", "is_kept"), [(6 * HOUR, True), (7 * HOUR, False)])
def test_when_a_story_was_published_is_known_while_it_is_young(ahead, is_kept):
    heat = Heat(landmark=NOW - 20 * DAY_S)
    heat.publish({(SITE, STORY): NOW + HOUR, (SITE, 9): NOW})
    heat.fold([read(NOW - 15 * DAY_S, story=1), *many(5, at=NOW + HOUR), read(story=9)])

    heat.forget(NOW + ahead)

    assert heat.sites[SITE].young == ({STORY: NOW + HOUR} if is_kept else {})


def test_what_nobody_reads_any_more_is_forgotten_and_the_rest_is_not_touched():
    heat = Heat(landmark=NOW - 20 * DAY_S)
    heat.fold([read(NOW - 15 * DAY_S, story=1), *many(5), *many(4, story=9, first=30)])
    before = standings(heat, NOW)

    assert heat.forget(NOW) == 1
    assert heat.forget(NOW) == 0
    assert set(heat.sites[SITE].places) == {STORY, 9}
    assert [one.story for one in standings(heat, NOW)] == [one.story for one in before]
    assert rate_of(heat) == pytest.approx(before[0].heat)


def test_an_exploring_slot_counts_views_of_its_host_and_clicks_on_its_story():
    heat = Heat(landmark=NOW)
    heat.try_out(
        [
            read(site=1, story=5, kind=Kind.DEPTH),
            read(site=3, story=5, kind=Kind.DEPTH),
            read(site=1, kind=Kind.CLICK),
            read(site=1, story=8, kind=Kind.CLICK),
            read(site=3, kind=Kind.CLICK),
            read(site=1, story=5),
        ],
        {1: STORY},
    )

    assert heat.trials == {(1, STORY): [1, 1]}


def test_a_snapshot_holds_everything(tmp_path):
    heat, chance = Heat(landmark=NOW), seeded(4)
    heat.fold(
        read(NOW + n, story=chance.randrange(90), site=n % 3, visitor=n, source=Source(1 + n % 8))
        for n in range(2_000)
    )
    heat.trials[1, 5] = [7, 2]
    heat.publish({(2, 11): NOW - HOUR})
    path = tmp_path / "trending" / "heat"

    snapshot.save(path, heat, {"a.seen": 40})
    saved = snapshot.load(path)

    assert saved.heat == heat
    assert saved.position == {"a.seen": 40}
    assert saved.heat.fold([read(NOW + 1_999, story=1, site=1, visitor=3)]) == heat.fold(
        [read(NOW + 1_999, story=1, site=1, visitor=3)]
    )
    assert [p.name for p in path.parent.iterdir()] == ["heat"]


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]\n", b'{"format": "other"}\n', None])
def test_a_snapshot_that_is_not_whole_is_none(tmp_path, spoiled):
    path = tmp_path / "heat"
    heat = Heat(landmark=NOW)
    heat.fold(many(5))
    snapshot.save(path, heat, {})
    path.write_bytes(path.read_bytes()[:-9] if spoiled is None else spoiled)

    assert snapshot.load(path) is None
    assert snapshot.load(tmp_path / "none") is None
