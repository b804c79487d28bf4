"""dateline wire reread: what today's readers make of what came before, and nothing is changed."""

import json
from argparse import ArgumentTypeError
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.adapters.reader import Unreadable
from dateline.wire.management.commands.wire import _day
from dateline.wire.services import intake, reading, rereading
from tests.factories.documents import g2, ninjs
from tests.factories.wire import a_provider
from tests.wire.conftest import NOON

DAY = timedelta(days=1)


def took(provider, data, name, *, at=NOON):
    raw_id = intake.receive(provider, data, file_name=name, at=at)
    reading.read_delivery(raw_id, at=at)
    return models.RawDelivery.objects.get(pk=raw_id)


def again(**fields):
    return list(rereading.reread(since=NOON - DAY, until=NOON + DAY, **fields))


def everything():
    return [list(m.objects.order_by("pk").values()) for m in (models.RawDelivery, models.WireItem)]


def test_what_is_read_as_before_is_the_same(kna):
    took(kna, ninjs(), "a.json")
    took(kna, g2(text="The ferry."), "b.xml")
    before = everything()

    assert [one.verdict for one in again()] == ["same", "same"]
    assert everything() == before


def test_what_is_read_otherwise_is_told_column_by_column(kna):
    took(kna, ninjs(), "a.json")
    models.WireItem.objects.update(headline="Fery returns", urgency=None)
    before = everything()

    [one] = again()
    [change] = one.changes
    assert (one.verdict, change.kind, change.family, change.version) == (
        "changed", "changed", "urn:kna:1", 1,
    )  # fmt: skip
    assert change.fields == {
        "headline": ("Fery returns", "Ferry returns to harbour"), "urgency": (None, 4),
    }  # fmt: skip
    assert everything() == before


def test_items_that_are_found_or_found_no_more_are_told(kna):
    raw = took(kna, ninjs(), "a.json")
    models.WireItem.objects.filter(raw=raw).update(family="urn:kna:other")

    kinds = {change.family: change.kind for change in again()[0].changes}
    assert kinds == {"urn:kna:1": "new", "urn:kna:other": "gone"}


def test_what_lay_in_quarantine_and_can_be_read_now_is_told(kna):
    raw = took(kna, ninjs(), "a.json")
    models.WireItem.objects.all().delete()
    models.RawDelivery.objects.filter(pk=raw.pk).update(state="quarantined", reason="Why not.")
    took(kna, b"hello", "b.txt")

    assert [(one.file_name, one.verdict) for one in again()] == [
        ("a.json", "readable"), ("b.txt", "same"),
    ]  # fmt: skip


def test_what_can_be_read_no_more_is_told_with_the_reason(kna, monkeypatch):
    took(kna, ninjs(), "a.json")

    def refuse(raw, **_):
        raise Unreadable("a.json: it is worse than we thought.")

    monkeypatch.setattr(rereading, "items_of", refuse)
    [one] = again()
    assert (one.verdict, one.refusal) == ("unreadable", "a.json: it is worse than we thought.")


def test_bytes_that_are_gone_are_told(kna):
    raw = took(kna, ninjs(), "a.json")
    raw_store.path_of(raw.sha256, root=reading.raw_root()).unlink()

    assert "Restore" in again()[0].refusal


def test_a_resend_is_compared_with_what_came_first(kna):
    took(kna, ninjs(), "a.json")
    took(kna, ninjs() + b"\n", "b.json")

    assert [one.verdict for one in again()] == ["same", "same"]


def test_what_a_kill_made_of_an_item_is_no_difference(kna):
    took(kna, g2(version=2, status="canceled", made="2026-11-23T10:00:00Z"), "kill.xml")
    took(kna, g2(version=1, text="The ferry."), "late.xml")

    assert models.WireItem.objects.get(version=1).usability == "killed"
    assert [one.verdict for one in again()] == ["same", "same"]


def test_only_the_days_and_the_provider_that_are_asked_for(kna):
    took(kna, ninjs(), "old.json", at=NOON - 3 * DAY)
    took(kna, ninjs("urn:kna:2"), "new.json", at=NOON + DAY)
    took(a_provider("efe", "EFE"), ninjs(), "efe.json")
    intake.receive(kna, ninjs("urn:kna:3"), file_name="waits.json", at=NOON)

    assert [one.file_name for one in again()] == ["efe.json"]
    assert again(provider="kna") == []


def test_the_command_prints_what_would_be_different(kna, capsys):
    took(kna, ninjs(headline="H" * 200), "a.json")
    took(kna, ninjs("urn:kna:2"), "b.json")
    models.WireItem.objects.filter(family="urn:kna:1").update(headline="Old")

    call_command("wire", "reread", "--from", "2026-11-22", "--to", "2026-11-23")

    raw = models.RawDelivery.objects.get(file_name="a.json")
    assert capsys.readouterr().out.splitlines() == [
        f"kna/a.json ({raw.pk}): changed",
        "  urn:kna:1 v1: changed",
        f"    headline: 'Old' → '{'H' * 99}…",
        "2 deliveries: 1 same, 1 changed, 0 readable, 0 unreadable. Nothing was changed.",
    ]


def test_the_command_prints_an_object_a_line(kna, capsys):
    took(kna, ninjs(), "a.json")
    models.WireItem.objects.update(created_at=NOON)

    call_command("wire", "reread", "--from", "2026-11-23", "--provider", "kna", "--json")

    [line] = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["verdict"], told["file_name"]) == ("changed", "a.json")
    assert told["changes"][0]["fields"]["created_at"] == ["2026-11-23 12:00:00+00:00", None]


@pytest.mark.parametrize("words", [["--from", "yesterday"], []])
def test_a_day_that_is_none_is_refused(db, words):
    with pytest.raises((CommandError, SystemExit)):
        call_command("wire", "reread", *words)


def test_a_day_says_how_it_is_written():
    with pytest.raises(ArgumentTypeError, match="Write it as 2026-11-30"):
        _day("30.11.")
