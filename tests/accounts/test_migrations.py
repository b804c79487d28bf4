"""People of the first edition can sign in after the upgrade."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from dateline.accounts.models import User
from tests.factories.people import a_reader

pytestmark = pytest.mark.django_db

confirmed = importlib.import_module("dateline.accounts.migrations.0003_confirmed_addresses")


def test_who_was_there_before_has_a_confirmed_address_and_others_are_left_alone():
    there = a_reader()
    before = User.objects.create_user("Ana@Example.TEST", "secret")

    confirmed.confirm(apps, None)
    confirmed.confirm(apps, None)

    rows = EmailAddress.objects.order_by("email").values_list(
        "user", "email", "verified", "primary"
    )
    assert list(rows) == [
        (before.pk, "ana@example.test", True, True),
        (there.pk, "rieko@example.test", True, True),
    ]
    confirmed.forget(apps, None)
    assert not EmailAddress.objects.exists()
