"""Real agency files through the real intake: none delays another, no byte is lost, none slips out.

The parsers' own answers on these files are tested in tests/wire/domain/test_samples.py.
"""

import os
import shutil

import pytest

from dateline.media.models import Picture
from dateline.outbox.models import FactRecord
from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.queries import items
from dateline.wire.services import intake, reading
from tests.factories.documents import ninjs
from tests.wire.conftest import NOON

FOLDERS = ("newsml-g2", "ninjs", "photo", "badinput/xmlbombs", "badinput/svg", "newsml-1.2")
CANCEL = "tag_reuters.com_2016_newsml_L1N14N0FF_version_1542761538"
ORIGINAL = "tag_reuters.com_2016_newsml_L1N14N0FF_version_978556838"

pytestmark = [pytest.mark.samples, pytest.mark.django_db]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_of_a_folder_is_read_held_or_refused(kna, samples, place, scan, folder):
    files = sorted(p for p in (samples / folder).iterdir() if p.is_file())
    for file in files:
        place(file)
    place_last = ninjs("urn:kna:last")
    (place.inbox / "zzz-last.json").write_bytes(place_last)
    os.utime(place.inbox / "zzz-last.json", (1, 1))
    result = scan()

    assert result.problems == []
    assert list(place.inbox.iterdir()) == []
    assert models.WireItem.objects.filter(family="urn:kna:last").exists()
    rows = models.RawDelivery.objects.all()
    assert {row.state for row in rows} <= {"read", "quarantined"}
    kept = {raw_store.read(row.sha256, root=reading.raw_root()) for row in rows}
    assert kept == {file.read_bytes() for file in files} | {place_last}
    for row in rows:
        assert (row.state == "quarantined") == bool(row.reason)
        assert row.reason == "" or not row.items.exists()


def test_only_usable_items_are_told_as_usable(kna, samples, place, scan):
    for folder in ("newsml-g2", "ninjs", "photo"):
        for file in (samples / folder).iterdir():
            place(file)
    scan()

    told = FactRecord.objects.filter(name="wire.item_stored")
    told_ids = {fact.payload["item_id"] for fact in told}
    usable = models.WireItem.objects.filter(usability="usable")
    assert told_ids <= set(usable.values_list("pk", flat=True))
    assert models.WireItem.objects.exclude(usability="usable").filter(reason="").count() == 0
    embargoed = models.WireItem.objects.exclude(usability="usable").exclude(embargo_until=None)
    assert not told_ids & set(embargoed.values_list("pk", flat=True))


@pytest.mark.parametrize("order", [(ORIGINAL, CANCEL), (CANCEL, ORIGINAL)])
def test_the_reuters_cancel_kills_its_story_whichever_comes_first(kna, samples, place, scan, order):
    for name in order:
        place(samples / "newsml-g2" / name)
        scan()

    (family,) = models.WireItem.objects.values_list("family", flat=True).distinct()
    assert items.is_family_killed(kna.pk, family)
    assert items.newest_usable(kna.pk, family) is None
    assert FactRecord.objects.filter(name="wire.item_killed").count() == 1
    original = models.WireItem.objects.get(family=family, version=978556838)
    assert len(original.body_text) > 500
    assert original.usability == ("usable" if order[0] == ORIGINAL else "killed")


def test_photos_become_pictures_with_their_credit_and_their_limits(kna, samples, place, scan):
    for file in (samples / "photo").iterdir():
        place(file)
    scan()

    read = models.WireItem.objects.filter(format="jpeg")
    assert read.count() == models.RawDelivery.objects.filter(state="read").count()
    assert {item.picture_id for item in read} == set(Picture.objects.values_list("pk", flat=True))
    for item in read.exclude(usability="usable"):
        assert item.picture.held_reason == item.reason


@pytest.fixture
def place(kna, places):
    inbox = places / kna.slug
    inbox.mkdir(parents=True)

    def put(file):
        shutil.copyfile(file, inbox / file.name)
        os.utime(inbox / file.name, (NOON.timestamp() - 3600,) * 2)

    put.inbox = inbox
    return put


def test_a_second_delivery_of_everything_changes_nothing(kna, samples, place, scan):
    for _ in range(2):
        for folder in ("newsml-g2", "ninjs"):
            for file in (samples / folder).iterdir():
                place(file)
        scan()
        counts = (models.RawDelivery.objects.count(), models.WireItem.objects.count())
    again = intake.scan_intake(at=NOON)

    assert not again
    assert counts == (models.RawDelivery.objects.count(), models.WireItem.objects.count())
    assert FactRecord.objects.filter(name="wire.item_stored").count() <= counts[1]
