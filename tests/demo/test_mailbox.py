"""The mailbox on the desk: the mail a demo would have sent, shown so that it can do no harm."""

import os
import re
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

from dateline.accounts.services import people as accounts
from dateline.demo import queries
from dateline.demo.services import network

pytestmark = pytest.mark.django_db
LIST = "/mailbox/"


def test_the_code_for_a_new_password_lands_in_the_mailbox(desk, editor):
    asked = Client().post(
        "/password/reset/", {"email": editor.email}, headers={"host": "account.localhost"}
    )

    assert asked.status_code == 302
    (kept,) = queries.mailbox()
    assert kept.letter.to == editor.email
    shown = desk.get(LIST).content.decode()
    assert kept.letter.subject in shown
    page = desk.get(f"{LIST}{kept.file}/{kept.place}/").content.decode()
    assert re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", page)
    assert '<a href="http://account.localhost' in page


def test_letters_stand_newest_first(desk, letterbox):
    letterbox("First")
    letterbox("Second", html="<p>Hello</p>")

    shown = desk.get(LIST).content.decode()

    assert shown.index("Second") < shown.index("First")


def test_html_is_shown_in_a_frame_that_may_do_nothing(desk, letterbox):
    letterbox("Two", html="<p>Hello</p><script>alert(1)</script>")
    (kept,) = queries.mailbox()
    address = f"{LIST}{kept.file}/{kept.place}/"

    page, frame = desk.get(address), desk.get(f"{address}html/")

    assert f'<iframe class="demo-letter" src="{address}html/" sandbox ' in page.content.decode()
    assert b"alert" not in page.content
    assert "<p>Hello</p>" in frame.content.decode()
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


def test_an_empty_mailbox_says_how_to_fill_it(desk):
    assert "No mail has left yet." in desk.get(LIST).content.decode()


def test_what_is_not_there_is_not_found(desk, letterbox):
    letterbox("One")
    (kept,) = queries.mailbox()

    assert desk.get(f"{LIST}{kept.file}/1/").status_code == 404
    assert desk.get(f"{LIST}other.log/0/").status_code == 404
    assert desk.get(f"{LIST}..%2f{kept.file}/0/").status_code == 404


def test_only_staff_may_look(desk, editor):
    desk.logout()

    assert desk.get(LIST).headers["Location"].startswith("/login/")


def test_a_real_newsroom_has_no_mailbox(desk, demo):
    (demo / "demo.json").unlink()

    assert desk.get(LIST).status_code == 404
    assert desk.get(f"{LIST}a.log/0/").status_code == 404
    assert LIST not in desk.get("/").content.decode()


def test_who_registers_in_a_demo_reads_the_code_without_a_log_in(demo, letterbox):
    letterbox("Your code", html="<p>AAAA-BBBB</p><script>alert(1)</script>")
    reader = Client(headers={"host": "account.localhost"})

    assert '<a href="/mailbox/">Mailbox of this demo</a>' in reader.get("/login/").content.decode()
    shown = reader.get(LIST).content.decode()
    assert "anybody may read it" in shown
    (kept,) = queries.mailbox()
    address = f"{LIST}{kept.file}/{kept.place}/"
    assert f'<a href="{address}">Your code</a>' in shown
    page = reader.get(address)
    assert "Words" in page.content.decode()
    assert b"alert" not in page.content
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    frame = reader.get(f"{address}html/").headers["Content-Security-Policy"]
    assert frame.endswith("sandbox")


@pytest.mark.parametrize("host", ["account.localhost", "localhost", "musashi.localhost"])
def test_outside_of_a_demo_nobody_s_mail_can_be_read(demo, letterbox, host):
    letterbox("Your code")
    (kept,) = queries.mailbox()
    (demo / "demo.json").unlink()
    reader = Client(headers={"host": host})

    for path in (LIST, f"{LIST}{kept.file}/0/", f"{LIST}{kept.file}/0/html/"):
        assert reader.get(path).status_code in {404, 421}
    assert b"/mailbox/" not in reader.get("/login/").content


def test_only_the_account_host_and_the_desk_have_a_mailbox(demo, letterbox):
    letterbox("Your code")

    assert Client(headers={"host": "localhost"}).get(LIST).status_code == 404


def test_an_empty_mailbox_says_so_to_readers(demo):
    reader = Client(headers={"host": "account.localhost"})

    assert "No mail has left yet." in reader.get(LIST).content.decode()


def test_the_menu_of_a_demo_leads_to_it(desk):
    assert LIST in desk.get("/").content.decode()


def test_the_list_ends_after_a_hundred(desk, settings, letterbox):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    for number in range(60):
        letterbox(f"A {number}", connection=connection)
    (older,) = Path(settings.EMAIL_FILE_PATH).glob("*.log")
    os.utime(older, (0, 0))  # the file system's clock ticks every few milliseconds only
    for number in range(60):
        letterbox(f"B {number}")

    found = queries.mailbox()
    assert len(found) == queries.NEWEST
    assert {kept.letter.subject for kept in found[:60]} == {f"B {number}" for number in range(60)}
    assert found[60].letter.subject == "A 59"


def test_without_a_folder_of_its_own_mail_is_in_the_data_folder(demo, settings):
    del settings.EMAIL_FILE_PATH
    (demo / "mail").mkdir()
    (demo / "mail" / "a.log").write_bytes(b"Subject: Here\n\nWords\n")

    assert [kept.letter.subject for kept in queries.mailbox()] == ["Here"]


@pytest.fixture(autouse=True)
def mail_in_files(demo, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def letterbox(demo):
    """letterbox(subject, html="", connection=None): mail that leaves; one file a connection."""

    def put(subject, html="", connection=None):
        letter = EmailMultiAlternatives(subject, "Words", to=["a@b.test"], connection=connection)
        if html:
            letter.attach_alternative(html, "text/html")
        letter.send()

    return put


@pytest.fixture
def editor():
    for name, rights in network.GROUPS.items():
        accounts.save_group(name, **rights)
    return accounts.create_person(
        email="editor@example.test",
        password="dateline",
        groups=["Editors of the network"],
        staff=True,
    )


@pytest.fixture
def desk(client, editor):
    client.defaults["HTTP_HOST"] = "desk.localhost"
    client.force_login(editor)
    return client
