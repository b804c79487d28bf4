"""The demo's offers, where the demo network is not there."""

import pytest

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import offers

pytestmark = pytest.mark.django_db


def test_an_offer_of_a_title_that_is_not_there_is_named(admin_user, monkeypatch):
    log_ins = {"admin": {"email": admin_user.email}}
    written = {"offers": adapters.table("offers"), "logins": log_ins}
    monkeypatch.setattr(offers.adapters, "table", written.get)

    with pytest.raises(ValueError, match=r"The offer 'Hoshi eSIM for arrivals' names a masthead"):
        offers.book(at=clock.now())
