"""Messages to a title: stored, sent on once, refused with what was typed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from dateline.outbox.services import deliver_due
from dateline.project import schedule
from dateline.standing import models
from dateline.standing.domain.errors import MessageRefused
from dateline.standing.domain.kinds import Given, PageKind
from dateline.standing.domain.words import ENGLISH as SAID
from dateline.standing.services import contact
from tests.factories.web import NOON, Reader, links, one

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KINDS = [kind for kind in PageKind if kind is not PageKind.STAFF]


MESSAGE = {"name": "Aya Ito", "email": "aya@example.test", "text": "The ferry was late."}


def test_a_message_goes_to_the_titles_address_with_the_way_back(reader, box):
    assert "/contact/write/" in links(reader.page("/contact/"))
    reader.page("/contact/write/")

    answer = reader.client.post("/contact/write/", MESSAGE, headers={"host": reader.host})

    assert (answer.status_code, answer["Location"]) == (302, "/contact/sent/")
    assert one(reader.page("/contact/sent/"), "h1") == SAID["sent"]
    deliver_due()
    deliver_due()
    (letter,) = mail.outbox
    assert (letter.to, letter.reply_to) == (["desk@example.test"], ["aya@example.test"])
    assert "The ferry was late." in letter.body
    assert "Aya Ito <aya@example.test>" in letter.body
    assert models.Message.objects.get().sent_at is not None


def test_a_message_that_names_nobody_goes_too_and_only_once(masthead, box):
    number = contact.give_message(masthead.pk, Given("", "", "Hello"), at=NOON)

    assert contact.send_message(number, at=NOON)
    assert not contact.send_message(number, at=NOON)
    (letter,) = mail.outbox
    assert SAID["nobody"] in letter.body
    assert letter.reply_to == []


def test_no_line_end_in_a_name_writes_a_header(masthead, box):
    name = "Aya\r\nBcc: all@example.test"
    number = contact.give_message(masthead.pk, Given(name, "", "Hello"), at=NOON)

    contact.send_message(number, at=NOON)

    assert mail.outbox[0].recipients() == ["desk@example.test"]
    assert "Bcc" not in mail.outbox[0].message()


def test_a_message_waits_for_an_address_and_is_not_lost(masthead, yui):
    number = contact.give_message(masthead.pk, Given("", "", "Hello"), at=NOON)
    assert not contact.send_message(number, at=NOON)

    contact.set_contact(masthead.pk, "desk@example.test", by_form=True, by=yui.pk, at=NOON)
    deliver_due()

    assert [letter.to for letter in mail.outbox] == [["desk@example.test"]]
    contact.set_contact(masthead.pk, "", by_form=True, by=yui.pk, at=NOON)
    assert not models.Contact.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"text": " "}, 422, "no_text"),
        ({"text": "a" * 5_001}, 422, "long_text"),
        ({"email": "aya"}, 422, "bad_email"),
        ({"website": "https://spam.example"}, 422, "filled_in"),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(reader, box, change, status, words):
    sent = MESSAGE | change

    answer = reader.client.post("/contact/write/", sent, headers={"host": reader.host})

    text = answer.content.decode()
    assert (answer.status_code, SAID[words] in text) == (status, True)
    assert sent["text"].strip()[:50] in text
    assert "Aya Ito" in text
    assert not models.Message.objects.exists()


def test_one_place_does_not_flood_a_newsroom(reader, box):
    cache.clear()
    sent = [
        reader.client.post("/contact/write/", MESSAGE, headers={"host": reader.host}).status_code
        for _ in range(11)
    ]
    cache.clear()

    assert sent == [302] * 10 + [429]


def test_a_form_of_another_site_is_refused(box):
    strict = Client(enforce_csrf_checks=True, headers={"host": "musashi.localhost"})

    assert strict.post("/contact/write/", MESSAGE).status_code == 403


def test_without_a_form_readers_see_the_address(reader, masthead, yui):
    assert SAID["no_way"] in one(reader.page("/contact/"), ".standing-text")
    reader.page("/contact/write/", 404)

    contact.set_contact(masthead.pk, "desk@example.test", by_form=False, by=yui.pk, at=NOON)

    assert "Write to desk@example.test." in one(Reader().page("/contact/"), ".standing-text")
    Reader().page("/contact/write/", 404)


def test_messages_are_forgotten_a_month_after_they_left(masthead, box):
    left = contact.give_message(masthead.pk, Given("", "", "Old"), at=NOON)
    contact.send_message(left, at=NOON - 31 * DAY)
    contact.give_message(masthead.pk, Given("", "", "Waits"), at=NOON - 90 * DAY)

    assert schedule.forget_messages() == 1
    assert models.Message.objects.get().text == "Waits"


def test_reasons_name_their_field():
    assert str(MessageRefused("email", "bad_email")) == "email: bad_email"
