"""Deliveries are read once, in their turn; what cannot be read waits with a sentence."""

from datetime import timedelta

import pytest

from dateline.media.models import Picture
from dateline.outbox.models import FactRecord
from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.services import intake, reading
from tests.factories.documents import g2, ninjs
from tests.factories.pictures import jpeg
from tests.factories.wire import a_provider
from tests.wire.conftest import NOON

State = models.RawDelivery.State


def received(provider, data, name="a.json"):
    return intake.receive(provider, data, file_name=name, at=NOON)


def row(raw_id):
    return models.RawDelivery.objects.get(pk=raw_id)


def test_is_read_once(kna):
    raw_id = received(kna, ninjs())

    assert reading.read_delivery(raw_id, at=NOON).state == "read"
    assert reading.read_delivery(raw_id, at=NOON) is None
    assert (row(raw_id).attempts, row(raw_id).leased_until) == (1, None)


def test_what_another_process_reads_is_left_until_its_lease_ends(kna):
    raw_id = received(kna, ninjs())
    models.RawDelivery.objects.update(leased_until=NOON + timedelta(seconds=30))

    assert reading.read_waiting(at=NOON) == []
    assert reading.read_delivery(raw_id, at=NOON) is None
    assert len(reading.read_waiting(at=NOON + timedelta(seconds=31))) == 1


def test_a_slow_process_whose_lease_ran_out_stores_nothing_twice(kna, monkeypatch):
    raw_id = received(kna, ninjs())
    parse = reading.items_of
    hour_later = NOON + timedelta(hours=1)

    def overtaken(raw, **limit):
        items = parse(raw, **limit)
        monkeypatch.setattr(reading, "items_of", parse)
        assert reading.read_delivery(raw_id, at=hour_later).state == "read"
        return items

    monkeypatch.setattr(reading, "items_of", overtaken)

    assert reading.read_delivery(raw_id, at=NOON) is None
    assert models.WireItem.objects.count() == 1


def test_a_slow_process_does_not_quarantine_what_another_has_read(kna, monkeypatch):
    raw_id = received(kna, b"no format")

    def overtaken(raw, **_limit):
        models.RawDelivery.objects.update(state=State.READ)
        raise reading.Unreadable("a.json: it is no format the wire knows.")

    monkeypatch.setattr(reading, "items_of", overtaken)

    assert reading.read_delivery(raw_id, at=NOON) is None
    assert row(raw_id).state == State.READ
    assert FactRecord.objects.count() == 0


def test_what_cannot_be_read_is_quarantined_told_and_kept(kna):
    raw_id = received(kna, b"hello", "greeting.txt")
    outcome = reading.read_delivery(raw_id, at=NOON)

    raw = row(raw_id)
    assert (raw.state, raw.read_at, outcome.state) == (State.QUARANTINED, NOON, "quarantined")
    assert raw.reason == outcome.reason
    assert raw.reason.startswith("greeting.txt: ")
    fact = FactRecord.objects.get()
    assert (fact.name, fact.payload["reason"]) == ("wire.raw_quarantined", raw.reason)
    assert raw_store.read(raw.sha256, root=reading.raw_root()) == b"hello"


def test_a_document_that_takes_too_long_does_not_keep_the_next_waiting(kna):
    slow = received(kna, b"[" + b"[1]," * 8_000_000 + b"1]", "slow.json")
    good = received(kna, ninjs())

    assert (
        "longer than 0.02 seconds" in reading.read_delivery(slow, at=NOON, time_limit_s=0.02).reason
    )
    assert reading.read_delivery(good, at=NOON).state == "read"


def test_damaged_bytes_are_quarantined_not_read_as_something_else(kna):
    raw_id = received(kna, ninjs())
    place = raw_store.path_of(row(raw_id).sha256, root=reading.raw_root())
    place.unlink()

    assert "from a backup" in reading.read_delivery(raw_id, at=NOON).reason


def test_a_fault_leaves_the_delivery_for_a_later_try_and_reads_the_next(kna, monkeypatch):
    first, second = received(kna, ninjs()), received(kna, ninjs("urn:kna:2"))
    store = reading.store_items

    def fail_once(raw, incoming, **facts):
        if raw.pk == first:
            raise RuntimeError("The database had a moment.")
        return store(raw, incoming, **facts)

    monkeypatch.setattr(reading, "store_items", fail_once)
    assert [o.raw_id for o in reading.read_waiting(at=NOON)] == [second]
    assert row(first).state == State.RECEIVED

    monkeypatch.setattr(reading, "store_items", store)
    assert [o.raw_id for o in reading.read_waiting(at=NOON + timedelta(minutes=2))] == [first]


def test_a_delivery_that_takes_the_worker_down_again_and_again_is_given_up(kna):
    raw_id = received(kna, ninjs())
    models.RawDelivery.objects.update(attempts=reading.TRIES)
    outcome = reading.read_delivery(raw_id, at=NOON)

    assert outcome.reason == (
        "a.json: reading it was begun 3 times and never ended. "
        "Report it, and retry after the next upgrade."
    )


