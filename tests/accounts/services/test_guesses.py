"""Whoever owns an account hears that its password is guessed: once a day, and nobody else can tell."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.core import internal
from django.core import mail

from dateline.accounts import handlers
from dateline.accounts.events import PasswordGuessed
from dateline.accounts.models import MailStop
from dateline.accounts.services import guesses, readers
from dateline.mastheads.queries import by_slug
from dateline.outbox.models import FactRecord
from tests.factories.newsroom import a_masthead
from tests.factories.people import ACCOUNT, PASSWORD, Browser, a_reader

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # half past midnight in Tokyo
DAY_S = 86_400
OWNER = "rieko@example.test"


class Hands:
    """The clock of the limits."""

    def __init__(self):
        self.now = 1_000_000.0

    def time(self):
        return self.now

    def monotonic(self):
        return self.now

    def sleep(self, _seconds):
        raise AssertionError("nobody else holds the lock")


@pytest.fixture
def hands(network, monkeypatch):
    monkeypatch.setattr(internal.ratelimit, "time", Hands())
    return internal.ratelimit.time


def guess(address, times, place="198.51.100.1"):
    for _ in range(times):
        Browser(place).go(f"{ACCOUNT}/login/").send(login=address, password="wrong-one")


def told():
    """Whom the facts name that were recorded."""
    facts = FactRecord.objects.filter(name=PasswordGuessed.name).order_by("pk")
    return [fact.payload["user_id"] for fact in facts]


def test_the_fifth_wrong_password_in_five_minutes_is_told_and_the_fourth_is_not(hands):
    owner = a_reader()
    guess(OWNER, 4)
    assert told() == []

    guess(OWNER.upper(), 1)

    assert told() == [str(owner.pk)]


def test_a_log_in_between_does_not_begin_the_count_anew(hands):
    owner = a_reader()
    guess(OWNER, 3)
    Browser().sign_in("musashi.localhost")
    guess(OWNER, 1)
    assert told() == []

    guess(OWNER, 1)

    assert told() == [str(owner.pk)]


def test_slow_mistakes_are_told_to_nobody(hands):
    a_reader()
    for _ in range(6):
        guess(OWNER, 1)
        hands.now += 100

    assert told() == []


def test_the_owner_is_told_once_a_day_however_long_it_goes_on(hands):
    owner = a_reader()
    for number in range(6):
        guess(OWNER, 5, place=f"198.51.100.{number}")
        hands.now += 301
    assert told() == [str(owner.pk)]

    hands.now += DAY_S
    guess(OWNER, 5)

    assert told() == [str(owner.pk)] * 2


def test_for_an_address_that_is_nobody_s_as_much_is_recorded_and_nothing_sent(hands):
    guess("nobody@example.test", 5)

    assert told() == [""]
    handlers.warn_of_guesses(PasswordGuessed(user_id="", at=NIGHT))
    assert mail.outbox == []


def test_an_address_that_nobody_confirmed_is_nobody_s(hands):
    a_reader()
    EmailAddress.objects.update(verified=False)

    guesses.note_guesses(OWNER, at=NIGHT)

    assert told() == [""]


@pytest.mark.parametrize(
    ("title", "subject", "when"),
    [
        ("musashi", "Somebody tries to sign in", "at 2026-11-21 00:30 (Asia/Tokyo) somebody"),
        ("kinako", "ログインが繰り返し", "2026-11-21 00:30 (Asia/Tokyo) に"),
        (None, "Somebody tries to sign in", "at 2026-11-20 15:30 (UTC) somebody"),
    ],
)
def test_the_letter_is_in_the_language_and_time_of_the_title_joined_last(
    network, title, subject, when
):
    owner = a_reader()
    a_masthead("far", time_zone="America/New_York")
    if title:
        readers.join(owner, by_slug("far"), shown="Yes.", at=NIGHT - timedelta(days=2))
        readers.join(owner, by_slug(title), shown="Yes.", at=NIGHT - timedelta(days=1))

    handlers.warn_of_guesses(PasswordGuessed(user_id=str(owner.pk), at=NIGHT))

    (letter,) = mail.outbox
    assert letter.to == [OWNER]
    assert subject in letter.subject
    assert when in letter.body
    for path in ("/password/reset/", "/second-step/", "/log-ins/"):
        assert Browser().go(f"{ACCOUNT}{path}").status == 200
        assert f"http://account.localhost:8000{path}" in letter.body
    assert PASSWORD not in letter.body


def test_who_wants_no_mail_of_ours_and_who_is_gone_gets_none(network):
    owner = a_reader()
    MailStop.objects.create(address=OWNER, since=NIGHT)
    key = str(owner.pk)

    assert not guesses.tell_owner(key, at=NIGHT)
    owner.delete()
    assert not guesses.tell_owner(key, at=NIGHT)
    assert mail.outbox == []
