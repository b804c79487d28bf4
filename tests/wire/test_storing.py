"""What was read becomes rows that are never edited, and exactly the facts that follow."""

import itertools
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.outbox.models import Delivery, FactRecord
from dateline.wire import models
from dateline.wire.domain.item import IncomingItem, Relation, Usability
from dateline.wire.queries import items as queries
from dateline.wire.services.storing import fingerprint_of, store_items
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBERS = count(1)
USABLE, HELD, KILLED = Usability.USABLE, Usability.HELD, Usability.KILLED

pytestmark = pytest.mark.django_db


def item(version=1, *, family="urn:kna:1", usability=USABLE, recalls=None, minute=None, **fields):
    minute = version if minute is None else minute
    return IncomingItem(
        format="ninjs",
        family=family,
        version=version,
        usability=usability,
        status="canceled" if usability is KILLED else "usable",
        reason=None if usability is USABLE else f"Reason of version {version}.",
        recalls=usability is KILLED if recalls is None else recalls,
        kind="text",
        version_created_at=NOON - timedelta(hours=1) + timedelta(minutes=minute),
        **{"headline": f"Version {version}", "body_text": "Text.", **fields},
    )


def kill(version, **fields):
    return item(version, usability=KILLED, headline=None, body_text=None, **fields)


def store(provider, *incoming, at=NOON, pictures=()):
    number = next(NUMBERS)
    raw = models.RawDelivery.objects.create(
        provider=provider, file_name=f"{number}.json", sha256=f"{number:064}", size=1,
        received_at=at,
    )  # fmt: skip
    return store_items(raw, incoming, at=at, pictures=pictures)


def facts():
    return list(FactRecord.objects.order_by("pk").values_list("name", flat=True))


def last_fact():
    return FactRecord.objects.latest("pk").payload


def test_a_usable_item_is_stored_and_told(kna):
    (row,) = store(kna, item(1, slugline="FERRY", keywords=("ferry",)))

    row.refresh_from_db()
    assert (row.headline, row.slugline, row.usability) == ("Version 1", "FERRY", "usable")
    assert (row.received_at, row.details["keywords"]) == (NOON, ["ferry"])
    assert facts() == ["wire.item_stored"]
    assert last_fact() == {
        "item_id": row.pk, "provider": "kna", "family": "urn:kna:1", "at": NOON.isoformat(),
    }  # fmt: skip


def test_an_item_nobody_waits_for_is_a_fact_without_a_delivery(kna):
    store(kna, item(1))

    assert (facts(), Delivery.objects.count()) == (["wire.item_stored"], 0)


def test_a_resend_is_not_an_update(kna):
    store(kna, item(1))
    again = store(kna, item(1, warnings=("Read with care.",), generation="2.0"))

    assert again == []
    assert (models.WireItem.objects.count(), facts()) == (1, ["wire.item_stored"])


def test_the_same_version_with_new_content_is_a_new_row(kna):
    store(kna, item(1))
    (row,) = store(kna, item(1, body_text="Text with a picture."))

    assert models.WireItem.objects.count() == 2
    assert facts() == ["wire.item_stored"] * 2
    assert queries.newest_usable(kna.pk, "urn:kna:1") == row


def test_a_late_older_version_goes_to_history_and_tells_nobody(kna):
    store(kna, item(10))
    (late,) = store(kna, item(9))

    assert facts() == ["wire.item_stored"]
    assert queries.newest_usable(kna.pk, "urn:kna:1").version == 10
    assert late.usability == "usable"
    assert not queries.is_newest(late)


def test_a_kill_is_told_and_its_empty_body_overwrites_nothing(kna):
    (first,) = store(kna, item(1))
    (cancel,) = store(kna, kill(2))

    first.refresh_from_db()
    assert (first.headline, first.body_text) == ("Version 1", "Text.")
    assert facts()[-1] == "wire.item_killed"
    assert last_fact()["item_id"] == cancel.pk
    assert last_fact()["reason"] == "Reason of version 2."
    assert queries.is_family_killed(kna.pk, "urn:kna:1")


@pytest.mark.parametrize("version", [1, 2])
def test_an_original_after_its_kill_is_stored_dead(kna, version):
    store(kna, kill(2))
    (late,) = store(kna, item(version))

    late.refresh_from_db()
    assert late.usability == "killed"
    assert (
        late.reason == "The agency took this item down with version 2, which came before this one."
    )
    assert facts() == ["wire.item_killed"]
    assert queries.newest_usable(kna.pk, "urn:kna:1") is None


