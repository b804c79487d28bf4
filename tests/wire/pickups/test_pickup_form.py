"""Pick-ups in the desk: a form that says what each kind of place needs, and shows no secret."""

import pytest

from dateline.wire import models
from dateline.wire.services import pickups
from tests.desk.conftest import client_for
from tests.factories.newsroom import an_editor
from tests.factories.wire import a_provider
from tests.wire.conftest import NOON

pytestmark = pytest.mark.django_db
ADD = "/snippets/wire/pickup/add/"
FORM = {
    "kind": "feed", "address": "https://kna.example/news.rss", "user": "", "every_s": "60",
    "active": "on", "secret": "", "host_key": "", "endpoint": "", "region": "", "senders": "",
    "checked_by": "", "next": "data.next_page", "items": "data.items", "header": "",
}  # fmt: skip
IMAP = {
    "kind": "imap", "address": "imaps://mail.example/INBOX", "user": "news", "secret": "s3cret",
    "senders": "desk@kna.example\r\n\r\n @wire.example ", "checked_by": "mx.paper.example",
}  # fmt: skip


def add(ana, **fields):
    return ana.post(ADD, {**FORM, "provider": a_provider().pk, **fields})


def test_a_feed_is_added_and_is_due_at_once(ana):
    assert add(ana).status_code == 302

    row = models.Pickup.objects.get()
    assert (row.kind, row.options, row.sealed, row.every_s) == ("feed", {}, "", 60)


def test_only_what_the_kind_of_place_knows_is_kept(ana):
    add(ana, **IMAP)

    row = models.Pickup.objects.get()
    assert row.options == {
        "senders": ["desk@kna.example", "@wire.example"], "checked_by": "mx.paper.example",
    }  # fmt: skip
    assert pickups.place_of(row).secret == "s3cret"
    assert "s3cret" not in row.sealed


def test_what_a_kind_of_place_needs_is_asked_for_beside_its_field(ana):
    body = add(ana, kind="sftp", address="sftp://kna.example/out", secret="typed").content.decode()

    assert body.count("This kind of place needs it.") == 2  # the name and the server's key
    assert "typed" in body
    assert not models.Pickup.objects.exists()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"address": "kna.example"}, "does not begin with https://"),
        ({"every_s": "2"}, "2 seconds is too often"),
        ({"kind": "pigeon"}, "Select a valid choice"),
        ({"address": ""}, "This field is required"),
        ({**IMAP, "checked_by": ""}, "This kind of place needs it."),
    ],
)
def test_a_refusal_is_a_sentence(ana, fields, problem):
    assert problem in add(ana, **fields).content.decode()
    assert not models.Pickup.objects.exists()


def test_the_secret_is_never_shown_and_stays_until_another_is_written(ana):
    add(ana, **IMAP)
    row = models.Pickup.objects.get()
    edit = f"/snippets/wire/pickup/edit/{row.pk}/"
    shown = ana.get(edit).content.decode()
    same = {**FORM, **IMAP, "provider": row.provider_id, "secret": ""}

    assert "s3cret" not in shown
    assert "desk@kna.example\n@wire.example" in shown
    ana.post(edit, {**same, "every_s": "300"})
    row.refresh_from_db()
    assert (row.every_s, pickups.place_of(row).secret) == (300, "s3cret")
    ana.post(edit, {**same, "secret": "newer"})
    row.refresh_from_db()
    assert pickups.place_of(row).secret == "newer"
    ana.post(edit, {**same, "forget_secret": "on"})
    row.refresh_from_db()
    assert row.sealed == ""


def test_the_secret_is_asked_for_anew_where_it_would_go_elsewhere(ana):
    add(ana, **IMAP)
    row = models.Pickup.objects.get()
    edit = f"/snippets/wire/pickup/edit/{row.pk}/"
    mine = {**FORM, **IMAP, "provider": row.provider_id, "address": "imaps://mine.example/INBOX"}

    refused = ana.post(edit, {**mine, "secret": " "}).content.decode()

    assert "The stored secret was written for another server" in refused
    row.refresh_from_db()
    assert row.address == IMAP["address"]
    assert ana.post(edit, {**mine, "secret": "", "forget_secret": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.address, row.sealed) == (mine["address"], "")


def test_line_ends_that_were_pasted_with_a_secret_are_left_out(ana):
    assert "one line" in add(ana, **{**IMAP, "secret": "s3\r\ncret"}).content.decode()
    assert not models.Pickup.objects.exists()
    ana.post(
        ADD,
        {**FORM, **IMAP, "provider": models.Provider.objects.get().pk, "secret": "\r\ns3cret\r\n"},
    )

    assert pickups.place_of(models.Pickup.objects.get()).secret == "s3cret"


def test_pickups_are_listed_with_their_trouble_there_and_above_the_wire(ana):
    add(ana)
    models.Pickup.objects.update(problem="It answered 503.", visited_at=NOON)

    for path in ("/snippets/wire/pickup/", "/wire/"):
        body = ana.get(path).content.decode()
        assert "It answered 503." in body
        assert "https://kna.example/news.rss" in body
    assert "Its last good visit was" in body
    models.Pickup.objects.update(visited_at=None, active=False)
    assert "It answered 503." not in ana.get("/wire/").content.decode()


def test_a_place_is_called_by_its_address(ana):
    add(ana)

    assert str(models.Pickup.objects.get()).endswith(" https://kna.example/news.rss")


@pytest.fixture
def ana(db):
    return client_for(an_editor())
