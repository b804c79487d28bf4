"""People as stored."""

import pytest
from django.db import IntegrityError, transaction

from dateline.accounts.models import (
    AlertWish,
    HandOver,
    LimitEntry,
    Membership,
    NetworkLogin,
    User,
)

pytestmark = pytest.mark.django_db


def test_an_administrator_may_do_everything():
    admin = User.objects.create_superuser("Ad@Example.TEST", "secret")

    assert (admin.is_staff, admin.is_superuser, admin.check_password("secret")) == (
        True,
        True,
        True,
    )
    assert str(admin) == "Ad@example.test"


def test_the_desk_shows_a_name_or_the_address():
    person = User(email="ana@example.test")

    assert person.get_full_name() == "ana@example.test"
    person.first_name = "Ana"
    assert person.get_full_name() == "Ana"


def test_one_address_is_one_person_in_any_case():
    User.objects.create_user("ana@example.test")

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("ANA@example.test")
    assert User.objects.get_by_natural_key("Ana@Example.test").email == "ana@example.test"


def test_every_row_has_a_name_that_betrays_no_secret():
    person = User(email="ana@example.test")
    login = NetworkLogin(user=person)
    code = HandOver(code="0123456789abcdef", to="musashi", login=login)

    assert str(login) == f"log-in {login.pk} of {person.pk}"
    assert str(code) == "hand-over 01234567 to musashi"
    assert str(Membership(user=person, masthead_id=3)) == f"{person.pk} on 3"
    assert str(AlertWish(user=person, masthead_id=3)) == f"{person.pk} for alerts of 3"
    assert str(LimitEntry(cache_key="allauth:rl:x")) == "allauth:rl:x"
