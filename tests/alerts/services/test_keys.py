"""The key of web push is made once, and nobody reads it in a copy of the database."""

import pytest

from dateline.alerts import models
from dateline.alerts.adapters import sealing
from dateline.alerts.adapters.encryption import point_of
from dateline.alerts.services import keys
from tests.factories.alerts import NOON

pytestmark = pytest.mark.django_db


def test_it_is_made_once():
    assert keys.ensure(at=NOON) is True
    assert keys.ensure(at=NOON) is False

    assert keys._made(NOON) is False  # another process was faster
    row = models.PushKey.objects.get()
    signer = keys.signer()
    assert point_of(signer.key) == bytes(row.public)
    assert signer.contact.startswith("http")


def test_it_is_sealed_and_sealed_anew_when_the_signing_key_changes(settings):
    keys.ensure(at=NOON)
    before = point_of(keys.signer().key)
    stored = models.PushKey.objects.get().sealed
    assert keys.reseal() == 0

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-installation"
    assert keys.reseal() == 1
    settings.SECRET_KEY_FALLBACKS = []

    assert point_of(keys.signer().key) == before
    assert models.PushKey.objects.get().sealed != stored


def test_without_its_signing_key_it_says_what_is_missing(settings):
    keys.ensure(at=NOON)
    settings.SECRET_KEY = "another-key-of-this-installation"

    with pytest.raises(sealing.Unreadable, match="DATELINE_SECRET_KEY_FALLBACKS"):
        keys.signer()