def test_a_held_version_after_a_kill_keeps_its_own_reason_too(kna):
    store(kna, kill(2))
    (late,) = store(kna, item(1, usability=HELD))

    assert late.reason.endswith("which came before this one. Reason of version 1.")


def test_a_later_usable_version_is_told_after_a_kill(kna):
    store(kna, kill(2))
    (again,) = store(kna, item(3))

    assert facts() == ["wire.item_killed", "wire.item_stored"]
    assert queries.newest_usable(kna.pk, "urn:kna:1") == again


def test_withheld_takes_down_and_stays_held(kna):
    store(kna, item(1))
    (row,) = store(kna, item(2, usability=HELD, recalls=True))

    assert (row.usability, facts()[-1]) == ("held", "wire.item_killed")
    assert queries.is_family_killed(kna.pk, "urn:kna:1")


def test_a_held_item_is_told_to_a_person(kna):
    (row,) = store(kna, item(1, usability=HELD))

    assert (row.usability, facts()) == ("held", ["wire.item_held"])
    assert last_fact()["reason"] == "Reason of version 1."


def test_what_is_not_for_readers_is_kept_without_an_alarm(kna):
    (row,) = store(kna, item(1, usability=Usability.NOT_FOR_READERS))

    assert (row.usability, facts()) == ("not_for_readers", [])


def test_another_providers_family_of_the_same_name_is_another_family(kna):
    store(kna, kill(2))
    (row,) = store(a_provider("efe", "EFE"), item(1))

    assert row.usability == "usable"


def test_a_kill_under_another_id_takes_the_named_family_down(kna):
    store(kna, item(1, family="urn:kna:old"))
    order = Relation(type="kills", family="urn:kna:old", note="Wrong place.")
    rows = store(kna, item(1, family="urn:kna:notice", minute=9, relations=(order,)))

    assert [(row.family, row.usability) for row in rows] == [
        ("urn:kna:notice", "usable"),
        ("urn:kna:old", "killed"),
    ]
    assert facts() == ["wire.item_stored", "wire.item_stored", "wire.item_killed"]
    assert last_fact()["family"] == "urn:kna:old"
    assert last_fact()["reason"] == "urn:kna:notice kills it. Wrong place."


def test_a_kill_under_another_id_waits_for_an_original_that_comes_late(kna):
    order = Relation(type="kills", family="urn:kna:old")
    store(kna, item(1, family="urn:kna:notice", minute=9, relations=(order,)))
    (late,) = store(kna, item(1, family="urn:kna:old", minute=3))

    assert late.usability == "killed"


@pytest.mark.parametrize(
    "relation",
    [
        Relation(type="kills", family="urn:kna:old", certain=False),
        Relation(type="kills", note="the ferry story"),
        Relation(type="kills", family="urn:kna:notice"),
        Relation(type="see-also", family="urn:kna:old"),
    ],
)
def test_only_a_certain_order_about_another_family_acts(kna, relation):
    store(kna, item(1, family="urn:kna:old"))
    rows = store(kna, item(1, family="urn:kna:notice", relations=(relation,)))

    assert [row.family for row in rows] == ["urn:kna:notice"]
    assert not queries.is_family_killed(kna.pk, "urn:kna:old")


def test_a_structured_hold_of_another_family_takes_it_down_as_held(kna):
    store(kna, item(1, family="urn:kna:old"))
    order = Relation(type="holds", family="urn:kna:old")
    rows = store(kna, item(1, family="urn:kna:notice", minute=9, relations=(order,)))

    assert (rows[1].usability, rows[1].recalls) == ("held", True)


def test_a_picture_kill_withdraws_every_version_of_the_picture(kna, media_root):
    old, new = a_picture("old"), a_picture("new", guid="urn:kna:1")
    store(kna, item(1), pictures=[old.pk])
    store(kna, kill(2))

    for picture in (old, new):
        picture.refresh_from_db()
        assert picture.killed_at == NOON
        assert (picture.killed_reason, picture.killed_by) == ("Reason of version 2.", "KNA")


def test_a_picture_that_comes_after_its_kill_is_killed_at_once(kna, media_root):
    late, other = a_picture("late"), a_picture("other")
    store(kna, kill(2))
    store(kna, item(1), item(1, family="urn:kna:2"), pictures=[late.pk, other.pk])

    late.refresh_from_db()
    other.refresh_from_db()
    assert late.killed_at == NOON
    assert other.killed_at is None


