"""A prepared query gives the rows of the query set it was made from, and writes its SQL once."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.models import Count, F, Value
from django.test.utils import CaptureQueriesContext

from dateline import prepared
from dateline.alerts.models import PushKey
from dateline.discussion.models import Standing
from dateline.outbox.models import Delivery, FactRecord
from dateline.prepared import Change, Insert, Prepared
from dateline.stories.models import Placement, Story
from tests.factories.newsroom import a_masthead, a_story, an_editor
from tests.factories.pictures import a_picture

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def placed(masthead, limit, *, at):
    rows = Placement.objects.filter(masthead__slug=masthead, published_at__lte=at)
    rows = rows.select_related("section", "story__lead_picture").defer("story__body")
    return rows.annotate(twice=F("pk") * 2).order_by("-published_at", "-pk")[:limit]


def of_ids(*, ids, at):
    return Placement.objects.filter(pk__in=ids, published_at__lte=at).order_by("pk")


@pytest.fixture
def stories():
    a_masthead("musashi")
    a_masthead("kinako")
    found = [
        a_story(f"Story {n}", at=NOON - n * HOUR, lead_picture=a_picture() if n == 1 else None)
        for n in range(4)
    ]
    a_story("Elsewhere", on=("kinako",), at=NOON)
    return found


def test_the_rows_are_those_of_the_query_set_with_all_that_it_loads(stories):
    newest = Prepared(placed)

    for at in (NOON, NOON - 2 * HOUR, NOON - 9 * HOUR):
        found, wanted = newest("musashi", 3, at=at), list(placed("musashi", 3, at=at))
        assert found == wanted
        assert [(row.story.headline, row.twice) for row in found] == [
            (row.story.headline, row.twice) for row in wanted
        ]
        assert [row.published_at for row in found] == [row.published_at for row in wanted]
    with CaptureQueriesContext(connection) as queries:
        shown = newest("musashi", 3, at=NOON)
        pictures = [row.story.lead_picture and row.story.lead_picture.title for row in shown]
        assert [row.section.slug for row in shown] == ["world"] * 3
    assert len(queries) == 1
    assert pictures[0] is None
    assert pictures[1] == stories[1].lead_picture.title
    assert "body" in shown[0].story.get_deferred_fields()


def test_a_shape_is_written_once_and_another_shape_anew(stories):
    written = []

    def build(masthead, limit, *, at):
        written.append((masthead, limit))
        return placed(masthead, limit, at=at)

    newest = Prepared(build)
    for hour in range(5):
        newest("musashi", 2, at=NOON - hour * HOUR)
    assert len(newest("musashi", 1, at=NOON)) == 1
    assert [row.story.headline for row in newest("kinako", 2, at=NOON)] == ["Elsewhere"]

    assert written == [("musashi", 2), ("musashi", 1), ("kinako", 2)]


def test_text_and_uuids_are_values_too(stories):
    people = [an_editor(f"{name}@dateline.example") for name in ("ana", "ben")]
    written = []

    def build(*, user, email):
        written.append(email)
        return get_user_model().objects.filter(pk=user, email=email)

    found = Prepared(build)
    for person in people:
        assert found(user=person.pk, email=person.email) == [person]
    assert found(user=people[0].pk, email=people[1].email) == []
    assert len(written) == 1


def test_bytes_are_values_too():
    written = []
    for name, public in (("a", b""), ("b", b"\x00\xff"), ("c", b"\x01\x000")):
        PushKey.objects.create(public=public, sealed=name, made_at=NOON)

    def build(*, beyond, at):
        written.append(beyond)
        return PushKey.objects.filter(public__gt=beyond, made_at=at).values_list("sealed", "public")

    found = Prepared(build)
    assert sorted(found(beyond=b"", at=NOON)) == [("b", b"\x00\xff"), ("c", b"\x01\x000")]
    assert found(beyond=b"\x00\xff", at=NOON) == [("c", b"\x01\x000")]
    assert found(beyond=b"\xff", at=NOON) == []
    assert len(written) == 1


def test_lists_of_ids_of_any_length_share_few_shapes(stories):
    numbers = Prepared(of_ids)
    ids = list(Placement.objects.order_by("pk").values_list("pk", flat=True))

    for length in range(1, len(ids) + 1):
        assert [row.pk for row in numbers(ids=ids[:length], at=NOON)] == ids[:length]

    assert len(numbers.plans) == 4  # 1, 2, 4 and 8


def test_an_empty_list_of_ids_asks_nothing(stories):
    with CaptureQueriesContext(connection) as queries:
        assert Prepared(of_ids)(ids=(), at=NOON) == []
    assert len(queries) == 0


def test_columns_come_as_tuples_or_one_by_one(stories):
    pairs = Prepared(lambda *, id_: Story.objects.filter(pk=id_).values_list("pk", "created_at"))
    flat = Prepared(lambda *, id_: Story.objects.filter(pk=id_).values_list("headline", flat=True))

    assert pairs(id_=stories[2].pk) == [(stories[2].pk, stories[2].created_at)]
    assert flat(id_=stories[2].pk) == ["Story 2"]


def test_rows_that_are_neither_models_nor_columns_are_refused():
    with pytest.raises(ValueError, match=r"ValuesIterable cannot be prepared\. Use models"):
        Prepared(lambda *, id_: Story.objects.filter(pk=id_).values("pk"))(id_=1)


def test_a_value_that_does_not_reach_the_sql_is_an_error_and_not_a_wrong_answer(stories):
    limited = Prepared(lambda *, limit: Story.objects.order_by("pk")[:limit])
    with pytest.raises(ValueError, match="limit does not stand in the SQL as it was given: SELECT"):
        limited(limit=2)

    changed = Prepared(lambda *, id_: Story.objects.filter(pk=id_ + 1))
    with pytest.raises(ValueError, match="id_ does not stand in the SQL"):
        changed(id_=1)


def test_a_value_may_stand_in_several_places_and_beside_constants(stories):
    query = Prepared(
        lambda *, at, id_: (
            (
                Placement.objects.filter(published_at=at, story_id=id_, slug__contains="%")
                | Placement.objects.filter(published_at__lt=at, story__versions__number=Value(1))
            )
            .annotate(n=Count("story__bylines"))
            .order_by("pk")
        )
    )

    found = query(at=NOON - HOUR, id_=stories[0].pk)

    assert [row.story_id for row in found] == [stories[2].pk, stories[3].pk]
    assert {row.n for row in found} == {0}


def test_too_many_shapes_are_forgotten_together(stories, monkeypatch):
    monkeypatch.setattr(prepared, "PLANS_AT_MOST", 2)
    newest = Prepared(placed)

    for limit in (1, 2, 3):
        assert len(newest("musashi", limit, at=NOON)) == limit

    assert len(newest.plans) == 1


def test_a_row_is_inserted_and_changed_as_save_would(stories):
    fact = FactRecord(name="a.fact", payload={"a": ["\N{SNOWMAN}"]}, recorded_at=NOON)

    put = Insert(FactRecord)(fact)

    assert put is fact
    assert (fact._state.adding, fact._state.db) == (False, "default")
    saved = FactRecord.objects.get(pk=fact.pk)
    assert (saved.name, saved.payload, saved.recorded_at) == (
        "a.fact", {"a": ["\N{SNOWMAN}"]}, NOON,
    )  # fmt: skip

    fact.name, fact.payload, fact.recorded_at = "another", {}, NOON + HOUR
    Change(FactRecord, "payload", "recorded_at")(fact)

    saved.refresh_from_db()
    assert (saved.name, saved.payload, saved.recorded_at) == ("a.fact", {}, NOON + HOUR)


def test_a_value_that_is_not_quite_its_fields_is_prepared_as_save_would(stories):
    class Name(StrEnum):
        SHORT = "short"

    fact = Insert(FactRecord)(FactRecord(name=Name.SHORT, payload=[], recorded_at=NOON))
    someone = Insert(Standing)(Standing(user_id=an_editor().pk, suspended_until=None))

    assert FactRecord.objects.filter(pk=fact.pk, name="short", payload=[]).exists()
    saved = Standing.objects.get(pk=someone.pk)
    assert (saved.user_id, saved.suspended_until) == (someone.user_id, None)
    text = FactRecord(pk=fact.pk, recorded_at="2026-11-28 12:00:00+00:00")
    Change(FactRecord, "recorded_at")(text)
    assert FactRecord.objects.get(pk=fact.pk).recorded_at == NOON


def test_a_foreign_key_is_written_by_its_id(stories):
    fact = Insert(FactRecord)(FactRecord(name="a.fact", payload={}, recorded_at=NOON))
    told = Insert(Delivery)(Delivery(fact=fact, handler="h", place=0, next_try_at=NOON))
    told.done_at = NOON
    Change(Delivery, "done_at")(told)

    assert list(Delivery.objects.filter(fact=fact, done_at=NOON)) == [told]


def test_a_row_that_went_meanwhile_cannot_be_changed(stories):
    fact = Insert(FactRecord)(FactRecord(name="a.fact", payload={}, recorded_at=NOON))
    FactRecord.objects.all().delete()

    with pytest.raises(DatabaseError, match="is not there any more"):
        Change(FactRecord, "name")(fact)


def test_rows_are_inserted_together_in_one_statement(stories, django_assert_num_queries):
    put, some = Insert(FactRecord), [
        FactRecord(name=name, payload={}, recorded_at=NOON) for name in ("one", "two", "three")
    ]  # fmt: skip
    with django_assert_num_queries(1):
        assert put.together(some) is some

    for row in some:
        assert FactRecord.objects.get(pk=row.pk).name == row.name
    with django_assert_num_queries(0):
        assert put.together([]) == []


def test_a_statement_is_written_once_for_so_many_rows(stories):
    put = Insert(FactRecord)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            put(FactRecord(name="one", payload={}, recorded_at=NOON))
        return [query["sql"] for query in asked.captured_queries]

    assert statements() == statements()
    assert set(put._kept) == {1}


def test_what_is_kept_is_made_once_for_as_long_as_the_row_says_the_same(stories):
    made = []

    def headline(row):
        made.append(row.pk)
        return row.story.headline

    newest = Prepared(placed, of=headline, keep=100)
    wanted = ["Elsewhere"]
    assert newest("kinako", 4, at=NOON) == newest("kinako", 4, at=NOON) == wanted
    assert len(made) == 1

    Story.objects.filter(headline="Elsewhere").update(headline="Here")
    assert newest("kinako", 4, at=NOON) == ["Here"]
    assert len(made) == 2


def test_rows_of_two_shapes_are_never_taken_for_each_other(stories):
    def build(column, *, id_):
        return Story.objects.filter(pk=id_).values_list("pk", column)

    pairs = Prepared(build, of=tuple, keep=100)
    Story.objects.update(standfirst="Same.", short_headline="Same.", lead_caption="2026-11-28")

    assert pairs("standfirst", id_=stories[0].pk) == [(stories[0].pk, "Same.")]
    assert pairs("short_headline", id_=stories[0].pk) == [(stories[0].pk, "Same.")]
    assert pairs._made.cache_info().currsize == 2


def test_without_a_number_to_keep_each_row_is_made_anew(stories):
    newest = Prepared(placed, of=lambda row: [row.pk])

    assert newest("kinako", 1, at=NOON)[0] is not newest("kinako", 1, at=NOON)[0]
