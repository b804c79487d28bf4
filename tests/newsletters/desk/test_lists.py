"""The desk's screens for lists: make, change, close, look somebody up, take them off; whose is whose."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from dateline.newsletters import models
from dateline.newsletters.queries import people
from dateline.newsletters.services import importing
from dateline.outbox.models import FactRecord
from tests.factories.newsletters import a_list, a_subscriber
from tests.factories.newsroom import a_masthead
from tests.factories.people import an_editor_of_the_desk
from tests.newsletters.desk.browsing import at_the_desk

FORM = {
    "masthead": "musashi", "kind": "editions", "slug": "evening", "name": "Musashi Evening",
    "about": "What the day was.", "rhythm": "Weekdays at 18", "language": "en",
    "time_zone": "Asia/Tokyo", "sender_name": "The Musashi Daily",
    "sender_address": "letters@musashi.example", "order": "2", "is_open": "on",
}  # fmt: skip
STATED = "At our reader fair in Minasato, to the words “Send me your letter”."


@pytest.fixture
def kinako(masthead):
    return a_masthead("kinako")


@pytest.fixture
def boss(masthead):
    return an_editor_of_the_desk()


@pytest.fixture
def kei(masthead):
    """Looks after the lists of `musashi`."""
    person = an_editor_of_the_desk("kei@example.test")
    type(person).objects.filter(pk=person.pk).update(is_superuser=False)
    models.ListEditor.objects.create(user=person, masthead=masthead)
    return person


@pytest.fixture
def desk(boss):
    return at_the_desk(boss)


@pytest.fixture
def keis(kei):
    return at_the_desk(kei)


def text(answer):
    return " ".join(" ".join(html.document_fromstring(answer.content).itertext()).split())


def test_a_list_is_made_changed_and_closed(desk, masthead):
    assert desk.post("new/", FORM).status_code == 302
    row = models.Newsletter.objects.get()
    assert (row.slug, row.masthead, row.is_open, row.order) == ("evening", masthead, True, 2)

    changed = {**FORM, "name": "Evening", "sender_name": "A\r\nBcc: b@x.test", "is_open": ""}
    assert desk.post(f"{row.pk}/edit/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.is_open) == ("Evening", False)
    assert row.sender_name == "A Bcc: b@x.test"
    assert FactRecord.objects.filter(name="newsletter.changed").count() == 2
    assert "Evening Musashi Weekdays at 18 closed" in text(desk.get(""))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "confirm", "one of our own"),
        ("slug", "morning", "Another list has this address"),
        ("sender_address", "ünï@example.test", "address"),
        ("time_zone", "Mars", "Select a valid choice"),
        ("name", "", "required"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_field(desk, morning, field, value, said):
    answer = desk.post("new/", {**FORM, field: value})

    assert answer.status_code == 422
    assert said in text(answer)


def test_the_index_and_a_list_say_how_many(desk, morning, ana):
    assert "Musashi Morning" in text(desk.get(""))
    page = text(desk.get(f"{morning.pk}/"))

    assert "On the list 1" in page


def test_an_address_is_found_exactly_with_its_proofs_and_taken_off_with_a_reason(
    desk, morning, ana, boss
):
    assert "Nobody with this address" in text(desk.get(f"{morning.pk}/?address=ana@example"))
    page = text(desk.get(f"{morning.pk}/?address=ANA@example.test"))
    assert "Yes, send it to me." in page

    form = {"address": ana.key, "reason": ""}
    assert desk.post(f"{morning.pk}/end/", form).status_code == 422
    assert desk.post(f"{morning.pk}/end/", {**form, "reason": "By letter."}).status_code == 302
    row, proof = models.Subscription.objects.get(), models.Consent.objects.order_by("-pk")[0]
    assert (row.standing, row.ended_why) == ("ended", "editor")
    assert (proof.shown, proof.by) == ("By letter.", str(boss.pk))
    assert desk.post(f"{morning.pk}/end/", {"address": "no", "reason": "x"}).status_code == 302


def test_a_file_is_brought_in_watched_and_its_rest_handed_back(desk, morning):
    form = {"stated": STATED, "consented_on": "2025-05-01", "sure": "on"}
    data = b"email\nben@example.test\nbroken\n"
    answer = desk.post(f"{morning.pk}/import/", {**form, "file": SimpleUploadedFile("f.csv", data)})
    number = models.ListImport.objects.get().pk
    assert answer.headers["Location"].endswith(f"/imports/{number}/")
    assert "Read no further" in text(desk.get(f"imports/{number}/"))
    importing.run_due()

    assert "Taken 1" in text(desk.get(f"imports/{number}/?page=x"))
    rest = b"".join(desk.get(f"imports/{number}/left-out.csv").streaming_content).decode()
    assert rest.startswith("\ufeffline,verdict,why,text\r\n3,refused,'broken' has no @.,broken")
    assert "f.csv" in text(desk.get(f"{morning.pk}/"))
    assert desk.post(f"imports/{number}/stop/").status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stated": "yes"}, "Say where"),
        ({"consented_on": "2031-01-01"}, "future"),
        ({"sure": ""}, "required"),
    ],
)
def test_a_file_without_proof_is_not_taken(desk, morning, change, said):
    form = {"stated": STATED, "consented_on": "2025-05-01", "sure": "on", **change}
    file = SimpleUploadedFile("f.csv", b"ben@example.test")
    answer = desk.post(f"{morning.pk}/import/", {**form, "file": file})

    assert (answer.status_code, said in text(answer)) == (422, True)


def test_a_file_that_is_too_large_is_not_read(desk, morning, monkeypatch):
    monkeypatch.setattr("dateline.newsletters.forms.BYTES_MOST", 3)
    form = {"stated": STATED, "consented_on": "2025-05-01", "sure": "on"}
    file = SimpleUploadedFile("f.csv", b"ben@example.test")

    assert desk.post(f"{morning.pk}/import/", {**form, "file": file}).status_code == 422


def test_a_running_file_is_stopped(desk, morning, boss):
    number = importing.begin(
        morning.pk, [b"ben@example.test"], name="f", stated=STATED,
        consented_at=morning.created_at, by=boss.pk,
    )  # fmt: skip
    desk.post(f"imports/{number}/stop/")

    assert models.ListImport.objects.get().state == "stopped"


def test_a_list_comes_out_with_its_proofs(desk, morning, ana):
    answer = desk.get(f"{morning.pk}/export.csv")
    told = b"".join(answer.streaming_content).decode()

    assert answer.headers["Cache-Control"].startswith("private, no-store")
    assert "ana@example.test" in told
    assert "confirmed" in told


def test_an_editor_of_one_masthead_meets_no_list_of_another(keis, morning, kinako, boss):
    theirs = a_list(kinako, "kinako-weekly", name="Kinako Weekly")
    network = a_list(None, "network", name="Network")
    a_subscriber(theirs)
    number = importing.begin(
        theirs.pk, [b"x@example.test"], name="f", stated=STATED,
        consented_at=theirs.created_at, by=boss.pk,
    )  # fmt: skip
    page = text(keis.get(""))
    assert "Musashi Morning" in page
    assert "Kinako Weekly" not in page
    assert "The whole network" not in text(keis.get("new/"))

    for row in (theirs, network):
        for path in ("", "edit/", "import/", "export.csv"):
            assert keis.get(f"{row.pk}/{path}").status_code == 404, path
        assert keis.post(f"{row.pk}/end/", {"address": "x", "reason": "y"}).status_code == 404
    for path in ("", "left-out.csv"):
        assert keis.get(f"imports/{number}/{path}").status_code == 404
    assert keis.post(f"imports/{number}/stop/").status_code == 404
    assert keis.get("imports/99/").status_code == 404
    assert "/posts/?work=lists" not in keis.get("").content.decode()
    assert keis.post("new/", {**FORM, "masthead": "kinako"}).status_code == 422
    assert models.Newsletter.objects.count() == 3


def test_who_is_named_for_nothing_sees_nothing(kei):
    models.ListEditor.objects.all().delete()
    answer = at_the_desk(kei).get("")

    assert answer.status_code == 302
    assert not people.is_named(kei.pk)


def test_the_menu_has_lists_for_who_looks_after_them(desk, keis, kei):
    assert "Lists" in text(keis.get(""))
    assert "Lists" in text(desk.get(""))
