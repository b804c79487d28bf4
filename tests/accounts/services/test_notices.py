"""Notices of providers: believed when signed, fresh and new, and done at once or within a day."""

import json
from datetime import timedelta

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core import mail

from dateline import clock
from dateline.accounts.models import DataRequest, MailStop, NetworkLogin, ProviderNotice, User
from dateline.accounts.services import connections, notices, own_data, readers
from dateline.accounts.services.connections import Arrival
from dateline.demo.domain.pretend import SECRET, signed_request
from dateline.mastheads.queries import by_slug
from tests.factories.newsroom import a_masthead
from tests.factories.people import a_reader, an_editor_of_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pretend")]


def test_who_removes_our_app_at_facebook_is_signed_out_and_stays_a_reader(now):
    user = somebody("facebook", now)

    notices.facebook_deauthorized(facebook(now), at=now)

    assert not SocialAccount.objects.exists()
    assert NetworkLogin.objects.get().ended_at == now
    assert User.objects.get().pk == user.pk


def test_who_has_no_other_way_in_is_deleted_within_a_day_with_a_proof(now):
    user = somebody("facebook", now)

    asked = notices.facebook_deletion(facebook(now), at=now)
    assert (asked.kind, asked.choice, asked.due_at) == (
        "deletion",
        "erase",
        now + timedelta(days=1),
    )
    assert not User.objects.get(pk=user.pk).is_active
    own_data.run_due(at=now + timedelta(minutes=1))

    asked.refresh_from_db()
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()
    assert (asked.proof["accounts"], asked.proof["providers"]) == (1, 1)


def test_asking_twice_while_it_is_under_way_is_one_request(now):
    somebody("facebook", now)

    first = notices.facebook_deletion(facebook(now), at=now)

    assert notices.facebook_deletion(facebook(now - timedelta(seconds=1)), at=now) == first


@pytest.mark.parametrize("who", ["with a password", "of the newsroom"])
def test_who_has_another_way_in_loses_what_came_from_facebook_only(now, who):
    user = a_reader() if who == "with a password" else an_editor_of_the_desk()
    if who == "of the newsroom":
        user.set_unusable_password()
        user.save()
    connections.connect(user, Arrival(provider="facebook", uid="1001", kept={"name": "H"}), at=now)

    asked = notices.facebook_deletion(facebook(now), at=now)

    assert (asked.user, asked.done_at, asked.proof) == (None, now, {"providers": 1})
    assert User.objects.get().is_active
    assert not SocialAccount.objects.exists()


def test_a_deletion_for_nobody_is_done_and_says_so(now):
    asked = notices.facebook_deletion(facebook(now), at=now)

    assert (asked.done_at, asked.proof) == (now, {})


@pytest.mark.parametrize(
    ("changes", "secret"),
    [
        ({}, "another secret"),
        ({"issued_at": -90_000}, SECRET),
        ({"issued_at": 600}, SECRET),
        ({"issued_at": None}, SECRET),
        ({"issued_at": "soon"}, SECRET),
        ({"issued_at": 10**30}, SECRET),
    ],
    ids=["forged", "a day old", "of the future", "of no time", "no number", "a huge number"],
)
def test_a_request_that_is_forged_or_of_another_time_changes_nothing(now, changes, secret):
    somebody("facebook", now)
    moved = changes.get("issued_at", 0)
    made = now.timestamp() + moved if isinstance(moved, int) else moved
    told = {"algorithm": "HMAC-SHA256", "user_id": "1001", "issued_at": made}

    with pytest.raises(notices.NoticeRefused):
        notices.facebook_deletion(signed_request(told, secret), at=now)

    assert SocialAccount.objects.exists()
    assert not DataRequest.objects.exists()


def test_a_request_is_taken_once_and_never_deletes_a_later_account(now):
    somebody("facebook", now)
    text = facebook(now)
    notices.facebook_deletion(text, at=now)
    own_data.run_due(at=now)
    later = somebody("facebook", now)

    with pytest.raises(notices.NoticeKnown):
        notices.facebook_deletion(text, at=now)

    assert User.objects.get(pk=later.pk).is_active


def test_one_s_deletion_is_not_another_s_deauthorization(now):
    text = facebook(now)
    notices.facebook_deauthorized(text, at=now)

    notices.facebook_deletion(text, at=now)

    assert ProviderNotice.objects.count() == 2
    assert str(ProviderNotice.objects.first()).startswith("de")


