"""Accounts at providers: connected to one person, taken away, and never the last way in."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from dateline.accounts.models import NetworkLogin, User
from dateline.accounts.services import connections
from dateline.accounts.services.connections import Arrival, ConnectionRefused
from dateline.outbox.models import FactRecord
from tests.factories.people import a_reader

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HANA = Arrival(provider="google", uid="1", kept={"name": "Hana"}, email="h@x.test", confirmed=True)


def test_somebody_new_is_registered_and_it_is_on_record():
    user = connections.welcome(HANA, at=NOON)

    assert (user.email, user.has_usable_password()) == ("h@x.test", False)
    assert SocialAccount.objects.get().user == user
    (fact,) = FactRecord.objects.all()
    assert (fact.name, fact.payload["provider"]) == ("reader.provider_connected", "google")


def test_of_two_who_register_at_once_both_get_the_one_account(monkeypatch):
    first = a_reader("h@x.test")
    monkeypatch.setattr(connections, "owner_of", lambda _: None)

    assert connections.settle(HANA, "h@x.test", at=NOON) == first
    assert User.objects.count() == 1


def test_connecting_once_more_changes_nothing():
    user = a_reader()
    for _ in range(2):
        connections.connect(user, HANA, at=NOON)

    assert SocialAccount.objects.count() == FactRecord.objects.count() == 1


def test_an_account_at_a_provider_is_one_person_s_only():
    connections.connect(a_reader(), HANA, at=NOON)

    with pytest.raises(ConnectionRefused, match="provider_others"):
        connections.connect(a_reader("other@example.test"), HANA, at=NOON)


def test_with_a_password_left_it_can_be_taken_away():
    user = a_reader()
    connections.connect(user, HANA, at=NOON)

    connections.disconnect(user, SocialAccount.objects.get().pk, at=NOON)

    assert not SocialAccount.objects.exists()
    last = FactRecord.objects.order_by("-pk").first()
    assert (last.name, last.payload["cause"]) == ("reader.provider_disconnected", "disconnected")


def test_the_last_way_in_cannot_be_taken_away():
    user = connections.welcome(HANA, at=NOON)

    with pytest.raises(ConnectionRefused, match="last_way"):
        connections.disconnect(user, SocialAccount.objects.get().pk, at=NOON)


@pytest.mark.parametrize(("resident", "possible"), [(True, True), (False, False)])
def test_a_passkey_is_a_way_in_and_a_second_step_is_not(resident, possible):
    user = connections.welcome(HANA, at=NOON)
    known = {"clientExtensionResults": {"credProps": {"rk": resident}}}
    Authenticator.objects.create(user=user, type="webauthn", data={"credential": known})

    try:
        connections.disconnect(user, SocialAccount.objects.get().pk, at=NOON)
    except ConnectionRefused:
        assert not possible

    assert SocialAccount.objects.exists() is not possible


def test_another_provider_is_a_way_in():
    user = connections.welcome(HANA, at=NOON)
    connections.connect(user, Arrival(provider="apple", uid="9", kept={}), at=NOON)

    connections.disconnect(user, SocialAccount.objects.get(provider="google").pk, at=NOON)

    assert SocialAccount.objects.get().provider == "apple"


def test_nobody_takes_away_what_is_somebody_else_s():
    connections.connect(a_reader(), HANA, at=NOON)

    connections.disconnect(a_reader("o@example.test"), SocialAccount.objects.get().pk, at=NOON)

    assert SocialAccount.objects.exists()


def test_a_provider_s_word_ends_every_log_in_too():
    user = connections.welcome(HANA, at=NOON)
    NetworkLogin.objects.create(user=user, began_at=NOON, agent="", auth_hash="x")

    assert connections.revoke("google", "1", at=NOON, cause="revoked") == user

    assert not SocialAccount.objects.exists()
    assert NetworkLogin.objects.get().ended_at == NOON
    assert connections.revoke("google", "1", at=NOON, cause="revoked") is None
