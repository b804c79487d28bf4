"""The demo's letters, where its lists are not there."""

import pytest

from dateline import clock
from dateline.demo import adapters
from dateline.demo.services import letters

pytestmark = pytest.mark.django_db


def test_a_recipe_of_a_list_that_is_not_there_is_named(admin_user, monkeypatch):
    written = {
        "recipes": adapters.table("recipes"),
        "logins": {"editor": {"email": admin_user.email}},
    }
    monkeypatch.setattr(letters.adapters, "table", written.get)

    with pytest.raises(ValueError, match="There is no list kinako-table, monday-desk, "):
        letters.write(at=clock.now())
