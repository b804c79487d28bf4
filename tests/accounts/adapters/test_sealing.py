"""Secrets of second steps cannot be read without the signing key."""

import pytest
from structlog.testing import capture_logs

from dateline.accounts.adapters import sealing


def test_what_is_sealed_can_be_read_again_and_tells_nothing(settings):
    sealed = sealing.seal("JBSWY3DPEHPK3PXP")

    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert sealing.seal("JBSWY3DPEHPK3PXP") != sealed
    assert sealing.unseal(sealed) == "JBSWY3DPEHPK3PXP"
    assert sealing.is_of_now(sealed)


def test_an_earlier_key_opens_it_while_it_is_named(settings):
    sealed = sealing.seal("secret")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    assert sealing.unseal(sealed) == "secret"
    assert (sealing.is_of_now(sealed), sealing.is_readable(sealed)) == (False, True)


def test_without_its_key_no_code_is_ever_right_and_the_log_says_why(settings):
    sealed = sealing.seal("secret")
    settings.SECRET_KEY = "another key"

    with capture_logs() as lines:
        found = {sealing.unseal(sealed) for _ in range(2)}

    assert len(found) == 2
    assert "secret" not in found
    assert lines[0]["event"] == "second_step_unreadable"
    assert not sealing.is_readable(sealed)


@pytest.mark.parametrize("stored", ["JBSWY3DPEHPK3PXP", ""])
def test_what_an_earlier_edition_stored_is_read_as_it_is(stored):
    assert sealing.unseal(stored) == stored
    assert (sealing.is_of_now(stored), sealing.is_readable(stored)) == (False, True)
