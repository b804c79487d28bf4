"""A new e-mail address: the old one has to agree, and then the new one."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from dateline.accounts.models import User
from tests.factories.people import ACCOUNT, PASSWORD, a_reader, code_in

pytestmark = pytest.mark.django_db

CODE, OLD, NEW = f"{ACCOUNT}/email/old/", "rieko@example.test", "new@example.test"


def test_both_addresses_confirm_and_the_old_one_is_told(browser):
    ask(browser)
    assert browser.path == CODE
    (first,) = mail.outbox
    assert first.to == [OLD]
    assert NEW in first.body

    browser.send(code=code_in(first))
    assert browser.path == f"{ACCOUNT}/confirm-email/"
    assert User.objects.get().email == OLD
    second = mail.outbox[-1]
    assert second.to == [NEW]
    browser.send(code=code_in(second))

    assert User.objects.get().email == NEW
    assert EmailAddress.objects.get().email == NEW
    assert mail.outbox[-1].to == [OLD]


def test_without_the_old_one_nothing_is_sent_to_the_new_one(browser):
    ask(browser)

    for words in ("That is not the code of our mail.", "That is not the code of our mail."):
        assert browser.send(code="BBBB-BBBB").says(words)
    browser.send(code="BBBB-BBBB")

    assert browser.path == f"{ACCOUNT}/email/"
    assert browser.says("The code is not good any more.")
    assert [letter.to for letter in mail.outbox] == [[OLD]]
    assert browser.go(CODE).path == f"{ACCOUNT}/email/"


def test_an_address_that_somebody_has_looks_like_any_other(browser):
    a_reader(NEW)
    ask(browser)

    browser.send(code=code_in(mail.outbox[-1]))

    assert browser.path == f"{ACCOUNT}/confirm-email/"
    assert User.objects.get(email=OLD)


def test_what_is_no_address_is_said_at_once(browser):
    ask(browser, "no address")

    assert browser.says("Enter a valid email address.")
    assert mail.outbox == []


def test_nobody_s_mailbox_is_flooded(browser):
    ask(browser)
    for _ in range(3):
        browser.go(f"{ACCOUNT}/email/").send(action="/email/", email=NEW, action_add="")

    assert (browser.status, len(mail.outbox)) == (429, 3)


def test_an_address_that_became_ours_meanwhile_is_not_asked(browser):
    ask(browser)
    User.objects.update(email=NEW)
    EmailAddress.objects.update(email=NEW)

    browser.send(code=code_in(mail.outbox[-1]))

    assert len(mail.outbox) == 1


def ask(browser, new=NEW):
    a_reader()
    browser.sign_in("musashi.localhost").go(f"{ACCOUNT}/email/")
    browser.send(action="/email/", email=new, action_add="")
    assert browser.path == f"{ACCOUNT}/reauthenticate/"
    browser.send(password=PASSWORD)
