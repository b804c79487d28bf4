"""Pictures come in once, go out at once when killed, and each leaves a fact."""

from datetime import timedelta

import pytest
from django.db import transaction

from dateline.media import services
from dateline.media.domain.metadata import PictureRefused
from dateline.media.domain.sizes import Size
from dateline.media.models import Picture, Rendition
from dateline.outbox.models import FactRecord
from tests.media import builders
from tests.media.moments import LATER, NOON

pytestmark = pytest.mark.django_db
CARD = Size("3:2", 320, "jpeg")


def test_keeps_what_the_file_says(ferry, files, ferry_file):
    ferry.refresh_from_db()

    assert (ferry.title, ferry.headline, ferry.caption) == (
        "Ferry leaves",
        "Ferry leaves",
        "The ferry leaves.",
    )
    assert (ferry.description, ferry.byline, ferry.credit) == (
        "A white ferry.",
        "Ana Ōta",
        "HP via KNS",
    )
    assert (ferry.place, ferry.guid, ferry.provider) == ("Kobe, Japan", "urn:example:ferry", "kns")
    assert (ferry.width, ferry.height, ferry.file_size) == (1500, 900, len(ferry_file))
    assert len(ferry.sha256) == 64
    assert len(ferry.file_hash) == 40
    assert [r.words for r in ferry.restrictions] == ["NO ARCHIVES"]
    assert (files / ferry.file.name).read_bytes() == ferry_file
    assert ferry.filename == "DSC_001.jpg"


def test_records_that_it_came_in(ferry):
    assert facts() == [
        (
            "picture.imported",
            {
                "picture_id": ferry.pk,
                "guid": "urn:example:ferry",
                "provider": "kns",
                "by": "",
                "at": NOON.isoformat(),
            },
        )
    ]


def test_takes_the_same_file_once(ferry, ferry_file, files):
    again = services.import_picture(ferry_file, name="other.jpg", at=LATER)

    assert again.pk == ferry.pk
    assert len(facts()) == 1
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_lets_the_sidecar_speak_before_the_file(files, ferry_file):
    picture = services.import_picture(
        ferry_file,
        name="a.jpg",
        overrides={"caption": "From the wire.", "credit": None, "guid": "", "usable_until": LATER},
        at=NOON,
    )

    assert picture.caption == "From the wire."
    assert picture.credit == "HP via KNS"
    assert picture.guid == "urn:example:ferry"
    assert picture.usable_until == LATER


def test_refuses_an_override_that_is_no_field(ferry_file):
    with pytest.raises(TypeError, match="no field killed_at to override"):
        services.import_picture(ferry_file, name="a.jpg", overrides={"killed_at": NOON})


def test_ends_the_right_after_the_days_the_agency_gives(files):
    data = builders.jpeg(iim=builders.iim((40, b"MAY BE USED ONLY FOR 14 DAYS")))

    picture = services.import_picture(data, name="a.jpg", at=NOON)

    assert picture.usable_until == NOON + timedelta(days=14)


@pytest.mark.parametrize(
    ("name", "title", "stored"),
    [("", "Picture", "picture.webp"), ("x/boat.png", "boat", "boat.webp")],
)
def test_names_a_picture_that_says_nothing_by_its_file(files, name, title, stored):
    picture = services.import_picture(builders.picture("WEBP"), name=name, at=NOON)

    assert (picture.title, picture.filename) == (title, stored)
    assert picture.usable_until is None


def test_cuts_a_long_line_at_a_word(files):
    packet = builders.xmp(attributes=f'photoshop:Headline="{"word " * 60}"')

    picture = services.import_picture(builders.jpeg(xmp=packet), name="a.jpg", at=NOON)

    assert picture.headline == "word " * 49 + "word…"
    assert len(picture.headline) <= 255


