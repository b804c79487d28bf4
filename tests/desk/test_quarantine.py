"""Quarantine on the desk: why, the bytes as they came, another try."""

import pytest

from dateline.wire import models
from dateline.wire.adapters import raw_store
from dateline.wire.services import intake, reading
from tests.factories.documents import ninjs
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(kna, places):
    """A delivery nobody could read."""
    raw_id = intake.receive(kna, b"<script>alert(1)</script>", file_name="day/greeting.html")
    reading.read_delivery(raw_id)
    return models.RawDelivery.objects.get(pk=raw_id)


def fixed(raw):
    """As after an upgrade that reads what could not be read: the same row, other bytes."""
    raw_id = intake.receive(raw.provider, ninjs(), file_name="a.json")
    models.RawDelivery.objects.filter(pk=raw_id).update(state="quarantined", reason="No reader.")
    return raw_id


def test_says_the_file_the_reason_and_whose_it_is(ana, refused):
    body = ana.get("/wire/quarantine/").content.decode()

    assert "day/greeting.html" in body
    assert "is no format the wire knows" in body
    assert "KNA" in body
    assert "Read again" in body


def test_may_show_one_provider_only(ana, refused):
    a_provider("efe", "EFE")

    assert b"greeting.html" in ana.get("/wire/quarantine/?provider=kna").content
    assert (
        b"Nothing is in quarantine from this provider"
        in ana.get("/wire/quarantine/?provider=efe").content
    )


def test_goes_on_with_older_ones(ana, kna):
    for number in range(51):
        models.RawDelivery.objects.create(
            provider=kna, file_name=f"{number}.xml", sha256=str(number), size=1,
            received_at="2026-11-23T10:00:00Z", state="quarantined", reason="Why.",
        )  # fmt: skip
    first = ana.get("/wire/quarantine/?provider=kna")
    older = first.context["page"].older

    assert f"provider=kna&amp;before={older}" in first.content.decode()
    rest = ana.get(f"/wire/quarantine/?before={older}").context["page"].rows
    assert [row.file_name for row in rest] == ["0.xml"]


def test_the_bytes_are_saved_never_shown(ana, refused):
    response = ana.get(f"/wire/raw/{refused.pk}/")

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="greeting.html.txt"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "safe"), [('a"\r\nX: 1.xml', "a___X__1.xml.txt"), ("..", "delivery.txt")]
)
def test_a_file_name_cannot_break_out_of_the_header(ana, refused, name, safe):
    models.RawDelivery.objects.filter(pk=refused.pk).update(file_name=name)
    response = ana.get(f"/wire/raw/{refused.pk}/")
    response.close()

    assert response.headers["Content-Disposition"] == f'attachment; filename="{safe}"'


def test_lost_bytes_are_said_to_be_lost(ana, refused):
    raw_store.path_of(refused.sha256, root=reading.raw_root()).unlink()
    response = ana.get(f"/wire/raw/{refused.pk}/", follow=True)

    assert b"from a backup" in response.content
    assert ana.get("/wire/raw/999/").status_code == 404


def test_reading_again_that_works_opens_the_item(ana, refused):
    response = ana.post(f"/wire/quarantine/{fixed(refused)}/retry/")

    assert response.url == f"/wire/{models.WireItem.objects.get().pk}/"


def test_reading_again_that_fails_says_why(ana, refused):
    response = ana.post(f"/wire/quarantine/{refused.pk}/retry/", follow=True)

    assert b"It still cannot be read. day/greeting.html: " in response.content


def test_reading_again_what_holds_nothing_new_says_how_many(ana, refused):
    raw_id = intake.receive(a_provider("efe", "EFE"), ninjs(), file_name="b.json")
    reading.read_delivery(raw_id)
    again = intake.receive(
        models.Provider.objects.get(slug="efe"), ninjs() + b" ", file_name="c.json"
    )
    models.RawDelivery.objects.filter(pk=again).update(state="quarantined", reason="No reader.")
    response = ana.post(f"/wire/quarantine/{again}/retry/", follow=True)

    assert b"It was read: 0 new items." in response.content


def test_what_somebody_else_has_read_meanwhile_is_no_error(ana, refused):
    models.RawDelivery.objects.filter(pk=refused.pk).update(state="read", reason="")
    response = ana.post(f"/wire/quarantine/{refused.pk}/retry/", follow=True)

    assert b"not in quarantine any more" in response.content


def test_a_get_retries_nothing(ana, refused):
    assert ana.get(f"/wire/quarantine/{refused.pk}/retry/").status_code == 405


def test_each_screen_needs_its_permission(desk, refused):
    client = desk("wire.view_wireitem")
    for address in ("/wire/quarantine/", f"/wire/raw/{refused.pk}/"):
        assert client.get(address).status_code in (302, 403)
    assert client.post(f"/wire/quarantine/{refused.pk}/retry/").status_code in (302, 403)


def test_who_may_look_may_not_retry(desk, refused):
    client = desk("wire.view_wireitem", "wire.view_rawdelivery")

    assert b"Read again" not in client.get("/wire/quarantine/").content
    assert client.post(f"/wire/quarantine/{refused.pk}/retry/").status_code in (302, 403)
    assert models.RawDelivery.objects.get(pk=refused.pk).attempts == 1
