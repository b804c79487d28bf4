"""Ten thousand log-in tries from a hundred addresses: the limits hold exactly, the owner gets in.

A short seed of it runs in every suite. The clock of the limits is the test's own.
"""

import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from allauth.core import internal
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from dateline.accounts.models import LimitEntry
from dateline.accounts.signing_in import AccountAdapter
from tests.factories.newsroom import a_masthead
from tests.factories.people import ACCOUNT, PASSWORD, Browser, a_reader, code_in

OWNER = "rieko@example.test"
MUSASHI = "musashi.localhost"
WRONG = "wrong-one"
OF_AN_ACCOUNT, IN_S = 5, 300
OF_AN_ADDRESS, IN_A_MINUTE_S = 10, 60
TOO_MANY = "Too many failed login attempts"


class Attack:
    """Tries one after the other, or at once; `judged` are those whose password was compared."""

    def __init__(self, monkeypatch):
        self.now, self.judged, self.clients = 1_000_000.0, [], {}
        hands = SimpleNamespace(time=lambda: self.now, monotonic=time.monotonic, sleep=time.sleep)
        monkeypatch.setattr(internal.ratelimit, "time", hands)
        monkeypatch.setattr(AccountAdapter, "authentication_failed", self._note)

    def _note(self, request, **credentials):
        self.judged.append((self.now, request.META["REMOTE_ADDR"], credentials["email"]))

    def guess(self, address, account, password=WRONG, host=ACCOUNT):
        """One try; what the page says."""
        client = self.clients.setdefault(address, Client(REMOTE_ADDR=address))
        fields = {"login": account, "password": password}
        return client.post("/login/", fields, headers={"host": host})

    def goes_on(self, tries, addresses, seconds, account):
        """`tries` from as many addresses in turn, evenly over `seconds`."""
        for number in range(tries):
            place = number % addresses
            self.guess(f"198.51.{place // 250}.{place % 250 + 1}", account(number))
            self.now += seconds / tries


def most_within(window, tries, part):
    """For each account, or address, the most tries that were judged within `window` seconds."""
    moments = defaultdict(list)
    for one in tries:
        moments[one[part]].append(one[0])
    return {
        name: max(sum(start <= at < start + window for at in found) for start in found)
        for name, found in moments.items()
    }


@pytest.fixture
def attack(network, monkeypatch):
    return Attack(monkeypatch)


@pytest.mark.soak
@pytest.mark.django_db
def test_one_account_is_tried_five_times_in_five_minutes_and_its_owner_gets_in(attack, soaking):
    a_reader()
    at_home = Browser("203.0.113.7").sign_in(MUSASHI)
    tries, addresses, seconds = (10_000, 100, 3_600) if soaking else (200, 20, 720)

    attack.goes_on(tries, addresses, seconds, lambda _: OWNER)

    assert len(attack.judged) == -(-seconds // IN_S) * OF_AN_ACCOUNT
    assert most_within(IN_S, attack.judged, part=2) == {OWNER: OF_AN_ACCOUNT}
    assert at_home.me()["signed_in"]
    attack.guess("198.51.100.9", OWNER)
    owner = Browser("203.0.113.8").go(f"{ACCOUNT}/login/").send(login=OWNER, password=PASSWORD)
    assert owner.says(TOO_MANY)
    owner.go(f"{ACCOUNT}/login/code/").send(email=OWNER)
    assert owner.send(code=code_in(mail.outbox[-1])).path == f"{ACCOUNT}/"


@pytest.mark.soak
@pytest.mark.django_db
def test_each_address_is_heard_ten_times_a_minute_whatever_account_it_tries(attack, soaking):
    tries, addresses, minutes = (10_000, 100, 5) if soaking else (120, 3, 2)

    attack.goes_on(tries, addresses, minutes * 60, lambda number: f"r{number}@example.test")

    assert len(attack.judged) == addresses * minutes * OF_AN_ADDRESS
    heard = most_within(IN_A_MINUTE_S, attack.judged, part=1)
    assert (len(heard), set(heard.values())) == (addresses, {OF_AN_ADDRESS})
    assert set(Counter(account for _, _, account in attack.judged).values()) == {1}


@pytest.mark.django_db
def test_a_new_password_opens_a_locked_account_for_its_owner(attack):
    a_reader()
    attack.goes_on(12, 12, 6, lambda _: OWNER)
    assert len(attack.judged) == OF_AN_ACCOUNT

    owner = Browser("203.0.113.8").go(f"{ACCOUNT}/password/reset/").send(email=OWNER)
    owner.send(code=code_in(mail.outbox[-1]))
    owner.send(password1="new-ferry-778899", password2="new-ferry-778899")
    elsewhere = Browser("203.0.113.9").go(f"{ACCOUNT}/login/")
    elsewhere.send(login=OWNER, password="new-ferry-778899")

    assert elsewhere.path == f"{ACCOUNT}/"


@pytest.mark.django_db
def test_who_signs_in_rightly_is_not_counted_with_who_guesses(attack):
    a_reader()

    for number in range(OF_AN_ACCOUNT * 2):
        answer = attack.guess(f"203.0.113.{number}", OWNER, PASSWORD)
        assert answer.status_code == 302

    assert attack.judged == []


@pytest.mark.django_db
def test_no_letter_case_and_no_space_makes_another_account_of_one(attack):
    a_reader()

    for number, written in enumerate(
        [OWNER, OWNER.upper(), f" {OWNER} ", "Rieko@Example.test"] * 3
    ):
        attack.guess(f"198.51.100.{number}", written)

    assert len(attack.judged) == OF_AN_ACCOUNT


@pytest.mark.django_db
def test_no_other_way_to_write_our_host_makes_another_count(attack):
    a_reader()

    for number, host in enumerate(
        [ACCOUNT, ACCOUNT.upper(), *(f"{ACCOUNT}:{n}" for n in range(10))]
    ):
        attack.guess(f"198.51.100.{number}", OWNER, host=host)

    assert len(attack.judged) == OF_AN_ACCOUNT


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_counted_one_by_one(settings, monkeypatch):
    settings.MIDDLEWARE = settings.PRODUCT_MIDDLEWARE
    cache.clear()
    a_masthead("musashi")
    a_reader()
    attack = Attack(monkeypatch)

    def guess(number):
        try:
            return attack.guess(f"198.51.100.{number}", OWNER).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(guess, range(24)))
    for number in range(100, 106):  # whoever waited too long for the count was refused
        guess(number)

    assert set(answers) == {200}
    assert len(attack.judged) == OF_AN_ACCOUNT
    assert LimitEntry.objects.filter(cache_key__contains="login_failed").exists()
