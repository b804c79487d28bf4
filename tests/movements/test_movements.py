"""What happened to stories is told in order: nothing is left out and nothing comes twice."""

from datetime import UTC, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.movements import handlers, models, queries
from dateline.movements.domain.moved import EPOCH, SETTLES, Place, moment_of, place_of
from dateline.prepared import _value
from dateline.stories.events import StoryKilled
from dateline.stories.services import kills
from tests.factories.movements import note
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import HOUR, NOON, shelve

SECOND = timedelta(seconds=1)
LATER = NOON + HOUR
PUBLISHED = "story.published"


@pytest.fixture
def musashi(db):
    return a_masthead()


@pytest.fixture
def site(musashi):
    return mastheads.by_slug(musashi.slug)


def ids(found):
    return [change.moved.story_id for change in found]


def walked(site, after, *, at, size):
    """Every page from a place on, as a program would read them."""
    told = []
    while True:
        found, more = queries.changed(site, after, at=at, size=size)
        told += ids(found)
        if found:
            after = Place(found[-1].moved.noted_at, found[-1].moved.id)
        if not more:
            return told, after


def test_a_fact_is_noted_once_for_each_title(musashi, monkeypatch):
    kinako, story = a_masthead("kinako"), a_story("Ferry", at=NOON)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    fact = StoryKilled(
        story_id=story.pk, masthead_ids=(musashi.pk, kinako.pk), report_id=1, at=NOON, by="Ana",
        reason="Wrong.",
    )  # fmt: skip

    handlers.note(fact)
    handlers.note(fact)

    rows = list(models.Movement.objects.order_by("pk"))
    assert [(row.masthead_id, row.kind, row.at, row.noted_at) for row in rows] == [
        (musashi.pk, "killed", NOON, LATER), (kinako.pk, "killed", NOON, LATER),
    ]  # fmt: skip
    assert str(rows[0]) == f"movement {rows[0].pk}"


def test_a_story_is_told_as_it_is_now_whatever_it_was(site, musashi):
    told = [a_story(name, at=NOON) for name in ("Stays", "Killed", "Not for programs")]
    for story in told:
        note(story.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)
    kills.kill_story(told[1].pk, reason="Wrong.", by="Ana")
    type(told[2]).objects.filter(pk=told[2].pk).update(licensed_uses=("web",))

    found, more = queries.changed(site, Place(NOON), at=LATER)

    assert [(bool(one.card), one.killed) for one in found] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    assert (found[0].card.headline, more) == ("Stays", False)


def test_what_was_noted_a_moment_ago_is_not_told_yet(site, musashi):
    first, second = shelve(["First", "Second"])
    note(first.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=LATER - SETTLES)
    note(second.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=LATER - SETTLES + SECOND / 10)

    assert ids(queries.changed(site, Place(NOON), at=LATER)[0]) == [first.pk]
    assert ids(queries.changed(site, Place(NOON), at=LATER + SECOND)[0]) == [first.pk, second.pk]


def test_another_title_s_movements_are_not_told(site, musashi):
    kinako = a_masthead("kinako")
    (story,) = shelve(["First"])
    note(story.pk, [kinako.pk], name=PUBLISHED, at=NOON, noted_at=NOON)

    assert queries.changed(site, Place(NOON), at=LATER) == ([], False)


WRITES = st.lists(
    st.tuples(
        st.integers(0, 4),  # seconds since the one before, as they were noted
        st.integers(0, 4),  # for how long another process was still writing it down
    ),
    min_size=1, max_size=8,
)  # fmt: skip


def test_nothing_is_left_out_and_nothing_twice_while_others_write(site, musashi):
    rows = shelve([f"Story {n}" for n in range(8)])

    @settings(max_examples=20)
    @given(WRITES, st.integers(1, 4))
    def check(writes, size):
        models.Movement.objects.all().delete()
        noted, waiting = NOON, []
        for row, (gap, slow) in zip(rows, writes, strict=False):
            noted += gap * SECOND
            waiting.append((noted + slow * SECOND, noted, row.pk))
        after, told = Place(NOON - SECOND), []
        last = max(ready for ready, _, _ in waiting) + SETTLES
        for second in range(1 + (last - NOON) // SECOND):
            now = NOON + second * SECOND
            for _, at, pk in [one for one in waiting if one[0] == now]:
                note(pk, [musashi.pk], name=PUBLISHED, at=at, noted_at=at)
            more, after = walked(site, after, at=now, size=size)
            told += more
        assert sorted(told) == sorted(pk for _, _, pk in waiting)

    check()


def test_many_noted_in_one_moment_are_walked_by_their_ids(site, musashi):
    rows = shelve([f"Story {n}" for n in range(7)])
    for row in rows:
        note(row.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)

    told, _ = walked(site, Place(NOON), at=LATER, size=2)

    assert told == [row.pk for row in rows]


@pytest.mark.parametrize("many", [1, 30])
def test_costs_the_same_however_many(site, musashi, many, django_assert_max_num_queries):
    for row in shelve([f"Story {n}" for n in range(many)]):
        note(row.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)
    queries.changed(site, Place(NOON), at=LATER)

    with django_assert_max_num_queries(6):
        assert len(queries.changed(site, Place(NOON), at=LATER)[0]) == many


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's plans")
def test_a_million_rows_are_read_from_the_index_alone(musashi):
    given_ = {"masthead": 1, "since": NOON, "row": 500_000, "until": LATER}
    queries._after.plans.clear()
    queries._after(101, **given_)
    (plan,) = queries._after.plans.values()
    with connection.cursor() as cursor:
        values = [_value(place, given_, connection) for place in plan.places]
        cursor.execute(f"EXPLAIN QUERY PLAN {plan.sql}", values)
        steps = [row[3] for row in cursor.fetchall()]

    (step,) = steps
    assert step.startswith("SEARCH movements_movement USING INDEX movement_in_order")
    assert step.endswith("(masthead_id=? AND noted_at>? AND noted_at<?)")


@given(st.timedeltas(timedelta(0), timedelta(days=365_000)), st.integers(0, 10**17))
def test_a_cursor_is_read_as_it_was_written(since, number):
    place = Place(EPOCH + since, number)

    assert place_of(str(place)) == place


@pytest.mark.parametrize("cursor", ["", "1", "1.", ".1", "-1.1", "1.1.1", "1.x", "9" * 40, "１.1"])
def test_no_other_text_is_a_cursor(cursor):
    assert place_of(cursor) is None


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-20T03:00:00Z", 3), ("2026-11-20T12:00:00+09:00", 3),
        ("2026-11-20T12:00:00 09:00", 3), ("2026-11-20T03:00:00.5Z", 3),
    ],
)  # fmt: skip
def test_a_moment_is_read_with_its_offset(text, hour):
    assert moment_of(text).hour == hour
    assert moment_of(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-11-20", "2026-11-20T12:00:00", "1969-01-01T00:00:00Z",
     "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-13-01T00:00:00Z", "9" * 99],
)  # fmt: skip
def test_no_other_text_is_a_moment(text):
    assert moment_of(text) is None
