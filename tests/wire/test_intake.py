"""From a file in a folder to bytes that are safe and read, whatever lies beside it."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from dateline.outbox.models import FactRecord
from dateline.wire import models
from dateline.wire.adapters import folder, raw_store
from dateline.wire.services import intake, reading
from tests.factories.documents import g2, ninjs
from tests.factories.wire import a_provider
from tests.wire.conftest import NOON

State = models.RawDelivery.State


def raw_bytes(row):
    return raw_store.read(row.sha256, root=reading.raw_root())


def test_a_dropped_file_becomes_an_item_and_leaves_the_folder(kna, drop, scan):
    path = drop(ninjs(), "ferry.json")
    result = scan()

    raw = models.RawDelivery.objects.get()
    item = models.WireItem.objects.get()
    assert (raw.file_name, raw.state, raw.transport) == ("ferry.json", State.READ, "folder")
    assert (raw.received_at, raw.read_at, raw.size) == (NOON, NOON, len(ninjs()))
    assert (item.raw, item.headline, item.format) == (raw, "Ferry returns to harbour", "ninjs")
    assert raw_bytes(raw) == ninjs()
    assert not path.exists()
    assert (result.received, [o.item_ids for o in result.outcomes]) == (1, [(item.pk,)])


def test_folders_of_active_providers_are_made(kna, places, scan):
    a_provider("efe", "EFE", active=False)
    scan()

    assert [p.name for p in places.iterdir()] == ["kna"]


def test_a_scan_that_finds_nothing_says_so(kna, scan, drop):
    assert not scan()

    drop(ninjs())
    assert scan()


def test_a_file_that_is_still_growing_is_counted_and_left(kna, drop, scan):
    path = drop(ninjs(), age_s=0)
    result = scan()

    assert (result.received, result.growing, path.exists()) == (0, 1, True)
    assert scan(NOON + folder.SETTLE).received == 1


def test_the_same_bytes_under_another_name_are_the_same_delivery(kna, drop, scan):
    drop(ninjs(), "a.json")
    scan()
    again = drop(ninjs(), "b.json")
    scan()

    assert models.RawDelivery.objects.count() == models.WireItem.objects.count() == 1
    assert not again.exists()


def test_the_same_bytes_from_two_providers_are_two_deliveries(kna, drop, scan):
    a_provider("efe", "EFE")
    drop(ninjs(), to="kna")
    drop(ninjs(), to="efe")
    scan()

    assert models.RawDelivery.objects.count() == 2


def test_files_are_read_in_the_order_they_were_written(kna, drop, scan):
    drop(g2(version=2, text="Two"), "a.xml", age_s=100)
    drop(g2(version=1, text="One"), "b.xml", age_s=200)
    scan()

    versions = models.WireItem.objects.order_by("pk").values_list("version", flat=True)
    assert list(versions) == [1, 2]


def test_a_flood_is_taken_in_parts(kna, drop, scan, monkeypatch):
    monkeypatch.setattr(intake, "AT_ONCE", 2)
    for number in range(3):
        drop(ninjs(f"urn:kna:{number}"), f"{number}.json")

    assert [scan().received, scan().received] == [2, 1]


def test_bytes_and_row_are_safe_before_the_file_leaves(kna, drop, scan, monkeypatch):
    path = drop(ninjs())
    seen = []

    def acknowledge(found):
        row = models.RawDelivery.objects.get()
        seen.append((row.state, raw_bytes(row) == found.path.read_bytes()))
        return True

    monkeypatch.setattr(folder, "acknowledge", acknowledge)
    scan()

    assert seen == [(State.RECEIVED, True)]
    assert path.exists()


def test_what_was_received_before_a_crash_is_read_by_the_next_scan(kna, scan):
    raw_id = intake.receive(kna, ninjs(), file_name="a.json", at=NOON)
    assert models.RawDelivery.objects.get().state == State.RECEIVED

    assert [o.raw_id for o in scan().outcomes] == [raw_id]
    assert models.WireItem.objects.count() == 1


def test_a_file_that_changes_while_it_is_read_stays_and_is_read_again(kna, drop, scan, monkeypatch):
    path = drop(ninjs(), "a.json")
    receive = intake.receive

    def slow(provider, data, **facts):
        raw_id = receive(provider, data, **facts)
        with path.open("ab") as more:
            more.write(b" ")
        return raw_id

    monkeypatch.setattr(intake, "receive", slow)
    first = scan()
    monkeypatch.setattr(intake, "receive", receive)

    assert path.exists()
    assert "changed while it was being read" in first.problems[0]
    scan(NOON + timedelta(days=400))
    assert not path.exists()
    assert models.RawDelivery.objects.count() == 2
    assert models.WireItem.objects.count() == 1


def test_a_file_being_written_is_a_problem_said_not_a_loss(kna, drop, scan):
    path = drop(ninjs(), "a.json")
    with path.open("ab"):
        result = scan()

    assert result.problems == [f"{path}: a.json is still being written."]
    assert path.exists()


def test_an_unreadable_file_is_reported_and_the_next_is_not_delayed(kna, drop, scan, monkeypatch):
    locked = drop(ninjs(), "a.json")
    drop(ninjs("urn:kna:2"), "b.json")
    real = os.open

    def refuse(path, *args, **kwargs):
        if Path(path) == locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(folder.os, "open", refuse)
    result = scan()

    assert result.problems == [
        f"{locked}: It cannot be taken: Permission denied. Check its permissions and the disk."
    ]
    assert [i.family for i in models.WireItem.objects.all()] == ["urn:kna:2"]
    assert locked.exists()


def test_a_full_disk_keeps_the_file_where_it_is(kna, drop, scan, monkeypatch):
    path = drop(ninjs())

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(raw_store, "keep", full)
    result = scan()

    assert "No space left on device" in result.problems[0]
    assert path.exists()
    assert models.RawDelivery.objects.count() == 0


def test_links_are_left_and_said(kna, drop, scan, places):
    target = drop(ninjs(), to="elsewhere")
    (places / "kna").mkdir()
    (places / "kna" / "a.json").symlink_to(target)
    result = scan()

    assert "It is a link." in result.problems[0]
    assert models.RawDelivery.objects.count() == 0


def test_a_folder_of_no_provider_is_left_and_said(kna, drop, scan, places):
    a_provider("efe", "EFE", active=False)
    path = drop(ninjs(), to="kan")
    drop(ninjs(), to="efe")
    (places / "stray.json").write_bytes(ninjs())
    (places / ".hidden").mkdir()
    result = scan()

    assert result.problems == [
        "efe: this provider is switched off, so its folder is not read.",
        "kan: there is no provider of that name, so its files are left. Add the provider.",
        "stray.json: it lies beside the providers' folders. Move it into one of them.",
    ]
    assert path.exists()


def test_there_is_no_problem_where_there_is_no_intake(places, db):
    assert intake.strange_folders({}) == []


def test_a_folder_that_cannot_be_made_is_said(kna, places, scan):
    places.write_text("a file where the intake should be")
    result = scan()

    assert "the folder cannot be made" in result.problems[0]


def test_the_same_problem_is_logged_once(kna, drop, scan, caplog, monkeypatch):
    drop(ninjs(), to="kan")
    said = []
    monkeypatch.setattr(intake.log, "warning", lambda _event, **facts: said.append(facts))
    intake._told.clear()
    scan()
    scan()

    assert len(said) == 1
    assert "kan:" in said[0]["problem"]


def test_a_file_too_large_to_read_is_kept_and_quarantined_unread(kna, scan, monkeypatch):
    monkeypatch.setattr(intake, "LARGEST", 1024 * 1024)
    raw_id = intake.receive(kna, b"x" * (2 * 1024 * 1024), file_name="big.xml", at=NOON)
    again = intake.receive(kna, b"x" * (2 * 1024 * 1024), file_name="big.xml", at=NOON)

    raw = models.RawDelivery.objects.get()
    assert (raw.pk, raw.pk) == (raw_id, again)
    assert (raw.state, raw.attempts) == (State.QUARANTINED, 0)
    assert raw.reason == (
        "big.xml: it has 2 MB; the largest that is read has 1 MB. The bytes are kept. "
        "Ask the agency for a smaller file."
    )
    assert len(raw_bytes(raw)) == 2 * 1024 * 1024
    assert [f.payload["raw_id"] for f in FactRecord.objects.all()] == [raw_id]
    assert scan().outcomes == []


def test_a_folder_is_ingested_by_name_and_its_files_stay(kna, tmp_path):
    (tmp_path / "day" / "sub").mkdir(parents=True)
    (tmp_path / "day" / "b.json").write_bytes(ninjs("urn:kna:b"))
    (tmp_path / "day" / "sub" / "a.json").write_bytes(ninjs("urn:kna:a"))
    done = list(intake.ingest_path(tmp_path / "day", kna, at=NOON))

    assert [(p.name, o.state) for p, o in done] == [("b.json", "read"), ("a.json", "read")]
    assert (tmp_path / "day" / "b.json").exists()
    raws = models.RawDelivery.objects.order_by("pk")
    assert [(r.file_name, r.transport) for r in raws] == [
        ("b.json", "command"),
        ("sub/a.json", "command"),
    ]


def test_a_single_file_is_ingested_once(kna, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(ninjs())

    assert [o.state for _, o in intake.ingest_path(path, kna, at=NOON)] == ["read"]
    assert [o for _, o in intake.ingest_path(path, kna)] == [None]


def test_bytes_are_taken_in_by_name_and_the_same_bytes_give_the_same_items(kna):
    ids = intake.take_in("kna", ninjs(), file_name="a.json", at=NOON)

    assert ids == [models.WireItem.objects.get().pk]
    assert intake.take_in("kna", ninjs(), file_name="b.json") == ids
    assert intake.take_in("kna", b"hello", file_name="c.txt") == []


def test_a_new_worker_picks_up_at_once_what_a_dead_one_left(kna, scan, drop):
    unfinished = reading.raw_root() / "unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "old").touch()
    os.utime(unfinished / "old", (1, 1))
    raw_id = intake.receive(kna, ninjs(), file_name="a.json", at=NOON)
    models.RawDelivery.objects.update(leased_until=NOON + timedelta(seconds=50), attempts=1)

    assert [o.raw_id for o in scan().outcomes] == [raw_id]
    assert list(unfinished.iterdir()) == []


def test_a_running_worker_leaves_the_leases_of_others(kna, scan):
    scan()
    intake.receive(kna, ninjs(), file_name="a.json", at=NOON)
    models.RawDelivery.objects.update(leased_until=NOON + timedelta(seconds=50), attempts=1)

    assert scan().outcomes == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_receive_and_read_everything_once(places, drop):
    """Two real scans in two threads over the same folder and database."""
    a_provider()
    for number in range(12):
        drop(ninjs(f"urn:kna:{number}"), f"{number}.json")

    def work(_):
        try:
            return intake.scan_intake(at=NOON, watch=folder.Watch())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        results = list(workers.map(work, range(2)))

    assert models.RawDelivery.objects.filter(state=State.READ).count() == 12
    assert models.WireItem.objects.count() == 12
    assert FactRecord.objects.filter(name="wire.item_stored").count() == 12
    read = [o.raw_id for result in results for o in result.outcomes]
    assert sorted(read) == sorted(set(read))
