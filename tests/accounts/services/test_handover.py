"""A code takes a log-in to one place, in one browser, once, within half a minute."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dateline.accounts.domain.ways import CODE_LIVES, HandOverRefused, Way, fingerprint
from dateline.accounts.models import HandOver, NetworkLogin
from dateline.accounts.services import handover
from tests.factories.people import a_reader

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
WAY = Way(to="musashi", path="/world/", nonce=fingerprint("nonce"))


@pytest.mark.django_db
def test_a_code_is_swapped_for_the_log_in_and_the_path():
    code = handover.issue(login := a_login(), WAY, at=NOON)

    assert len(code) == 43
    assert code not in str(HandOver.objects.values().get())
    swapped = handover.redeem(code, to="musashi", nonce="nonce", at=NOON + CODE_LIVES / 2)
    assert swapped == (login, "/world/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"to": "kinako"}, "opens nothing at kinako"),
        ({"nonce": "another"}, "opens nothing at musashi"),
        ({"nonce": ""}, "opens nothing at musashi"),
        ({"code": "x"}, "opens nothing at musashi"),
        ({"at": NOON + CODE_LIVES}, "opens nothing at musashi"),
    ],
)
def test_anything_else_opens_nothing(change, why):
    code = handover.issue(a_login(), WAY, at=NOON)
    given = {"code": code, "to": "musashi", "nonce": "nonce", "at": NOON} | change

    with pytest.raises(HandOverRefused, match=why):
        handover.redeem(given.pop("code"), **given)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["signed out", "too old", "inactive"])
def test_a_log_in_that_has_ended_is_handed_to_nobody(end):
    login = a_login()
    code = handover.issue(login, WAY, at=NOON)
    if end == "signed out":
        login.ended_at = NOON
    elif end == "too old":
        login.began_at = NOON - timedelta(days=30)
    else:
        login.user.is_active = False
    login.save()
    login.user.save()

    with pytest.raises(HandOverRefused, match="has ended"):
        handover.redeem(code, to="musashi", nonce="nonce", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_come_at_once_one_is_let_in():
    code = handover.issue(a_login(), WAY, at=NOON)

    def come(_number):
        try:
            handover.redeem(code, to="musashi", nonce="nonce", at=NOON)
        except HandOverRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(come, range(12))) == 1


def a_login():
    reader = a_reader()
    return NetworkLogin.objects.create(user=reader, began_at=NOON, agent="", auth_hash="")
