"""Picture files over HTTP: the gate stands before every one of them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import resolve

from dateline.accounts.models import User
from dateline.media import queries, services
from dateline.media.models import Picture, Rendition
from dateline.project.settings import CONFIG
from tests.media import builders
from tests.media.moments import LATER, NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("form", "kind"), [
    ("jpeg", "image/jpeg"), ("webp", "image/webp"), ("avif", "image/avif"),
])  # fmt: skip
def test_serves_a_copy_made_on_first_request(ferry, reader, form, kind):
    path = queries.rendition_path(ferry, "3:2", 320, form)

    first, second = reader.get(path), reader.get(path)

    assert (first.status_code, first["Content-Type"]) == (200, kind)
    assert first["Cache-Control"] == "no-cache, private"  # it is in no story
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Accept-Ranges"] == "bytes"
    assert builders.opened(first.content).size == (320, 213)
    assert b"HP via KNS" in first.content
    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert Rendition.objects.count() == 1
    assert not first.cookies


def test_costs_two_queries_and_the_gate_once_the_copy_is_made(
    ferry, reader, card, django_assert_num_queries, in_a_public_story
):
    reader.get(card)

    with django_assert_num_queries(2):
        reader.get(card)


def test_answers_304_to_a_reader_who_has_it(ferry, reader, card):
    tag = reader.get(card)["ETag"]

    again = reader.get(card, headers={"if-none-match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert reader.get(card, headers={"if-none-match": '"other"'}).status_code == 200


def test_serves_a_range_and_only_of_the_same_file(ferry, reader, card):
    whole = reader.get(card)

    part = reader.get(card, headers={"range": "bytes=2-5"})
    same = reader.get(card, headers={"range": "bytes=2-5", "if-range": whole["ETag"]})
    other = reader.get(card, headers={"range": "bytes=2-5", "if-range": '"other"'})
    beyond = reader.get(card, headers={"range": "bytes=99999999-"})

    assert (part.status_code, part.content) == (206, whole.content[2:6])
    assert part["Content-Range"] == f"bytes 2-5/{len(whole.content)}"
    assert same.status_code == 206
    assert (other.status_code, other.content) == (200, whole.content)
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(whole.content)}")


def test_shows_nothing_of_a_story_that_readers_may_not_see(ferry, reader, editor, card, settings):
    settings.DATELINE_PICTURE_GATE = f"{__name__}.closed"
    thumbnail = ferry.get_rendition("max-165x165").url

    for path in (card, thumbnail, re.sub(r"/[0-9a-f]{10}/", "/guess/", card)):
        assert reader.get(path).status_code == 404
        assert editor.get(path, follow=True).status_code == 200


def test_a_picture_in_no_story_is_not_found_by_guessing(ferry, reader, card):
    guessed = re.sub(r"/[0-9a-f]{10}/", "/guess/", card)

    assert reader.get(guessed).status_code == 404
    assert reader.get(ferry.get_rendition("max-165x165").url).status_code == 404
    assert reader.get(card).status_code == 200


def test_sends_an_old_address_to_the_present_one(ferry, reader, card, in_a_public_story):
    Picture.objects.filter(pk=ferry.pk).update(credit="HP via KNS/AFN")

    moved = reader.get(card)

    ferry.refresh_from_db()
    assert moved.status_code == 302
    assert moved["Location"] == queries.rendition_path(ferry, "3:2", 320, "jpeg") != card
    assert moved["Cache-Control"] == "no-store"
    assert reader.get(moved["Location"]).status_code == 200


def test_withdraws_a_killed_picture_at_once(ferry, noise, reader, card):
    tag = reader.get(card)["ETag"]
    other = queries.rendition_path(noise, "3:2", 320, "jpeg")
    desk_path = ferry.get_rendition("width-320").url

    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=LATER)

    for path in (card, desk_path):
        gone = reader.get(path, headers={"if-none-match": tag})
        assert gone.status_code == 410 if path == card else 404
        assert gone["Cache-Control"] == "no-store"
        assert b"JFIF" not in gone.content
    assert reader.get(card).content.decode() == (
        "This picture has been withdrawn and may not be shown.\n"
    )
    assert reader.get(other).status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"usable_until": NOON}, 410),
        ({"held_reason": "Embargo."}, 404),
        ({"embargo_until": NOON.replace(year=2999)}, 404),
        ({"embargo_until": NOON, "usable_until": NOON}, 410),
    ],
    ids=["expired", "held", "embargoed", "embargo and licence over"],
)
def test_serves_nothing_that_may_not_be_shown(ferry, reader, editor, card, change, status):
    desk_path = ferry.get_rendition("width-320").url
    Picture.objects.filter(pk=ferry.pk).update(**change)

    assert reader.get(card).status_code == status
    assert reader.get(desk_path).status_code == status
    assert editor.get(card).status_code == status
    assert editor.get(desk_path).status_code == 200


@pytest.mark.parametrize("name", ["3x2-321.jpg", "3x2-320.png", "x"])
def test_makes_no_size_that_is_not_on_offer(ferry, reader, card, name):
    path = card.rsplit("/", 1)[0] + "/" + name

    assert reader.get(path).status_code == 404
    assert Rendition.objects.count() == 0


def test_knows_no_picture_that_is_not_there(reader, files, db):
    assert reader.get("/media/pictures/1/x/3x2-320.jpg").status_code == 404
    assert reader.get("/media/images/x.jpg").status_code == 404
    assert reader.get("/media/originals/x.jpg").status_code == 404
    assert reader.post("/media/images/x.jpg").status_code == 405


def test_says_so_when_the_original_is_lost(ferry, reader, card):
    ferry.file.storage.delete(ferry.file.name)

    assert reader.get(card).status_code == 404


def test_serves_no_copy_of_a_picture_killed_while_it_was_made(
    ferry, reader, card, media_root, monkeypatch
):
    make = Picture.generate_rendition_file

    def kill_meanwhile(picture, *args, **kwargs):
        services.kill_picture(picture.pk, reason="Wrong person.", by="ana", at=NOON)
        return make(picture, *args, **kwargs)

    monkeypatch.setattr(Picture, "generate_rendition_file", kill_meanwhile)

    assert reader.get(card).status_code == 410
    assert not Rendition.objects.exists()
    assert not list(media_root.rglob("*.jpg"))


def test_serves_the_copies_wagtail_makes(ferry, reader, in_a_public_story):
    copy = ferry.get_rendition("max-165x165")

    found = reader.get(copy.url)

    assert (found.status_code, found["Cache-Control"]) == (200, "public, no-cache")
    copy.file.storage.delete(copy.file.name)
    assert reader.get(copy.url).status_code == 404


def test_shows_a_killed_picture_to_the_desk_alone(ferry, reader, editor):
    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=NOON)
    thumbnail = ferry.get_rendition("max-165x165").url

    assert reader.get(thumbnail).status_code == 410
    found = editor.get(thumbnail)
    assert (found.status_code, found["Cache-Control"]) == (200, "private, no-store")


def test_shows_full_size_copies_to_the_desk_alone(ferry, reader, editor):
    path = ferry.get_rendition("original").url

    assert reader.get(path).status_code == 410
    assert editor.get(path).status_code == 200


def test_gives_originals_to_the_desk_alone_and_killed_ones_to_nobody(
    ferry, ferry_file, reader, editor
):
    assert reader.get(ferry.file.url).status_code == 404

    found = editor.get(ferry.file.url)
    assert (found.status_code, found.content) == (200, ferry_file)
    assert found["Content-Disposition"] == 'attachment; filename="DSC_001.jpg"'
    assert found["Cache-Control"] == "private, no-store"

    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=NOON)
    assert editor.get(ferry.file.url).status_code == 410


def test_answers_on_readers_hosts_too():
    found = resolve("/media/pictures/4/abc/3x2-320.jpg", "dateline.project.reader_urls")

    assert found.url_name == "media_reader_copy"
    assert found.kwargs == {"picture_id": 4, "token": "abc", "name": "3x2-320.jpg"}


def closed(_picture_id, *, at):
    """The stories' gate, for a picture whose story is under embargo."""
    return at is None


def opened(_picture_id, *, at):
    """The stories' gate, for a picture of a public story."""
    return at is not None


@pytest.fixture
def in_a_public_story(settings):
    settings.DATELINE_PICTURE_GATE = f"{__name__}.opened"


@pytest.fixture
def reader():
    return Client(headers={"host": CONFIG.desk_host})


@pytest.fixture
def editor(reader):
    user = User.objects.create_user("ana@harbour.test", "pass")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(headers={"host": CONFIG.desk_host})
    client.force_login(user)
    return client


@pytest.fixture
def card(ferry):
    return queries.rendition_path(ferry, "3:2", 320, "jpeg")