def test_new_deliveries_are_taken_some_at_a_time_and_suspects_alone(kna):
    ids = [received(kna, ninjs(f"urn:kna:{n}")) for n in range(reading.TOGETHER + 3)]
    suspect = ids[1]
    models.RawDelivery.objects.filter(pk=suspect).update(attempts=1)
    fresh = [raw_id for raw_id in ids if raw_id != suspect]

    groups = list(
        reading._groups(
            dict(models.RawDelivery.objects.order_by("pk").values_list("pk", "attempts"))
        )
    )
    assert groups == [fresh[: reading.TOGETHER], fresh[reading.TOGETHER :], [suspect]]
    assert [o.raw_id for o in reading.read_waiting(at=NOON)] == [*fresh, suspect]


def test_a_retry_reads_with_todays_rules(kna):
    raw_id = received(kna, b"hello")
    reading.read_delivery(raw_id, at=NOON)
    assert reading.retry_delivery(raw_id, by="Ana", at=NOON).state == "quarantined"

    place = raw_store.path_of(row(raw_id).sha256, root=reading.raw_root())
    place.unlink()
    good = intake.receive(a_provider("efe", "EFE"), ninjs(), file_name="b.json", at=NOON)
    models.RawDelivery.objects.filter(pk=good).update(state=State.QUARANTINED, reason="No reader.")
    outcome = reading.retry_delivery(good, by="Ana", at=NOON)

    assert (outcome.state, len(outcome.item_ids)) == ("read", 1)
    assert (row(good).state, row(good).reason) == (State.READ, "")


def test_only_what_is_in_quarantine_can_be_retried(kna):
    raw_id = received(kna, ninjs())
    reading.read_delivery(raw_id, at=NOON)

    assert reading.retry_delivery(raw_id, by="Ana") is None


def test_the_providers_settings_decide_how_it_is_read(kna):
    models.Provider.objects.filter(pk=kna.pk).update(time_zone="Asia/Tokyo", empty_embargo="ignore")
    raw_id = received(kna, ninjs(versioncreated="2026-11-23T18:00:00", embargoed=""))
    reading.read_delivery(raw_id, at=NOON)

    item = models.WireItem.objects.get()
    assert (item.usability, item.version_created_at.hour) == ("usable", 9)


def test_without_settings_the_rules_of_the_agency_apply(db):
    assert reading.rules_of(models.Provider(slug="kyodo", name="K")).time_zone == "Asia/Tokyo"
    assert reading.rules_of(models.Provider(slug="kna", name="K")).time_zone is None


def test_a_picture_file_becomes_a_picture_and_an_item(kna):
    raw_id = received(kna, jpeg(), "harbour.jpg")
    (item_id,) = reading.read_delivery(raw_id, at=NOON).item_ids

    item = models.WireItem.objects.get(pk=item_id)
    picture = Picture.objects.get()
    assert (item.kind, item.picture, item.usability) == ("picture", picture, "held")
    assert (picture.provider, picture.guid) == ("kna", item.family)
    assert picture.held_reason == item.reason != ""


def test_an_item_that_only_names_a_picture_file_is_no_picture_of_ours(kna):
    raw_id = received(
        kna,
        ninjs(
            type="picture",
            renditions={"main": {"href": "https://kna.example/1.jpg", "mimetype": "image/jpeg"}},
        ),
    )
    reading.read_delivery(raw_id, at=NOON)

    assert models.WireItem.objects.get().kind == "picture"
    assert Picture.objects.count() == 0


def test_a_picture_that_cannot_be_stored_is_quarantined(kna, monkeypatch):
    def refuse(*_, **__):
        raise reading.PictureRefused("harbour.jpg: it has too many pixels.")

    monkeypatch.setattr(reading.media, "import_picture", refuse)
    raw_id = received(kna, jpeg(), "harbour.jpg")

    assert reading.read_delivery(raw_id, at=NOON).reason == "harbour.jpg: it has too many pixels."


def test_a_kill_dropped_after_its_story_is_on_record_in_one_read(kna):
    reading.read_delivery(received(kna, g2(version=978556838, text="Text.")), at=NOON)
    cancel = g2(version=1542761538, status="canceled", headline="", made="2026-11-23T10:00:00Z")
    reading.read_delivery(received(kna, cancel, "cancel.xml"), at=NOON)

    killed = FactRecord.objects.get(name="wire.item_killed").payload
    assert killed["family"] == "urn:kna:1"
    assert models.WireItem.objects.get(version=978556838).body_text == "Text."


@pytest.mark.parametrize("kind", ["text", "kill"])
def test_a_crash_before_the_commit_leaves_nothing_half_done(kna, monkeypatch, kind):
    data = ninjs() if kind == "text" else ninjs(pubstatus="canceled")
    raw_id = received(kna, data)

    class PowerCut(BaseException):
        pass

    def cut(_fact):
        raise PowerCut

    monkeypatch.setattr("dateline.wire.services.storing.outbox.record", cut)
    with pytest.raises(PowerCut):
        reading.read_delivery(raw_id, at=NOON)
    monkeypatch.undo()

    assert row(raw_id).state == State.RECEIVED
    assert models.WireItem.objects.count() == FactRecord.objects.count() == 0
