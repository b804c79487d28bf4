"""An administrator changes somebody's address on the desk: it has to be confirmed, and is told."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from dateline.accounts.models import NetworkLogin, User
from dateline.outbox.models import FactRecord
from tests.factories.people import ACCOUNT, DESK, PASSWORD, Browser, a_reader, an_editor_of_the_desk
from tests.factories.people import code_in as code

pytestmark = pytest.mark.django_db


def test_a_new_address_is_confirmed_by_its_owner_and_every_log_in_ends(
    desk, person, django_capture_on_commit_callbacks
):
    reader = Browser().sign_in("musashi.localhost")
    with django_capture_on_commit_callbacks(execute=True):
        save(desk, person, email="New@example.test")

    assert User.objects.get(pk=person.pk).email == "New@example.test"
    (row,) = EmailAddress.objects.filter(user=person)
    assert (row.email, row.verified, row.primary) == ("new@example.test", False, True)
    assert not reader.me()["signed_in"]
    (told,) = mail.outbox
    assert told.to == ["rieko@example.test"]
    (fact,) = FactRecord.objects.filter(name="reader.address_changed")
    assert fact.payload["user_id"] == str(person.pk)

    reader.go(f"{ACCOUNT}/login/").send(login="new@example.test", password=PASSWORD)
    assert reader.path == f"{ACCOUNT}/confirm-email/"
    reader.send(code=code(mail.outbox[-1]))
    assert reader.title == "Your account"


@pytest.mark.parametrize("email", ["rieko@example.test", "Rieko@example.test"])
def test_the_same_address_stays_confirmed(desk, person, email):
    save(desk, person, email=email, last_name="Abe")

    assert User.objects.get(pk=person.pk).last_name == "Abe"
    assert EmailAddress.objects.get(user=person).verified
    assert NetworkLogin.objects.filter(user=person, ended_at=None).exists()
    assert mail.outbox == []


def test_somebody_is_added_as_before(desk):
    desk.go(f"{DESK}/users/new/")
    form = {"email": "x@example.test", "first_name": "X", "last_name": "Y"}
    desk.go(
        f"{DESK}/users/new/",
        data=form
        | {"password1": PASSWORD, "password2": PASSWORD, "csrfmiddlewaretoken": token(desk)},
    )

    assert User.objects.filter(email="x@example.test").exists()


def save(desk, person, **changes):
    page = f"{DESK}/users/edit/{person.pk}/"
    form = {"first_name": "Rieko", "last_name": "A.", "is_active": "on", "email": person.email}
    desk.go(page).go(page, data=form | changes | {"csrfmiddlewaretoken": token(desk)})
    assert desk.path == f"{DESK}/users/"


def token(desk):
    return desk.page.cssselect("[name=csrfmiddlewaretoken]")[0].get("value")


@pytest.fixture
def person(browser):
    reader = a_reader()
    Browser().sign_in("musashi.localhost")
    return reader


@pytest.fixture
def desk(browser, settings):
    settings.DATELINE_STAFF_MFA = False
    an_editor_of_the_desk()
    return browser.sign_in(DESK, "ed@example.test")