def test_notes_what_was_odd(files):
    data = builders.jpeg(xmp=builders.xmp(attributes='photoshop:Urgency="HIGH"'))

    picture = services.import_picture(data, name="a.jpg")

    assert picture.notes == "The urgency 'HIGH' is not a number from 1 to 9."


def test_stores_the_size_of_the_upright_picture(files):
    data = builders.jpeg(exif=builders.exif(main={274: 6}), size=(90, 60))

    picture = services.import_picture(data, name="a.jpg", at=NOON)
    picture.refresh_from_db()

    assert (picture.width, picture.height) == (60, 90)
    copy = services.copy_of(picture, Size("full", 320, "webp"))
    assert (copy.width, copy.height) == (60, 90)


@pytest.mark.parametrize("why", ["is not a JPEG or WebP picture", "cannot be decoded"])
def test_refuses_a_bad_picture_and_keeps_nothing(files, why, undecodable):
    data = undecodable if "decoded" in why else b"GIF89a"

    with pytest.raises(PictureRefused, match=rf"^a\.jpg {why}"):
        services.import_picture(data, name="a.jpg")

    assert not Picture.objects.exists()
    assert not files.exists()


def test_leaves_no_file_when_the_fact_cannot_be_recorded(files, ferry_file, monkeypatch):
    monkeypatch.setattr(services.outbox, "record", interrupt)

    with pytest.raises(KeyboardInterrupt):
        services.import_picture(ferry_file, name="a.jpg", at=NOON)

    assert not Picture.objects.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_kills_at_once_and_takes_the_copies_off_the_disk(ferry, noise, media_root, commit):
    services.copy_of(ferry, CARD)
    services.copy_of(noise, CARD)

    with commit():
        assert services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=LATER)

    ferry.refresh_from_db()
    noise.refresh_from_db()
    assert (ferry.killed_at, ferry.killed_reason, ferry.killed_by) == (
        LATER,
        "Wrong person.",
        "ana",
    )
    assert noise.killed_at is None
    assert [copy.image_id for copy in Rendition.objects.all()] == [noise.pk]
    assert [path.name[:6] for path in media_root.rglob("*.jpg")] == ["noise."]
    assert str(ferry) == f"KILLED: Ferry leaves (#{ferry.pk})"
    assert facts()[-1] == (
        "picture.killed",
        {
            "picture_id": ferry.pk,
            "guid": "urn:example:ferry",
            "reason": "Wrong person.",
            "by": "ana",
            "at": LATER.isoformat(),
        },
    )


def test_kills_once_and_keeps_the_first_reason(ferry):
    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=NOON)

    assert not services.kill_picture(ferry.pk, reason="Again.", by="ben", at=LATER)

    ferry.refresh_from_db()
    assert ferry.killed_reason == "Wrong person."
    assert len(facts()) == 2


@pytest.mark.parametrize(("reason", "by"), [(" ", "ana"), ("Wrong.", "")])
def test_kills_nothing_without_a_reason_and_a_name(ferry, reason, by):
    with pytest.raises(ValueError, match=f"Picture {ferry.pk} was not killed: say why"):
        services.kill_picture(ferry.pk, reason=reason, by=by)


def test_does_not_kill_what_it_cannot_record(ferry, monkeypatch):
    monkeypatch.setattr(services.outbox, "record", interrupt)

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        services.kill_picture(ferry.pk, reason="Wrong person.", by="ana")

    ferry.refresh_from_db()
    assert ferry.killed_at is None


def test_kills_every_version_of_an_agencys_picture(ferry, noise, ferry_file):
    other = services.import_picture(ferry_file + b"tail", name="v2.jpg", at=LATER)
    foreign = services.import_picture(ferry_file + b"afn", name="f.jpg", provider="afn", at=LATER)
    recall = {"provider": "kns", "reason": "Recalled.", "by": "kns", "at": LATER}

    assert foreign.guid == ferry.guid == other.guid
    assert services.kill_family("urn:example:ferry", **recall) == 2
    assert services.kill_family("urn:example:ferry", **recall) == 0
    assert services.kill_family("", **recall) == 0

    killed = Picture.objects.filter(killed_at=LATER)
    assert {picture.pk for picture in killed} == {ferry.pk, other.pk}


