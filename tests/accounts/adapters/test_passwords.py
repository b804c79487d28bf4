"""How passwords are kept, and which are refused because others tried or leaked them."""

import threading

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import OperationalError

from dateline.accounts.adapters import passwords
from dateline.accounts.adapters.passwords import (
    Argon2id,
    NotKnownElsewhere,
    is_of_our_names,
)
from dateline.accounts.models import User
from tests.factories.newsroom import a_masthead
from tests.factories.people import a_reader

LEAKED = frozenset({"harbour-ferry-7"})


def leaked():
    """A list of an operator's own."""
    return LEAKED


def test_a_password_is_hashed_with_argon2id_in_19_mib_and_two_passes(product):
    encoded = make_password("harbour-ferry-7")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert isinstance(identify_hasher(encoded), Argon2id)
    assert check_password("harbour-ferry-7", encoded)
    assert not check_password("harbour-ferry-8", encoded)


def test_a_hash_of_the_first_edition_is_good_and_replaced(product):
    old = make_password("harbour-ferry-7", hasher="pbkdf2_sha256")
    stored = []

    assert check_password("harbour-ferry-7", old, stored.append)
    assert stored == ["harbour-ferry-7"]  # to be hashed anew


def test_two_hashes_are_computed_at_once_and_the_third_waits(product):
    for _ in range(passwords.AT_ONCE):
        passwords._SEATS.acquire()
    done = threading.Event()
    third = threading.Thread(target=lambda: (make_password("x"), done.set()))
    third.start()

    assert not done.wait(0.2)
    for _ in range(passwords.AT_ONCE):
        passwords._SEATS.release()
    assert done.wait(30)
    third.join()


@pytest.mark.parametrize("password", ["password", "PassWord", "iloveyou", "qwertyuiop"])
def test_a_password_that_everybody_uses_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert "password_known_elsewhere" in [error.code for error in refused.value.error_list]


def test_an_operator_may_add_lists_of_leaked_passwords(settings):
    validate_password("harbour-ferry-7")
    settings.DATELINE_KNOWN_PASSWORDS = (
        *settings.DATELINE_KNOWN_PASSWORDS,
        "tests.accounts.adapters.test_passwords.leaked",
    )

    with pytest.raises(ValidationError, match="too common"):
        validate_password("harbour-ferry-7")
    assert "commonly used" in NotKnownElsewhere().get_help_text()


@pytest.mark.parametrize("password", ["Example-2026!", "newsroom1999", "The.Musashi.Daily.1"])
def test_a_password_of_the_names_that_stand_on_the_page_is_refused(db, settings, password):
    settings.DATELINE_NETWORK_DOMAIN = "example.org"
    a_masthead("musashi", name="The Musashi Daily")

    with pytest.raises(ValidationError, match="too common"):
        validate_password(password, a_reader())


@pytest.mark.parametrize("password", ["harbour-musashi-ferry", "20261128-4711", "example.harbour"])
def test_a_name_among_other_words_and_a_number_alone_are_no_such_password(settings, password):
    settings.DATELINE_NETWORK_DOMAIN = "example.org"

    assert not is_of_our_names(password, ["The Musashi Daily"])


def test_the_first_password_of_all_needs_no_database(monkeypatch):
    def unable():
        raise OperationalError("unable to open database file")

    monkeypatch.setattr(passwords.mastheads, "all_mastheads", unable)

    validate_password("harbour-ferry-7", User(email="ana@example.test"))


@pytest.fixture
def product(settings):
    settings.PASSWORD_HASHERS = [
        "dateline.accounts.adapters.passwords.Argon2id",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
