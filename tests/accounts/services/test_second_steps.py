"""Second steps are sealed with the key of now, whatever they were stored with."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from dateline.accounts.adapters import sealing
from dateline.accounts.services import second_steps
from tests.factories.people import APP, a_reader

pytestmark = pytest.mark.django_db


def test_an_app_and_recovery_codes_are_stored_sealed():
    reader, secret = a_reader(), APP.generate_totp_secret()
    APP.TOTP.activate(reader, secret)
    codes = RecoveryCodes.activate(reader).get_unused_codes()

    stored = [str(one.data) for one in Authenticator.objects.all()]
    assert not any(word in text for text in stored for word in (secret, *codes))
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))
    assert second_steps.reseal() == 0


def test_what_an_earlier_edition_stored_is_sealed_and_works():
    reader, secret = a_reader(), APP.generate_totp_secret()
    Authenticator.objects.create(user=reader, type="totp", data={"secret": secret})
    Authenticator.objects.create(
        user=reader, type="recovery_codes", data={"migrated_codes": ["12345678"], "used_mask": 0}
    )

    assert second_steps.reseal() == 2

    assert secret not in str(Authenticator.objects.get(type="totp").data)
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))
    recovery = Authenticator.objects.get(type="recovery_codes")
    assert "12345678" not in str(recovery.data)
    assert recovery.wrap().get_unused_codes() == ["12345678"]


def test_after_a_new_key_everything_is_sealed_anew(settings):
    reader, secret = a_reader(), APP.generate_totp_secret()
    APP.TOTP.activate(reader, secret)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"

    assert second_steps.reseal() == 1
    settings.SECRET_KEY_FALLBACKS = []

    (row,) = Authenticator.objects.all()
    assert sealing.is_of_now(row.data["secret"])
    assert row.wrap().validate_code(code_of(secret))


def test_what_no_named_key_opens_stays_until_it_is_named_again(settings):
    APP.TOTP.activate(a_reader(), APP.generate_totp_secret())
    (before,) = Authenticator.objects.values_list("data", flat=True)
    settings.SECRET_KEY = "another key"

    assert second_steps.reseal() == 0

    assert Authenticator.objects.get().data == before


def test_a_passkey_and_a_row_that_is_gone_are_no_matter():
    Authenticator.objects.create(user=a_reader(), type="webauthn", data={"credential": {}})

    assert second_steps.reseal() == 0
    assert second_steps._reseal(0) is False


def code_of(secret):
    counter = next(APP.yield_hotp_counters_from_time())
    return APP.format_hotp_value(APP.hotp_value(secret, counter))
