"""A reader's alerts by mail are in the copy of their data, and end with their account."""

import pytest
from django.contrib.auth import get_user_model

from dateline.alerts import models
from dateline.alerts.services.own_data import copy_of_alerts, forget_alerts
from tests.factories.alerts import a_mail_follower
from tests.factories.discussion import a_reader

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_handed_out_and_forgotten(site, story):
    person = a_reader("Ana")
    a_mail_follower(site, person.email, stories=[story.pk])
    a_mail_follower(site, "ben@example.test", 2)
    copy = copy_of_alerts(str(person.pk))

    assert [row["address"] for row in copy["by_mail"]] == [person.email]
    assert copy["followed"][0]["story_id"] == story.pk
    assert forget_alerts(str(person.pk), "") == {"alerts": 1, "searches": 0}
    assert [row.address for row in models.Follower.objects.filter(left_at=None)] == [
        "ben@example.test"
    ]
    assert forget_alerts(str(person.pk), "") == {"alerts": 0, "searches": 0}


def test_who_has_no_address_has_no_alerts(site):
    person = a_reader("Ana")
    get_user_model().objects.filter(pk=person.pk).update(email="")

    assert copy_of_alerts(str(person.pk)) == {"by_mail": [], "followed": [], "searches": []}
