"""The wire as lists: newest first, nothing moves, and every state told as it is now."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.models import Story
from dateline.wire import models
from dateline.wire.domain import standing
from dateline.wire.domain.item import Usability
from dateline.wire.queries import items, lists
from dateline.wire.queries.lists import Cursor, Filters
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EVERYTHING = Filters()

pytestmark = pytest.mark.django_db


def minutes(number):
    return NOON + timedelta(minutes=number)


def titles(page):
    return [row.title for row in page.rows]


def shown(**filters):
    return titles(lists.wire_list(Filters(**filters), at=NOON))


def test_newest_first_and_those_of_one_moment_by_their_id(kna):
    for headline, moment in (("one", 1), ("three", 2), ("four", 2), ("two", 1)):
        a_wire_item(kna, headline=headline, received_at=minutes(moment))

    assert shown() == ["four", "three", "two", "one"]


def test_a_line_says_what_an_editor_needs(kna, media_root):
    item = a_wire_item(
        kna, headline="Ferry", slugline="FERRY", urgency=2, language="en", dateline="Seoul",
        picture=a_picture(), version=3, version_created_at=minutes(-9), received_at=NOON,
    )  # fmt: skip
    (row,) = lists.wire_list(EVERYTHING, at=NOON).rows

    assert (row.id, row.provider, row.provider_name, row.version) == (item.pk, "kna", "KNA", 3)
    assert (row.title, row.slugline, row.urgency, row.dateline) == ("Ferry", "FERRY", 2, "Seoul")
    assert (row.received_at, row.version_created_at) == (NOON, minutes(-9))
    assert (row.has_picture, row.state, row.language) == (True, "usable", "en")


def test_an_item_without_a_headline_is_named_by_its_slugline_or_caption(kna):
    a_wire_item(kna, headline="", slugline="", caption="A ferry at noon.")
    a_wire_item(kna, headline="", slugline="FERRY")

    assert shown() == ["FERRY", "A ferry at noon."]


def test_pages_go_on_where_the_last_one_ended_whatever_came_in(kna):
    for number in range(5):
        a_wire_item(kna, headline=str(number), received_at=minutes(number))
    first = lists.wire_list(EVERYTHING, at=NOON, size=2)
    a_wire_item(kna, headline="new", received_at=minutes(9))
    second = lists.wire_list(EVERYTHING, at=NOON, size=2, before=first.older)
    last = lists.wire_list(EVERYTHING, at=NOON, size=2, before=second.older)

    assert [titles(page) for page in (first, second, last)] == [["4", "3"], ["2", "1"], ["0"]]
    assert (first.newer, last.older) == (None, None)
    back = lists.wire_list(EVERYTHING, at=NOON, size=2, after=second.newer)
    assert titles(back) == ["4", "3"]
    assert back.newer is not None  # the one that came in meanwhile
    assert titles(lists.wire_list(EVERYTHING, at=NOON, size=2, after=back.newer)) == ["new"]
    assert back.older == first.older


def test_what_came_in_since_is_asked_for_by_the_newest_line(kna):
    a_wire_item(kna, headline="old", received_at=NOON)
    page = lists.wire_list(EVERYTHING, at=NOON)
    a_wire_item(kna, headline="same moment", received_at=NOON)
    a_wire_item(kna, headline="later", received_at=minutes(1))

    assert titles(lists.wire_list(EVERYTHING, at=NOON, after=page.rows[0].cursor)) == [
        "later",
        "same moment",
    ]


def test_an_empty_wire_is_an_empty_page(kna):
    page = lists.wire_list(EVERYTHING, at=NOON)

    assert (page.rows, page.newer, page.older) == ((), None, None)


@pytest.mark.parametrize("text", ["", "abc", "1-", "-1", "1-x", "١-٢", "9" * 30 + "-1", "1-2-3"])
def test_a_cursor_somebody_made_up_is_none(text):
    assert Cursor.read(text) is None


@given(st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1)), st.integers(1, 2**50))  # noqa: DTZ001 - the zone is added below
def test_a_cursor_reads_back_as_it_was_written(moment, number):
    cursor = Cursor(moment.replace(tzinfo=UTC), number)

    assert Cursor.read(str(cursor)) == cursor


def test_every_word_must_be_somewhere_in_the_item(kna):
    a_wire_item(kna, headline="Ferry returns", body_text="The harbour was calm.")
    a_wire_item(kna, headline="Ferry sinks", slugline="BOAT", caption="A dock at night.")

    assert shown(text="FERRY harbour") == ["Ferry returns"]
    assert shown(text="boat") == shown(text="dock sinks") == ["Ferry sinks"]
    assert shown(text="ferry") == ["Ferry sinks", "Ferry returns"]
    assert shown(text="100%") == []


def test_filters_narrow_the_list(kna):
    efe = a_provider("efe", "EFE")
    a_wire_item(kna, headline="flash", urgency=1, language="en")
    a_wire_item(kna, headline="calm", urgency=5, language="ja", kind="picture")
    a_wire_item(efe, headline="none", urgency=None, language="es")

    assert shown(provider="efe") == ["none"]
    assert shown(urgency=3) == ["flash"]
    assert shown(kind="picture") == shown(language="ja") == ["calm"]
    assert shown(provider="kna", urgency=9) == ["calm", "flash"]


def test_states_are_those_of_now(kna):
    a_wire_item(kna, headline="usable")
    a_wire_item(kna, headline="lifted", embargo_until=minutes(0))
    a_wire_item(kna, headline="embargoed", embargo_until=minutes(1))
    a_wire_item(kna, headline="held", usability="held", reason="Unknown status.")
    a_wire_item(kna, headline="advisory", usability="not_for_readers", reason="A daybook.")
    dead = a_wire_item(kna, headline="dead", family="urn:kna:dead")
    a_wire_item(
        kna, headline="kill", family=dead.family, version=2, usability="killed", recalls=True,
        reason="Canceled.",
    )  # fmt: skip
    pulled = a_wire_item(kna, headline="pulled", family="urn:kna:pulled", embargo_until=minutes(9))
    a_wire_item(
        kna, headline="withheld", family=pulled.family, version=2, usability="held", recalls=True,
        reason="Withheld.",
    )  # fmt: skip

    states = {row.title: row.state for row in lists.wire_list(EVERYTHING, at=NOON).rows}
    assert states == {
        "usable": "usable", "lifted": "usable", "embargoed": "embargoed", "held": "held",
        "advisory": "not_for_readers", "dead": "killed", "kill": "killed", "pulled": "killed",
        "withheld": "held",
    }  # fmt: skip
    for state in ("usable", "embargoed", "held", "not_for_readers", "killed"):
        expected = [title for title, is_state in states.items() if is_state == state]
        assert sorted(shown(state=state)) == sorted(expected), state


times = st.none() | st.integers(0, 3)
versions = st.lists(
    st.tuples(st.integers(1, 3), times, st.booleans()), min_size=2, max_size=4
)  # fmt: skip


@given(family=versions)
def test_the_database_and_the_domain_agree_on_what_a_kill_reaches(family):
    provider, _ = models.Provider.objects.get_or_create(slug="any", defaults={"name": "Any"})
    name = f"urn:any:{models.WireItem.objects.count()}-{len(family)}"
    rows = [
        a_wire_item(
            provider, family=name, version=version, recalls=recalls,
            version_created_at=None if minute is None else minutes(minute),
            usability="killed" if recalls else "usable", reason="Why." if recalls else "",
        )
        for version, minute, recalls in family
    ]  # fmt: skip
    known = items.family_standings(provider.pk, name)
    usable = [s for s in known if s.usability is Usability.USABLE]
    reached = {s.arrival for s in usable if standing.recall_of(s, known)}
    kills = {s.arrival for s in known if s.recalls}

    assert lists.killed_among([row.pk for row in rows]) == reached | kills


def test_has_story_asks_by_family(kna):
    made = a_wire_item(kna, headline="made", family="urn:kna:made")
    a_wire_item(kna, headline="update", family="urn:kna:made", version=2)
    a_wire_item(kna, headline="free")
    a_wire_item(a_provider("efe", "EFE"), headline="other", family="urn:kna:made")
    Story.objects.create(headline="Story", provider=kna, wire_family=made.family)

    def with_story(value):
        page = lists.wire_list(
            Filters(has_story=value), at=NOON, stories=Story.objects.values("pk")
        )
        return titles(page)

    assert with_story(True) == ["update", "made"]
    assert with_story(False) == ["other", "free"]
    assert titles(lists.wire_list(Filters(has_story=True), at=NOON)) != []  # nobody to ask


def test_choices_are_what_there_is(kna):
    a_wire_item(kna, kind="text", language="en")
    a_wire_item(kna, kind="picture", language="")
    a_wire_item(kna, kind="text", language="ja")

    assert lists.choices() == {
        "provider": [("kna", "KNA")],
        "kind": [("picture", "picture"), ("text", "text")],
        "language": [("en", "en"), ("ja", "ja")],
    }


def test_a_page_of_the_list_costs_one_query(kna, django_assert_num_queries):
    for number in range(8):
        a_wire_item(kna, headline=str(number))

    with django_assert_num_queries(1):
        lists.wire_list(Filters(text="1", state="killed"), at=NOON)


def test_quarantine_is_newest_first_in_pages(kna):
    for number in range(3):
        quarantined(kna, number)
    quarantined(a_provider("efe", "EFE"), 9)
    models.RawDelivery.objects.create(
        provider=kna, file_name="good.xml", sha256="good", size=1, received_at=minutes(50)
    )
    page = lists.quarantine(size=2, provider="kna")

    assert [row.file_name for row in page.rows] == ["2.xml", "1.xml"]
    assert page.rows[0].reason == "2.xml: it is no format the wire knows."
    assert (page.rows[0].provider_name, page.rows[0].size) == ("KNA", 2)
    rest = lists.quarantine(before=page.older, provider="kna")
    assert [row.file_name for row in rest.rows] == ["0.xml"]
    assert len(lists.quarantine().rows) == 4


def test_one_delivery_comes_with_its_provider(kna, django_assert_num_queries):
    raw = quarantined(kna, 1)
    with django_assert_num_queries(1):
        assert lists.raw_row(raw.pk).provider.name == "KNA"
    with pytest.raises(models.RawDelivery.DoesNotExist):
        lists.raw_row(raw.pk + 1)


def quarantined(provider, number):
    return models.RawDelivery.objects.create(
        provider=provider,
        file_name=f"{number}.xml",
        sha256=f"q{number}",
        size=number,
        received_at=minutes(number),
        state="quarantined",
        reason=f"{number}.xml: it is no format the wire knows.",
    )


@pytest.fixture
def kna(db):
    return a_provider()