def test_many_items_of_one_delivery_are_judged_against_each_other(kna):
    rows = store(kna, item(1), kill(2), item(1, headline="Again"), item(1, family="urn:kna:2"))

    assert [row.usability for row in rows] == ["usable", "killed", "killed", "usable"]
    assert facts() == ["wire.item_stored", "wire.item_killed", "wire.item_stored"]


def test_an_item_comes_in_above_all_others_even_when_the_clock_was_set_back(kna):
    store(kna, item(1))
    (row,) = store(kna, item(2), at=NOON - timedelta(hours=3))

    assert row.received_at == NOON


def test_text_is_fitted_to_its_column(kna):
    (row,) = store(kna, item(1, slugline="S" * 300, headline="A\x00B"))

    row.refresh_from_db()
    assert row.slugline == "S" * 255
    assert row.headline == "A\N{REPLACEMENT CHARACTER}B"


def test_rows_and_facts_are_one_transaction(kna, monkeypatch):
    def fail(_fact):
        raise RuntimeError("The power went.")

    monkeypatch.setattr("dateline.wire.services.storing.outbox.record", fail)
    with pytest.raises(RuntimeError):
        store(kna, item(1))

    assert models.WireItem.objects.count() == 0


def test_the_fingerprint_sees_content_and_nothing_else():
    same = fingerprint_of(item(1, warnings=("x",), generation="1.4"))

    assert same == fingerprint_of(item(1))
    assert same != fingerprint_of(item(1, credit="AFP"))


def test_the_cost_does_not_grow_with_what_is_stored(kna, django_assert_num_queries):
    for number in range(5):
        store(kna, item(1, family=f"urn:kna:{number}"))
    raw = models.RawDelivery.objects.create(
        provider=kna, file_name="x", sha256="x", size=1, received_at=NOON
    )
    # newest place, the families, rows; for each a fact and two questions whether anybody waits for
    # it, instead of a delivery; the savepoint
    with django_assert_num_queries(11):
        store_items(raw, [item(2, family="urn:kna:1"), item(2, family="urn:kna:2")], at=NOON)


arrivals = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from([USABLE, USABLE, HELD, KILLED])),
    min_size=1, max_size=3, unique_by=lambda pair: pair[0],
)  # fmt: skip


@settings(max_examples=20)
@given(family=arrivals)
def test_any_order_of_arrival_ends_in_the_same_state(django_db_blocker, family):
    """In the database, through the service, for every order of up to three versions and kills."""
    provider, _ = models.Provider.objects.get_or_create(slug="any", defaults={"name": "Any"})
    ends = set()
    for order in itertools.permutations(family):
        name = f"urn:any:{next(NUMBERS)}"
        for version, usability in order:
            store(provider, item(version, family=name, usability=usability))
        newest = queries.newest_usable(provider.pk, name)
        ends.add((newest and newest.version, queries.is_family_killed(provider.pk, name)))
        versions = queries.family_versions(provider.pk, name)
        assert [row.version for row in versions] == sorted((v for v, _ in family), reverse=True)
    assert len(ends) == 1


def asking(version=1, *, certain=False, named=None, **fields):
    """An item whose words ask for a kill."""
    relation = Relation(type="kills", family=named, note="FERRY", certain=certain)
    return item(version, **{"usability": HELD, "relations": (relation,), **fields})


@pytest.mark.parametrize(
    ("usability", "also"), [(HELD, ["wire.item_held"]), (Usability.NOT_FOR_READERS, [])]
)
def test_a_kill_in_words_is_proposed_once_even_by_an_advisory(kna, usability, also):
    store(kna, asking(usability=usability))
    store(kna, asking(usability=usability))

    assert facts() == ["wire.kill_proposed", *also]
    assert last_fact()["reason"] == "Reason of version 1."


def test_a_kill_in_words_is_heard_though_a_newer_version_was_here_first(kna):
    store(kna, item(3))
    store(kna, asking(1))

    assert facts() == ["wire.item_stored", "wire.kill_proposed"]


def test_a_kill_by_structure_that_hit_nothing_proposes_what_its_words_mean(kna):
    store(kna, asking(usability=KILLED))

    assert facts() == ["wire.kill_proposed", "wire.item_killed"]


def test_a_kill_by_structure_that_hit_something_proposes_nothing(kna):
    store(kna, item(1))
    store(kna, asking(2, usability=KILLED))
    by_id = Relation(type="kills", family="urn:kna:1")
    words = Relation(type="kills", certain=False)
    store(kna, kill(1, family="urn:kna:9", relations=(by_id, words)))
    store(kna, asking(1))  # a kill was here first

    assert "wire.kill_proposed" not in facts()


@pytest.fixture
def kna(db):
    return a_provider()
