"""The block: a mix of sister sites, by what people read, what editors decide, and one guess."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.trending.world import seeded
from dateline.trending.domain import rank as ranks
from dateline.trending.domain.baseline import Standing
from dateline.trending.domain.explore import Arm, choose
from dateline.trending.domain.rank import (
    PER_SECTION,
    PER_SITE,
    SLOTS,
    SPARE,
    Reason,
    Rule,
    RuleKind,
)
from dateline.trending.domain.words import ENGLISH, JAPANESE, why, words_for

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
HOST, OLD = 1, 10 * 86_400.0


def candidate(story, *, site=2, section=None, z=None, age_s=OLD, **fields):
    standing = None if z is None else Standing(site, story, z * 3, z, 1.0, 40, 3)
    section = story if section is None else section
    return ranks.Candidate(story, story, site, section, age_s, standing=standing, **fields)


def rank(candidates, **more):
    return ranks.rank(candidates, host=HOST, at=AT, **{"chance": seeded(1), **more})


def stories(listed):
    return [one.story for one in listed]


def network(*, sites=(2, 3, 4), each=12, z=None):
    return [
        candidate(site * 100 + n, site=site, z=z and z - n / 100, age_s=OLD + n)
        for site in sites
        for n in range(each)
    ]


def test_the_hottest_come_first_and_no_site_has_more_than_half():
    hot = [candidate(n, site=2, z=9 - n / 10) for n in range(1, 11)]
    block = rank([*hot, *network(sites=(3, 4), z=2.0)])

    assert stories(block)[:PER_SITE] == [1, 2, 3, 4, 5, 6]
    assert sum(one.site == 2 for one in block[:SLOTS]) == PER_SITE
    assert len(block) == SLOTS + SPARE
    assert len(set(stories(block))) == SLOTS + SPARE
    assert {one.reason for one in block[:SLOTS]} == {Reason.READ}


def test_no_section_has_more_than_two():
    food = [candidate(n, section=7, z=9 - n / 10) for n in range(1, 6)]
    block = rank([*food, *network(z=2.0)])

    assert sum(one.section == 7 for one in block[:SLOTS]) == PER_SECTION


def test_a_story_of_the_host_a_sensitive_and_a_usual_one_are_not_trending():
    block = rank(
        [
            candidate(1, site=HOST, z=9),
            candidate(2, z=8, sensitive=True),
            candidate(3, z=0.2),
            candidate(4, z=1.0),
        ]
    )

    assert [(one.story, one.reason) for one in block] == [(4, Reason.READ), (3, Reason.NEWEST)]


def test_a_story_that_stands_on_two_sister_sites_is_listed_once():
    twice = [candidate(5, site=2, z=3.0), candidate(5, site=3, z=4.0)]

    (only,) = rank(twice)
    assert only.site == 3


def test_without_readers_the_newest_of_each_site_come_in_turn():
    block = rank(network())

    assert stories(block)[:4] == [200, 300, 400, 201]
    assert {one.reason for one in block} == {Reason.NEWEST}


def test_a_network_of_two_fills_its_block_from_the_other_one():
    block = rank(
        [candidate(n, section=1, age_s=OLD + n, z=3.0 if n == 15 else None) for n in range(20)]
    )

    assert stories(block)[:4] == [15, 0, 1, 2]
    assert len(block) == SLOTS + SPARE


def test_an_editor_pins_lifts_and_takes_out_until_a_moment():
    rules = [
        Rule(RuleKind.PIN, 2, LATER, slot=3),
        Rule(RuleKind.PIN, 3, LATER, slot=3),
        Rule(RuleKind.BAN, 200, LATER),
        Rule(RuleKind.BOOST, 4, LATER, factor=9.0),
        Rule(RuleKind.BAN, 300, AT),
        Rule(RuleKind.BOOST, 5, LATER),
    ]
    extra = [candidate(2), candidate(3), candidate(4, z=0.1), candidate(5)]
    block = rank([*extra, *network(z=2.0)], rules=rules)

    assert stories(block)[2:4] == [2, 3]
    assert [one.reason for one in block[2:4]] == [Reason.PINNED] * 2
    assert (block[0].story, block[0].reason) == (4, Reason.BOOSTED)
    assert 200 not in stories(block)
    assert 300 in stories(block)
    assert len(set(stories(block)[:SLOTS])) == SLOTS


def test_there_is_always_room_for_one_that_is_not_pinned():
    rules = [Rule(RuleKind.PIN, n, LATER, slot=99) for n in range(20)]
    block = rank([*(candidate(n) for n in range(20)), *network(z=2.0)], rules=rules)

    assert [one.reason for one in block[:SLOTS]].count(Reason.PINNED) == SLOTS - 1


def test_the_last_slot_tries_a_new_story():
    young = [candidate(n, site=4, age_s=3_600.0) for n in (901, 902)]
    block = rank([*young, *network(z=2.0)])

    assert block[SLOTS - 1].reason is Reason.TRIED
    assert block[SLOTS - 1].story in {901, 902}
    assert stories(block) == stories(rank([*young, *network(z=2.0)]))


def test_what_is_known_of_a_story_decides_how_often_it_is_tried():
    chance = seeded(5)
    arms = [Arm(1, 60.0, views=400, clicks=40), Arm(2, 60.0, views=400, clicks=1), Arm(3, OLD)]
    chosen = [choose(arms, chance) for _ in range(200)]

    assert chosen.count(1) > 190
    assert 3 not in chosen
    assert choose([replace(arms[0], views=500)], chance) is None
    block = rank(
        [candidate(901, age_s=60.0), candidate(902, age_s=60.0), *network(z=2.0)],
        trials={901: (499, 0), 902: (499, 60)},
    )
    assert block[SLOTS - 1].story == 902


@pytest.mark.parametrize("words", [ENGLISH, JAPANESE], ids=["en", "ja"])
@pytest.mark.parametrize("reason", Reason)
def test_every_place_can_be_explained_in_words(words, reason):
    item = ranks.Listed(1, 1, 2, 3, reason, z=3.24, readers=41, sources=4)

    text = why(item, words)

    assert text
    assert "{" not in text
    assert ("3.2" in text) is (reason is Reason.READ)
    assert ("41" in text) is (reason in {Reason.READ, Reason.BOOSTED})


def test_what_is_in_another_language_comes_after_all_that_is_not():
    foreign = [candidate(n, site=5, z=9.0, foreign=True) for n in range(1, 9)]
    own = network(sites=(2, 3), each=3, z=2.0) + network(sites=(4,), each=2)
    block = rank([*foreign, *own, candidate(90, site=5, age_s=60.0, foreign=True)])

    kinds = [story < 100 for story in stories(block)[:SLOTS]]
    assert kinds == sorted(kinds)
    assert kinds.count(False) == 8
    assert {one.reason for one in block[8:SLOTS]} == {Reason.READ}


def test_a_title_whose_sisters_all_have_another_language_lists_and_tries_them():
    foreign = [replace(one, foreign=True) for one in network(z=4.0)]
    young = candidate(1, site=2, age_s=60.0, foreign=True)

    assert stories(rank([*foreign, young]))[:2] == [200, 300]
    assert Reason.TRIED in {one.reason for one in rank([*foreign, young])[:SLOTS]}


def test_both_languages_say_the_same_things():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert words_for("ja") is JAPANESE
    assert words_for("de") is ENGLISH
