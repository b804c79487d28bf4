"""Rate limits count for all processes; everything else stays in the process's own memory."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dateline.accounts.adapters.limits import LimitsInDatabase
from dateline.accounts.models import LimitEntry

LIMIT = "allauth:rl:allauth.account:login:30/60/ip:ip:203.0.113.7"


@pytest.mark.django_db
def test_two_processes_count_together():
    one, other = (LimitsInDatabase(name, {}) for name in ("one", "other"))

    assert one.add(LIMIT, "mine", 60)
    assert not other.add(LIMIT, "theirs", 60)
    assert other.get(LIMIT) == "mine"
    other.set(LIMIT, [1.5], 60)
    assert one.get(LIMIT) == [1.5]
    assert LimitEntry.objects.count() == 1
    assert one.delete(LIMIT)
    assert not other.delete(LIMIT)
    assert other.get(LIMIT, "none") == "none"


@pytest.mark.django_db
def test_what_is_no_limit_asks_no_database(django_assert_num_queries):
    one, other = (LimitsInDatabase(name, {}) for name in ("three", "four"))

    with django_assert_num_queries(0):
        one.set("site", 1)
        assert not one.add("site", 2)
        assert (one.get("site"), other.get("site")) == (1, None)
        assert one.delete("site")
        assert not one.delete("site")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_try_at_once_one_gets_the_lock():
    def take(number):
        try:
            return LimitsInDatabase(f"process {number}", {}).add(f"{LIMIT}:lock", number, 10)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(take, range(16)))

    assert sum(taken) == 1
