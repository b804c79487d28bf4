"""Pictures in the desk: uploaded, marked, killed and reinstated by people who may."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dateline import clock
from dateline.accounts.models import User
from dateline.media import services
from dateline.media.models import Picture
from dateline.project.settings import CONFIG
from tests.media.moments import NOON

pytestmark = pytest.mark.django_db


def test_upload_reads_the_words_and_refuses_bad_files(desk, files, ferry_file):
    path = reverse("wagtailimages:add_multiple")

    good = desk.post(path, {"title": "DSC", "files[]": file(ferry_file)}).json()
    bad = desk.post(path, {"title": "DSC", "files[]": file(ferry_file[:2000])}).json()

    assert good["success"]
    assert Picture.objects.get().credit == "HP via KNS"
    assert "The ferry leaves." in good["form"]
    assert bad == {
        "success": False,
        "error_message": (
            "ferry.jpg is cut off: the file ends before the picture does. Ask for it again."
        ),
    }


def test_shows_rights_beside_the_form(desk, ferry):
    Picture.objects.filter(pk=ferry.pk).update(notes="The urgency 'X' is odd.")

    page = desk.get(reverse("wagtailimages:edit", args=[ferry.pk])).content.decode()

    assert "<strong>NO ARCHIVES</strong>: It may not be kept for later use." in page
    assert "The urgency &#x27;X&#x27; is odd." in page
    assert reverse("media_desk:kill", args=[ferry.pk]) in page
    assert ferry.file.url in page


def test_shows_a_quiet_panel_for_a_picture_with_nothing_against_it(desk, noise):
    page = desk.get(reverse("wagtailimages:edit", args=[noise.pk])).content.decode()

    assert "Kill this picture" in page
    assert "help-critical" not in page
    assert "help-warning" not in page


def test_kills_with_a_reason_and_reinstates(desk, ferry, noise):
    kill = reverse("media_desk:kill", args=[ferry.pk])
    reinstate = reverse("media_desk:reinstate", args=[ferry.pk])

    assert "at once" in desk.get(kill).content.decode()
    empty = desk.post(kill, {"reason": " "})
    assert (empty.status_code, Picture.objects.filter(killed_at=None).count()) == (422, 2)

    page = desk.post(kill, {"reason": "Wrong person."}, follow=True).content.decode()
    ferry.refresh_from_db()
    assert (ferry.killed_reason, ferry.killed_by) == ("Wrong person.", "ana@harbour.test")
    assert "is killed. No reader sees it any more." in page
    assert "Wrong person. Choose another picture." in page
    assert reinstate in page

    assert "show it again" in desk.get(reinstate).content.decode()
    page = desk.post(reinstate, {"reason": "Right person."}, follow=True).content.decode()
    ferry.refresh_from_db()
    assert ferry.killed_at is None
    assert "may be used again" in page


@pytest.mark.parametrize("layout", ["grid", "list"])
def test_marks_what_readers_may_not_see(desk, ferry, noise, layout):
    path = reverse("wagtailimages:index") + f"?layout={layout}"
    assert "w-status--primary" not in desk.get(path).content.decode()

    changes = (
        ("Killed", {"killed_at": NOON, "killed_reason": "x", "killed_by": "ana"}),
        ("Held", {"killed_at": None, "killed_reason": "", "killed_by": "", "held_reason": "x"}),
        ("Not usable", {"held_reason": "", "usable_until": NOON}),
    )
    for mark, change in changes:
        Picture.objects.filter(pk=ferry.pk).update(**change)
        page = desk.get(path).content.decode()
        assert page.count(f'<span class="w-status w-status--primary">{mark}</span>') == 1


def test_offers_no_killed_or_expired_picture_to_a_story(desk, ferry, noise, ferry_file):
    expired = services.import_picture(ferry_file + b"x", name="old.jpg", at=NOON)
    later = services.import_picture(ferry_file + b"y", name="later.jpg", at=NOON)
    Picture.objects.filter(pk=expired.pk).update(usable_until=NOON, title="Expired")
    until = clock.now() + timedelta(days=1)
    Picture.objects.filter(pk=later.pk).update(usable_until=until, title="Later")
    services.kill_picture(ferry.pk, reason="Wrong person.", by="ana", at=NOON)

    page = desk.get(reverse("wagtailimages_chooser:choose_results")).content.decode()

    assert "noise" in page
    assert "Later" in page
    assert "Ferry leaves" not in page
    assert "Expired" not in page


@pytest.mark.parametrize("screen", ["kill", "reinstate"])
def test_lets_only_those_who_may_change_pictures(ferry, desk, screen):
    writer = User.objects.create_user("ben@harbour.test", "pass")
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    other = client_of(writer)
    path = reverse(f"media_desk:{screen}", args=[ferry.pk])

    refused = other.post(path, {"reason": "Because."})

    ferry.refresh_from_db()
    assert refused.status_code in {302, 403}
    assert ferry.killed_at is None
    assert desk.get(reverse(f"media_desk:{screen}", args=[0])).status_code == 404


def file(data):
    return SimpleUploadedFile("ferry.jpg", data, "image/jpeg")


def client_of(user):
    client = Client(headers={"host": CONFIG.desk_host})
    client.force_login(user)
    return client


@pytest.fixture
def desk(files):
    return client_of(User.objects.create_superuser("ana@harbour.test", "pass"))
