"""Events of Resend that are signed: whole, lately, once, and with our secret."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from dateline.mail import models, views
from dateline.mail.domain import svix
from dateline.mail.domain.esps import EspRoute
from dateline.mail.domain.knocks import Knocks
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
KEY, OTHER = b"k" * 24, b"o" * 24
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
READER = "nobody@readers.example"


@pytest.fixture(autouse=True)
def resend(monkeypatch, settings):
    monkeypatch.setattr(views, "KNOCKS", Knocks())
    monkeypatch.setattr(views.clock, "now", lambda: NOON)
    settings.DATELINE_MAIL_ESP = EspRoute("resend", "key", "", "", "", SECRET)


def complaint(reader=READER):
    data = {"email_id": "56761188", "to": [reader], "headers": []}
    told = {"type": "email.complained", "created_at": NOON.isoformat(), "data": data}
    return json.dumps(told).encode()


def post(body, *, key=KEY, name="msg_1", at=NOON, before=(), **changes):
    stamp = str(int(at.timestamp()))
    signatures = [*before, f"v1,{svix.signature(key, name, stamp, body)}"]
    signed = {"svix-id": name, "svix-timestamp": stamp, "svix-signature": " ".join(signatures)}
    headers = {name: value for name, value in (signed | changes).items() if value is not None}
    return Client().post(
        "/mail/events/resend/", changes.pop("sends", body), content_type="application/json",
        headers={**headers, "Host": "account.localhost"},
    ).status_code  # fmt: skip


def test_what_is_signed_counts():
    assert post(complaint()) == 200

    assert is_withheld(READER)


def test_the_signature_is_that_of_the_standard():
    """The example of Svix's documentation."""
    key = svix.key_of("whsec_plJ3nmyCDGBKInavdOK15jsl")
    body = b'{"event_type":"ping","data":{"success":true}}'

    made = svix.signature(key, "msg_loFOjxBNrRLzqYUf", "1731705121", body)
    assert made == "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def test_while_a_secret_is_changed_there_are_two_signatures():
    assert post(complaint(), before=["v1,bm9uZQ==", "v1a,other"]) == 200

    assert is_withheld(READER)


@pytest.mark.parametrize(
    "given",
    [
        {"key": OTHER},
        {"at": NOON - timedelta(minutes=5, seconds=1)},
        {"at": NOON + timedelta(minutes=5, seconds=1)},
        {"svix-id": "msg_2"},
        {"svix-id": None},
        {"svix-timestamp": None},
        {"svix-timestamp": "٣"},
        {"svix-timestamp": "9" * 40},
        {"svix-timestamp": "1764417600.5"},
        {"svix-signature": None},
        {"svix-signature": "v1,"},
        {"svix-signature": "v1,é"},
        {"svix-signature": "v2,x"},
    ],
    ids=repr,
)
def test_what_is_not_is_refused_and_kept(given):
    assert post(complaint(), **given) == 403

    assert not is_withheld(READER)
    assert models.RefusedEvent.objects.get().is_proved is False


def test_a_body_that_was_changed_is_refused():
    assert post(complaint("somebody@readers.example"), sends=complaint()) == 403

    assert not is_withheld(READER)


def test_the_same_event_signed_anew_does_nothing_more():
    assert post(complaint()) == 200
    suppression.lift(READER, scope="", by="ana", at=NOON)
    assert post(complaint(), at=NOON + timedelta(minutes=4)) == 200

    assert not is_withheld(READER)
    assert models.RouteEvent.objects.count() == 1


def test_a_password_counts_for_nothing_where_events_are_signed():
    password = base64.b64encode(SECRET.encode()).decode()

    assert post(complaint(), key=OTHER, Authorization=f"Basic {password}") == 403
