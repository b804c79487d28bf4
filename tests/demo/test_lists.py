"""The demo's newsletters name mastheads that are there."""

import pytest

from dateline import clock
from dateline.accounts.services.people import create_person
from dateline.demo import adapters
from dateline.demo.services import lists

pytestmark = pytest.mark.django_db


def test_a_list_of_a_masthead_that_is_not_there_is_refused(monkeypatch):
    (first, *_), really = adapters.table("lists")["list"], adapters.table
    wrong = {"list": [{**first, "masthead": "nowhere"}]}
    monkeypatch.setattr(
        adapters, "table", lambda name: wrong if name == "lists" else really(name)
    )  # fmt: skip

    email = really("logins")["admin"]["email"]
    create_person(email=email, password=None, superuser=True)
    with pytest.raises(ValueError, match="names a masthead that is not there"):
        lists.make(at=clock.now())
