"""The desk writes standing pages: each editor their own, with a preview and every version."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from lxml import html as parsed
from wagtail.test.utils.form_data import rich_text

from dateline.accounts.models import User
from dateline.standing import models
from dateline.standing.domain.kinds import Given, PageKind
from dateline.standing.domain.words import ENGLISH as SAID
from dateline.standing.queries import editor
from dateline.standing.services import contact, pages
from tests.desk.conftest import client_for
from tests.factories.newsroom import a_masthead
from tests.factories.people import a_reader
from tests.factories.web import NOON, Reader, every, one

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KINDS = [kind for kind in PageKind if kind is not PageKind.STAFF]


def typed(text="<p>Since 1998.</p>", expected=0):
    return {"text": rich_text(text, features=editor.FEATURES), "expected": expected}


def test_the_desk_lists_every_page_and_what_is_blank(ana, masthead):
    page = html(ana.get("/standing/"))

    assert every(page, "tbody th a")[:7] == [SAID[kind] for kind in PageKind]
    assert any("Name and legal form" in blank for blank in every(page, ".standing-blank"))
    assert SAID["contact_none"] in every(page, ".standing-blank")


def test_the_start_page_tells_what_is_missing_until_it_is_there(ana, masthead):
    assert "Musashi: Imprint" in every(html(ana.get("/")), ".desk-lines a")

    for kind in (PageKind.CONTACT, PageKind.IMPRINT, PageKind.PRIVACY):
        pages.fill_page(masthead.pk, kind, "<p>All of it.</p>", at=NOON)
    contact.keep_contact(masthead.pk, "desk@example.test", by_form=True)

    assert SAID["todo"] not in ana.get("/").content.decode()


def test_an_editor_writes_sees_and_puts_back(ana, masthead):
    ana.get("/standing/on/musashi/about/")
    saved = ana.post("/standing/on/musashi/about/", typed(), follow=True)
    assert SAID["was_saved"] in saved.content.decode()

    ana.post("/standing/on/musashi/about/", typed("<p>Since 1999.</p>", 1))
    back = ana.post("/standing/on/musashi/about/back/1/", follow=True)

    assert SAID["was_put_back"] in back.content.decode()
    assert "Since 1998." in one(Reader().page("/about/"), ".standing-text")
    again = ana.post("/standing/on/musashi/about/back/3/", follow=True)
    assert "Version 3 cannot be put back." in again.content.decode()


def test_the_slower_of_two_editors_keeps_their_text(ana, masthead):
    ana.post("/standing/on/musashi/about/", typed())

    answer = ana.post("/standing/on/musashi/about/", typed("<p>Mine.</p>"))

    assert answer.status_code == 422
    assert "Somebody saved version 1 meanwhile." in answer.content.decode()
    assert "Mine." in answer.content.decode()


def test_a_form_without_its_version_is_refused(ana, masthead):
    assert ana.post("/standing/on/musashi/about/", {"text": "null"}).status_code == 422


def test_a_preview_is_the_public_page_and_stores_nothing(ana, masthead):
    page = html(ana.post("/preview/musashi/standing/about/", typed("<p>Draft.</p>")))

    assert "Draft." in one(page, ".standing-text")
    assert page.cssselect(".preview-note")
    assert not models.PageVersion.objects.exists()


@pytest.mark.parametrize("text", ["", "null", "[]", "{", '{"blocks": 1}', "<p>x</p>"])
def test_what_no_editor_of_ours_sent_is_no_text(text):
    assert editor.typed({"text": text}) == ""


def test_previews_are_for_whoever_writes_the_page(masthead, yui):
    a_masthead("kinako")
    own = client_for(yui)

    assert own.post("/preview/musashi/standing/about/", typed()).status_code == 200
    assert own.post("/preview/kinako/standing/about/", typed()).status_code == 403
    assert own.post("/preview/nobody/standing/about/", typed()).status_code == 404
    assert own.post("/preview/musashi/standing/horoscope/", typed()).status_code == 404
    nobody = Client(headers={"host": "desk.localhost"})
    assert nobody.post("/preview/musashi/standing/about/", typed()).status_code == 403


def test_messages_and_their_address_on_the_desk(ana, masthead):
    ana.get("/standing/on/musashi/messages/")
    sent = {"address": "desk@example.test", "by_form": "on"}
    saved = ana.post("/standing/on/musashi/messages/", sent, follow=True)
    assert SAID["contact_saved"] in saved.content.decode()
    contact.give_message(masthead.pk, Given("Aya", "aya@example.test", "<b>Hi</b>"), at=NOON)

    page = html(ana.get("/standing/on/musashi/messages/"))

    assert one(page, ".standing-said") == "<b>Hi</b>"
    assert ana.post("/standing/on/musashi/messages/", {"address": "x"}).status_code == 422


def test_the_desk_shows_each_editor_their_own(masthead, yui):
    a_masthead("kinako")
    own = client_for(desk_person(yui))

    assert "Kinako" not in own.get("/standing/").content.decode()
    assert own.get("/standing/on/kinako/about/").status_code == 404
    assert own.get("/standing/on/musashi/horoscope/").status_code == 404
    assert own.post("/standing/on/kinako/about/back/0/").status_code == 404
    assert '"/standing/"' in own.get("/").content.decode()


def test_who_writes_no_pages_sees_none_of_it(masthead):
    stranger = client_for(desk_person(a_reader("ken@example.test")))

    assert stranger.get("/standing/").status_code in {302, 403}
    assert '"/standing/"' not in stranger.get("/").content.decode()
    assert SAID["todo"] not in stranger.get("/").content.decode()


def desk_person(person):
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return User.objects.get(pk=person.pk)


def html(answer):
    assert answer.status_code == 200, answer.status_code
    return parsed.document_fromstring(answer.content)