@pytest.mark.parametrize("wrapped", [json.dumps, dict], ids=["a text", "an object"])
def test_apple_s_relay_that_is_turned_off_gets_no_invitation_until_it_is_on(pretend, now, wrapped):
    a_masthead("musashi")
    user = connections.welcome(arrival("apple", email="x9@privaterelay.test"), at=now)
    readers.join(user, by_slug("musashi"), shown="Yes.", at=now)
    site = by_slug("musashi").id

    apple(pretend, now, wrapped, type="email-disabled", email="X9@privaterelay.test")
    assert not readers.invite_to_alerts(str(user.pk), site, at=now)
    assert mail.outbox == []
    assert str(MailStop.objects.get()) == "x9@privaterelay.test"
    assert own_data.copy_of_account(str(user.pk))["mail_stops"][0]["since"] == now

    apple(pretend, now, wrapped, type="email-enabled", email="x9@privaterelay.test")
    assert readers.invite_to_alerts(str(user.pk), site, at=now)


def test_a_closed_account_leaves_no_word_of_its_mail(pretend, now):
    user = connections.welcome(arrival("apple"), at=now)
    MailStop.objects.create(address="hana@example.test", since=now)
    own_data.ask_for_deletion(user, choice="erase", language="en", at=now)

    own_data.run_due(at=now)

    assert not MailStop.objects.exists()


def test_consent_that_is_taken_back_at_apple_ends_every_log_in(pretend, now):
    somebody("apple", now)

    apple(pretend, now, type="consent-revoked")

    assert not SocialAccount.objects.exists()
    assert NetworkLogin.objects.get().ended_at == now
    assert User.objects.get().is_active


@pytest.mark.parametrize("kind", ["account-delete", "account-deleted"])
def test_an_account_that_ends_at_apple_ends_here_where_it_was_the_only_way(pretend, now, kind):
    somebody("apple", now)

    apple(pretend, now, type=kind)

    assert not User.objects.get().is_active
    assert DataRequest.objects.get().choice == "erase"


def test_what_apple_may_say_one_day_is_taken_and_changes_nothing(pretend, now):
    somebody("apple", now)

    apple(pretend, now, type="email-painted")
    apple(pretend, now, type="email-disabled")

    assert SocialAccount.objects.exists()
    assert not MailStop.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.test"},
        {"aud": "another-app"},
        {"iat": None},
        {"iat": 1_000_000_000, "exp": None},
        {"events": None},
        {"events": "{"},
        {"events": "[" * 100_000},
        {"events": []},
    ],
)
def test_a_notice_of_apple_that_is_not_for_us_or_cannot_be_read_changes_nothing(
    pretend, now, claims
):
    somebody("apple", now)

    with pytest.raises(notices.NoticeRefused):
        apple(pretend, now, over=claims, type="consent-revoked")

    assert SocialAccount.objects.exists()


def test_a_notice_of_apple_is_taken_once(pretend, now):
    text = pretend.signed("apple", {"events": {"type": "x"}}, at=now)
    notices.apple_told(text, at=now)

    with pytest.raises(notices.NoticeKnown):
        notices.apple_told(text, at=now)


def test_what_was_taken_is_forgotten_when_it_would_be_too_old(now):
    notices.facebook_deletion(facebook(now), at=now)

    assert notices.forget_old(at=now + notices.KEPT) == 0
    assert notices.forget_old(at=now + notices.KEPT + timedelta(seconds=1)) == 1


def test_while_apple_s_keys_cannot_be_had_nothing_is_decided(pretend, now):
    text = pretend.signed("apple", {"events": {"type": "x"}}, at=now)
    pretend.broken = True

    with pytest.raises(requests.RequestException):
        notices.apple_told(text, at=now)
    pretend.broken = False

    notices.apple_told(text, at=now)  # Apple tries again


def arrival(key, email="hana@example.test"):
    return Arrival(provider=key, uid="1001", kept={"name": "Hana"}, email=email, confirmed=True)


def somebody(key, now):
    user = connections.welcome(arrival(key), at=now)
    NetworkLogin.objects.create(user=user, began_at=now, agent="", auth_hash="x")
    return user


def facebook(made):
    told = {"algorithm": "HMAC-SHA256", "user_id": "1001", "issued_at": int(made.timestamp())}
    return signed_request(told, SECRET)


def apple(pretend, now, wrapped=json.dumps, over=None, **event):
    claims = {"events": wrapped({"sub": "1001", **event})} | (over or {})
    notices.apple_told(pretend.signed("apple", claims, at=now), at=now)


@pytest.fixture
def now():
    return clock.now().replace(microsecond=0)