def test_holds_a_new_version_of_a_killed_picture(ferry, ferry_file):
    services.kill_picture(ferry.pk, reason="Recalled.", by="kns", at=NOON)

    late = services.import_picture(ferry_file + b"tail", name="v2.jpg", at=LATER)

    assert late.held_reason == "An earlier version of this picture was killed."


def test_reinstates_a_killed_picture(ferry):
    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=NOON)

    assert services.reinstate_picture(ferry.pk, by="ben", reason="Right after all.", at=LATER)
    assert not services.reinstate_picture(ferry.pk, by="ben")

    ferry.refresh_from_db()
    assert (ferry.killed_at, ferry.killed_reason, ferry.killed_by) == (None, "", "")
    name, payload = facts()[-1]
    assert name == "picture.reinstated"
    assert (payload["by"], payload["reason"], payload["at"]) == (
        "ben",
        "Right after all.",
        LATER.isoformat(),
    )


def test_releases_a_held_picture(files):
    picture = services.import_picture(
        builders.picture(), name="a.jpg", overrides={"held_reason": "Under embargo."}, at=NOON
    )

    assert services.release_picture(picture.pk, by="ana", at=LATER)
    assert not services.release_picture(picture.pk, by="ana", at=LATER)

    picture.refresh_from_db()
    assert picture.held_reason == ""
    assert [name for name, _ in facts()] == ["picture.imported", "picture.changed"]


def test_drops_copies_that_tell_old_words(ferry, media_root, commit):
    services.copy_of(ferry, CARD)

    with commit(), transaction.atomic():
        services.note_change(ferry, by="ana", at=LATER)

    assert not Rendition.objects.exists()
    assert not list(media_root.rglob("*.jpg"))
    assert facts()[-1] == (
        "picture.changed",
        {"picture_id": ferry.pk, "by": "ana", "at": LATER.isoformat()},
    )


def test_makes_a_copy_once_and_again_when_its_file_is_lost(ferry):
    copy = services.copy_of(ferry, CARD)
    assert services.copy_of(ferry, CARD).pk == copy.pk

    copy.file.storage.delete(copy.file.name)
    new = services.copy_of(ferry, CARD)

    assert new.file.storage.exists(new.file.name)
    assert Rendition.objects.count() == 1


def interrupt(*_):
    raise KeyboardInterrupt


def facts():
    return [(fact.name, fact.payload) for fact in FactRecord.objects.order_by("pk")]


@pytest.fixture
def undecodable():
    """A picture whose head is whole and whose Huffman tables are not."""
    data = bytearray(builders.picture())
    table = data.index(b"\xff\xc4") + 5
    data[table : table + 16] = b"\xff" * 16
    return bytes(data)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_terms_are_only_ever_made_stricter(ferry):
    assert services.tighten_terms(ferry.pk, by="kns") is False
    before = FactRecord.objects.count()

    first = {"embargo_until": LATER, "usable_until": LATER, "usage_terms": "NO SALES"}
    assert services.tighten_terms(ferry.pk, **first, held_reason="Checked.", by="kns")
    looser = {"embargo_until": NOON, "usable_until": LATER + timedelta(days=1)}
    assert not services.tighten_terms(ferry.pk, **looser, usage_terms="NO SALES", by="kns")

    ferry.refresh_from_db()
    assert (ferry.embargo_until, ferry.usable_until) == (LATER, LATER)
    assert (ferry.usage_terms, ferry.held_reason) == ("NO SALES", "Checked.")
    assert FactRecord.objects.count() == before + 1
    assert FactRecord.objects.latest("pk").name == "picture.changed"
