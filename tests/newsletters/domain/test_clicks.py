"""Who followed a link: people one by one, programs all at once, at once, or where nobody can see."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.newsletters.domain.clicks import (
    BURST,
    MANY,
    NEAR,
    TOO_SOON,
    Touch,
    Verdict,
    Worth,
    is_too_soon,
    slice_of,
    verdicts,
    worth_of,
)

NOON = datetime(2026, 11, 20, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PERSON, MACHINE = Verdict.PERSON, Verdict.MACHINE
READER = {"user-agent": "Mozilla/5.0", "accept-language": "ja"}


def at(seconds, link=1, copy="ana", **fields):
    return Touch(link, copy, NOON + seconds * SECOND, **fields)


touches = st.lists(
    st.builds(
        at, st.integers(0, 400), st.integers(1, 6), st.sampled_from(["ana", "ben", ""]),
        is_hidden=st.sampled_from([False, False, False, True]),
        is_known=st.sampled_from([False, False, False, True]),
    ),
    max_size=24,
)  # fmt: skip


def test_a_reader_follows_one_link_and_later_another():
    assert verdicts([at(0), at(20, 2), at(300, 3)], links=8) == [PERSON] * 3


def test_three_headlines_opened_in_tabs_are_a_readers():
    assert verdicts([at(0), at(1, 2), at(2, 3)], links=8) == [PERSON] * 3


def test_a_program_follows_four_links_within_five_seconds():
    scanned = [at(second, link) for link, second in enumerate((0, 1, 4, 5))]
    assert verdicts(scanned, links=8) == [MACHINE] * 4
    slower = [at(second, link) for link, second in enumerate((0, 1, 4, 6))]
    assert verdicts(slower, links=8) == [PERSON] * 4


def test_a_short_letter_is_followed_whole_by_a_program():
    assert verdicts([at(0, 1), at(1, 2)], links=2) == [MACHINE] * 2
    assert verdicts([at(0, 1), at(1, 2)], links=3) == [PERSON] * 2
    assert verdicts([at(0, 1), at(1, 1)], links=1) == [PERSON] * 2  # twice the only one


def test_who_sees_the_hidden_link_is_a_program_for_a_minute_to_both_sides():
    told = [at(0, 1), at(1, 2), at(61, 9, is_hidden=True), at(121, 3), at(122, 4)]
    assert verdicts(told, links=8) == [PERSON, MACHINE, MACHINE, MACHINE, PERSON]


def test_a_reader_behind_a_scanner_counts_when_they_read_hours_later():
    scan = [at(0, link) for link in range(6)]
    assert verdicts([*scan, at(7200, 2)], links=8) == [MACHINE] * 6 + [PERSON]


def test_whoever_is_known_stays_a_program_and_says_nothing_of_others():
    assert verdicts([at(0, is_known=True), at(30, 2)], links=8) == [MACHINE, PERSON]


@given(touches, st.randoms(use_true_random=False))
def test_the_order_in_which_clicks_are_read_does_not_matter(told, chance):
    order = list(range(len(told)))
    chance.shuffle(order)
    found = verdicts(told, links=8)
    assert verdicts([told[place] for place in order], links=8) == [found[place] for place in order]


@given(touches, touches)
def test_what_comes_later_makes_nobody_a_person_again(told, more):
    before, after = verdicts(told, links=8), verdicts([*told, *more], links=8)
    for old, new in zip(before, after, strict=False):
        assert old is PERSON or new is MACHINE


@given(touches)
def test_copies_say_nothing_of_each_other(told):
    found = verdicts(told, links=8)
    for copy in {touch.copy for touch in told}:
        own = [place for place, touch in enumerate(told) if touch.copy == copy]
        alone = verdicts([told[place] for place in own], links=8)
        assert alone == [found[place] for place in own]


@given(touches)
def test_what_is_far_away_in_time_says_nothing(told):
    later = [replace(touch, at=touch.at + timedelta(hours=2)) for touch in told]
    found = verdicts([*told, *later], links=8)
    assert found == verdicts(told, links=8) * 2


@given(st.lists(st.integers(0, 5), min_size=MANY, max_size=12), st.integers(MANY, 30))
def test_a_letter_followed_whole_in_a_burst_is_no_readers(seconds, links):
    told = [at(second, number) for number, second in enumerate(seconds)]
    assert set(verdicts(told, links=links)) == {MACHINE}


@given(st.lists(st.integers(1, 6), max_size=12))
def test_a_reader_who_takes_two_seconds_for_each_link_is_a_reader(chosen):
    told = [at(2 * place, link) for place, link in enumerate(chosen)]
    assert set(verdicts(told, links=8)) <= {PERSON}


def test_the_windows_are_what_the_documentation_says():
    assert (BURST, MANY, NEAR, TOO_SOON) == (5 * SECOND, 4, 60 * SECOND, 10 * SECOND)


@pytest.mark.parametrize(
    ("method", "fields", "worth"),
    [
        ("GET", {}, Worth.PERHAPS),
        ("HEAD", {}, Worth.NOTHING),
        ("GET", {"sec-purpose": "prefetch;prerender"}, Worth.NOTHING),
        ("GET", {"purpose": "prefetch"}, Worth.NOTHING),
        ("GET", {"x-moz": "prefetch"}, Worth.NOTHING),
        ("GET", {"sec-gpc": "1"}, Worth.NOTHING),
        ("GET", {"dnt": "1"}, Worth.NOTHING),
        ("GET", {"dnt": "0"}, Worth.PERHAPS),
        ("GET", {"accept-language": ""}, Worth.MACHINE),
    ],
)
def test_a_head_says_what_a_request_is_worth(method, fields, worth):
    assert worth_of(method, {**READER, **fields}, is_bot=False) is worth


def test_robots_are_machines_and_those_who_mind_are_not_even_that():
    assert worth_of("GET", READER, is_bot=True) is Worth.MACHINE
    assert worth_of("GET", {**READER, "sec-gpc": "1"}, is_bot=True) is Worth.NOTHING


def test_nobody_reads_a_mail_in_less_than_ten_seconds():
    assert is_too_soon(NOON + 9 * SECOND, NOON)
    assert is_too_soon(NOON - SECOND, NOON)
    assert not is_too_soon(NOON + 10 * SECOND, NOON)
    assert not is_too_soon(NOON, None)


def test_ten_seconds_are_one_slice():
    assert slice_of(NOON) == slice_of(NOON + 9 * SECOND)
    assert slice_of(NOON) + 1 == slice_of(NOON + 10 * SECOND)
