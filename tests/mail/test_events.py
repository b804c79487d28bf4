"""What an ESP tells: proved first, taken in once, and never an error for what nobody knows."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from dateline.mail import models, views
from dateline.mail.domain.esps import EspRoute
from dateline.mail.domain.knocks import Knocks, group_of
from dateline.mail.domain.states import Fate, Reason
from dateline.mail.domain.told import Kind, Told
from dateline.mail.queries import mailings as queries
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import hearing, mailings, suppression
from dateline.mail.services.mailings import Recipient
from tests.mail.begun import LETTER, R1, R2
from tests.mail.test_command import said

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SECRET = "user:of-16-characters"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(views, "KNOCKS", Knocks())
    monkeypatch.setattr(views.clock, "now", lambda: NOON)


@pytest.fixture
def mailing():
    made = mailings.freeze(
        "newsletters.edition:1", scope="newsletter:3", envelope_from="b@musashi.test",
        letters=[LETTER], audience=[Recipient(R1, 1), Recipient(R2, 2)], at=NOON,
    )  # fmt: skip
    mailings.start(made, at=NOON)
    return made


class Postmark:
    """As https://postmarkapp.com/developer/webhooks has them."""

    name = "postmark"

    def told(self, mailing, record, number=1, to=R1, **more):
        when = {"Delivery": "DeliveredAt", "Bounce": "BouncedAt", "SpamComplaint": "BouncedAt"}
        return {
            "RecordType": record, "MessageID": "883953f4", "ServerID": 23, "Recipient": to,
            "Email": to, when.get(record, "ChangedAt"): NOON.isoformat(),
            "Metadata": {"dateline": f"m{mailing}.{number}@localhost"}, "NewField": {"x": [1]},
        } | more  # fmt: skip

    def delivered(self, mailing, **more):
        return self.told(mailing, "Delivery", Details="250 kept", **more)

    def bounced(self, mailing, **more):
        return self.told(mailing, "Bounce", Type="HardBounce", ID=42, Details="550 nobody", **more)

    def put_off(self, mailing, **more):
        return self.told(mailing, "Bounce", Type="Transient", ID=43, Details="452 full", **more)

    def complained(self, mailing, **more):
        return self.told(mailing, "SpamComplaint", Type="SpamComplaint", ID=44, **more)

    def unsubscribed(self, mailing, **more):
        return self.told(
            mailing, "SubscriptionChange", SuppressSending=True,
            SuppressionReason="ManualSuppression", **more,
        )  # fmt: skip


class Resend:
    """As https://resend.com/docs/dashboard/webhooks/event-types has them."""

    name = "resend"

    def told(self, mailing, kind, number=1, to=R1, **more):
        metadata = json.dumps({"dateline": f"m{mailing}.{number}@localhost"})
        headers = [{"name": "X-Metadata", "value": metadata}]
        data = {"email_id": "56761188", "to": [to], "headers": headers, "newField": 1} | more
        return {"type": f"email.{kind}", "created_at": NOON.isoformat(), "data": data}

    def delivered(self, mailing, **more):
        return self.told(mailing, "delivered", **more)

    def bounced(self, mailing, **more):
        told = "The recipient's email provider sent a hard bounce message, nobody."
        return self.told(mailing, "bounced", bounce={"message": told, "type": "Permanent"}, **more)

    def put_off(self, mailing, **more):
        return self.told(mailing, "delivery_delayed", **more)

    def complained(self, mailing, **more):
        return self.told(mailing, "complained", **more)


class Mailgun:
    """As https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks has them."""

    name = "mailgun"

    def told(self, mailing, kind, number=1, to=R1, **more):
        event = {
            "event": kind, "timestamp": NOON.timestamp(), "id": "CPgf", "recipient": to,
            "user-variables": {"dateline": f"m{mailing}.{number}@localhost"}, "new-field": [],
        } | more  # fmt: skip
        return {"signature": signed(f"token-{kind}-{number}"), "event-data": event}

    def delivered(self, mailing, **more):
        return self.told(mailing, "delivered", **more)

    def bounced(self, mailing, **more):
        status = {"message": "550 nobody", "code": 550}
        return self.told(
            mailing, "failed", severity="permanent", reason="bounce",
            **({"delivery-status": status} | more),
        )  # fmt: skip

    def put_off(self, mailing, **more):
        return self.told(mailing, "failed", severity="temporary", reason="generic", **more)

    def complained(self, mailing, **more):
        return self.told(mailing, "complained", **more)

    def unsubscribed(self, mailing, **more):
        return self.told(mailing, "unsubscribed", **more)


def signed(token, at=NOON, key=SECRET):
    stamp = str(int(at.timestamp()))
    told = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    return {"timestamp": stamp, "token": token, "signature": told}


def basic(secret):
    return "Basic " + base64.b64encode(secret.encode()).decode()


def post(esp, told, *, secret=SECRET, **given):
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    digest = "svix_" + hashlib.sha256(body).hexdigest()
    headers = {"Authorization": basic(secret), "svix-id": digest, "Host": "account.localhost"}
    client = Client(raise_request_exception=True)
    path = given.pop("path", f"/mail/events/{esp}/")
    return client.post(path, body, content_type="application/json", headers=headers, **given)


@pytest.fixture(params=[Postmark, Resend, Mailgun], ids=lambda one: one.name)
def esp(request, settings):
    settings.DATELINE_MAIL_ESP = EspRoute(request.param.name, "key", "", "mg.test", "", SECRET)
    return request.param()


@pytest.fixture
def tell(esp):
    return lambda told, **given: post(esp.name, told, **given)


def row(number=1):
    return models.Entry.objects.get(number=number)


def test_delivered_stands_in_the_ledger(esp, tell, mailing):
    assert tell(esp.delivered(mailing)).status_code == 200

    assert row().delivered_at == NOON
    assert row().bounced_at is None
    assert row(2).delivered_at is None
    assert not models.RefusedEvent.objects.exists()


def test_a_hard_bounce_suppresses_all_mail_to_its_address(esp, tell, mailing):
    tell(esp.bounced(mailing))

    assert row().bounced_at == NOON
    assert "nobody" in row().told
    found = models.Suppression.objects.get()
    assert (found.address, found.scope, found.reason) == (R1, "", "bounce")
    assert found.source == esp.name


def test_a_soft_bounce_is_counted_and_suppresses_nothing(esp, tell, mailing):
    tell(esp.put_off(mailing))
    tell(esp.put_off(mailing, number=2, to=R2) | {"ID": 99})

    assert (row().soft_bounces, row(2).soft_bounces) == (1, 1)
    assert row().bounced_at is None
    assert not is_withheld(R1)


def test_a_complaint_suppresses_all_mail_to_its_address(esp, tell, mailing):
    tell(esp.complained(mailing))

    assert row().complained_at == NOON
    assert models.Suppression.objects.get().reason == "complaint"


def test_an_unsubscription_at_the_esp_is_one_from_that_list(esp, tell, mailing):
    if esp.name == "resend":  # it has no such event
        return
    tell(esp.unsubscribed(mailing))

    found = models.Suppression.objects.get()
    assert (found.scope, found.reason) == ("newsletter:3", "request")


def test_the_unknown_are_settled_by_what_is_told(esp, tell, mailing):
    models.Entry.objects.update(fate="unknown", settled_at=NOON)
    models.Stretch.objects.update(unknown=2, next_at=None)
    tell(esp.delivered(mailing))

    assert queries.fate_of(mailing, R1) is Fate.SENT
    assert queries.fate_of(mailing, R2) is Fate.UNKNOWN
    told = queries.progress(mailing)
    assert (told.sent, told.unknown) == (1, 1)
    assert [doubt.address for doubt in queries.in_doubt(mailing)] == [R2]


def test_the_same_event_does_nothing_when_it_comes_again(esp, tell, mailing):
    told = esp.bounced(mailing)
    assert tell(told).status_code == 200
    suppression.lift(R1, scope="", by="ana", at=NOON)
    assert tell(told).status_code == 200

    assert not is_withheld(R1)
    assert models.RouteEvent.objects.count() == 1


def test_a_soft_bounce_that_is_told_twice_is_counted_once(esp, tell, mailing):
    told = esp.put_off(mailing)
    for _ in range(3):
        assert tell(told).status_code == 200

    assert row().soft_bounces == 1


def test_what_happened_before_somebody_lifted_it_suppresses_nothing(esp, tell, mailing):
    source = {"scope": "", "reason": Reason.BOUNCE, "source": "smtp", "at": NOON}
    suppression.suppress(R1, **source)
    suppression.lift(R1, scope="", by="ana", at=NOON + timedelta(seconds=1))
    tell(esp.bounced(mailing))

    assert not is_withheld(R1)
    assert row().bounced_at == NOON


@pytest.mark.parametrize("secret", ["user:of-16-characterz", "", ":", "üser:x"])
def test_a_forged_event_changes_nothing_and_is_kept(esp, mailing, secret):
    told = esp.bounced(mailing)
    if esp.name == "mailgun":
        told["signature"]["signature"] = hashlib.sha256(secret.encode()).hexdigest()
    assert post(esp.name, told, secret=secret).status_code == 403

    assert row().bounced_at is None
    assert not is_withheld(R1)
    kept = models.RefusedEvent.objects.get()
    assert kept.is_proved is False
    assert json.loads(kept.body) == told
    assert str(kept).startswith(f"{esp.name} 2026-11-29 12:00:00 ")


def test_who_forges_again_and_again_is_not_heard_for_a_while(esp, tell, mailing):
    forged = b"{}" if esp.name == "mailgun" else esp.bounced(mailing)
    said = [post(esp.name, forged, secret="x:y").status_code for _ in range(12)]

    assert said == [403] * 10 + [429] * 2
    assert tell(esp.delivered(mailing)).status_code == 429
    assert tell(esp.delivered(mailing), REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"type": 5}'],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_kept_and_never_an_error(esp, body):
    assert post(esp.name, body).status_code in {200, 403}

    assert not models.Suppression.objects.exists()
    kept = models.RefusedEvent.objects.first()
    assert kept is None or bytes(kept.body) == body[: hearing.LONGEST_BODY]


@pytest.mark.parametrize("late", [timedelta(days=61), -timedelta(hours=1)])
def test_an_event_of_long_ago_or_of_tomorrow_is_kept_and_changes_nothing(
    esp, mailing, late, monkeypatch
):
    told = esp.bounced(mailing)
    now = NOON + late
    monkeypatch.setattr(views.clock, "now", lambda: now)
    if esp.name == "mailgun":
        told["signature"] = signed("later", at=now)
    assert post(esp.name, told).status_code == 200

    assert row().bounced_at is None
    assert models.RefusedEvent.objects.get().is_proved is True


def test_an_event_that_is_late_still_counts(esp, mailing, monkeypatch):
    told = esp.bounced(mailing)
    now = NOON + timedelta(days=30)
    monkeypatch.setattr(views.clock, "now", lambda: now)
    if esp.name == "mailgun":
        told["signature"] = signed("later", at=now)
    post(esp.name, told)

    assert row().bounced_at == NOON


def test_one_that_names_another_reader_or_no_mail_at_all_is_kept(esp, tell, mailing):
    tell(esp.bounced(mailing, to=R2))
    tell(esp.delivered(mailing, number=77))

    whys = set(models.RefusedEvent.objects.values_list("why", flat=True))
    assert whys == {
        f"Mail 1 of mailing {mailing} went to somebody else.",
        f"There is no mail 77 of mailing {mailing}.",
    }
    assert not is_withheld(R2)


def test_one_event_that_is_refused_keeps_no_other_of_its_request_back(esp, tell, monkeypatch):
    def told(key, at):
        return Told(key=key, kind=Kind.COMPLAINED, at=at, address=f"{key}@readers.example")

    events = [told("a", NOON - timedelta(days=99)), told("b", NOON), told("c", NOON)]
    monkeypatch.setattr(views, "read", lambda *_, **__: events)

    assert tell(esp.complained(1)).status_code == 200

    assert [is_withheld(one.address) for one in events] == [False, True, True]
    assert "more than 60 days ago" in models.RefusedEvent.objects.get().why


def test_a_bounce_of_a_mail_that_is_none_of_a_mailing_suppresses_too(esp, tell):
    told = json.loads(json.dumps(esp.bounced(1)).replace("m1.1@localhost", "other@localhost"))
    tell(told)

    assert is_withheld(R1)


def test_one_for_nobody_changes_nothing(esp, tell):
    told = json.loads(json.dumps(esp.bounced(1, to="")).replace("m1.1@localhost", ""))
    assert tell(told).status_code == 200
    assert not models.Suppression.objects.exists()


def test_it_takes_no_more_than_it_can_read(esp, tell):
    assert tell(b" " * (views.LONGEST + 1)).status_code == 413


def test_it_says_that_it_is_there_and_shows_nothing(esp, client):
    path = f"/mail/events/{esp.name}/"
    assert client.head(path, headers={"Host": "account.localhost"}).status_code == 200
    assert client.get(path, headers={"Host": "account.localhost"}).status_code == 405


def test_without_a_secret_or_of_another_esp_there_is_no_such_address(esp, tell, settings):
    assert tell({}, path="/mail/events/sendgrid/").status_code == 404
    settings.DATELINE_MAIL_ESP = EspRoute(esp.name, "key")
    assert tell({}).status_code == 404
    settings.DATELINE_MAIL_ESP = None
    assert tell({}).status_code == 404


def test_what_was_signed_days_ago_proves_nothing(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("mailgun", "key", "", "mg.test", "", SECRET)
    told = Mailgun().bounced(mailing)
    told["signature"] = signed("old", at=NOON - timedelta(days=3))

    assert post("mailgun", told).status_code == 403


def test_a_signature_of_mailgun_serves_once_whatever_stands_below_it(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("mailgun", "key", "", "mg.test", "", SECRET)
    told = Mailgun().delivered(mailing)
    post("mailgun", told)
    forged = Mailgun().bounced(mailing, number=2, to=R2) | {"signature": told["signature"]}
    post("mailgun", forged)

    assert not is_withheld(R2)


def test_a_soft_bounce_that_is_the_end_of_that_mail_is_both(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("postmark", "key", "", "", "", SECRET)
    post("postmark", Postmark().bounced(mailing) | {"Type": "SoftBounce"})

    assert (row().soft_bounces, row().bounced_at) == (1, NOON)
    assert not is_withheld(R1)


def test_what_the_esp_did_not_even_try_is_refused(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("postmark", "key", "", "", "", SECRET)
    models.Entry.objects.update(fate="unknown", settled_at=NOON)
    models.Stretch.objects.update(unknown=2, next_at=None)
    post("postmark", Postmark().bounced(mailing) | {"Type": "BadEmailAddress"})

    assert queries.fate_of(mailing, R1) is Fate.REFUSED
    assert queries.progress(mailing).refused == 1
    assert is_withheld(R1)


def test_an_opening_is_none_of_our_concern(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("postmark", "key", "", "", "", SECRET)
    assert post("postmark", Postmark().told(mailing, "Open")).status_code == 200
    assert row().delivered_at is None


def test_the_earliest_time_stays(settings, mailing):
    settings.DATELINE_MAIL_ESP = EspRoute("postmark", "key", "", "", "", SECRET)
    early = "2026-11-29T11:00:00"  # without an offset: UTC
    post("postmark", Postmark().delivered(mailing))
    post("postmark", Postmark().delivered(mailing) | {"DeliveredAt": early})
    post("postmark", Postmark().delivered(mailing) | {"DeliveredAt": NOON.isoformat(), "Tag": "x"})

    assert row().delivered_at == NOON - timedelta(hours=1)


def test_strangers_cannot_push_out_what_is_kept(monkeypatch):
    monkeypatch.setattr(hearing, "KEPT_OTHERS", 2)
    hearing.keep("resend", b"ours", why="x", is_proved=True, at=NOON)
    for number in range(4):
        hearing.keep("resend", b"%d" % number, why="x", is_proved=False, at=NOON)

    kept = {bytes(one) for one in models.RefusedEvent.objects.values_list("body", flat=True)}
    assert kept == {b"ours", b"2", b"3"}


def test_what_is_too_old_to_come_again_is_forgotten():
    rows = [("old", NOON - timedelta(days=91)), ("new", NOON)]
    for key, at in rows:
        models.RouteEvent.objects.create(
            esp="resend", key=key, kind="delivered", happened_at=at, received_at=at
        )
    hearing.keep("resend", b"x", why="x", is_proved=True, at=NOON - timedelta(days=91))
    assert hearing.prune() == 1
    assert not models.RefusedEvent.objects.exists()
    assert str(models.RouteEvent.objects.get()) == "resend delivered new"


@pytest.mark.parametrize(
    ("address", "group"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::"), ("", "")],
)
def test_whoever_has_a_network_of_their_own_is_one(address, group):
    assert group_of(address) == group


def test_addresses_that_knock_are_not_remembered_without_end(monkeypatch):
    monkeypatch.setattr("dateline.mail.domain.knocks.REMEMBER_AT_MOST", 3)
    knocks = Knocks(burst=1.0, per_s=0.1)
    for name in "abcd":
        knocks.failed(name, 0.0)

    assert len(knocks.left) == 1
    assert not knocks.may("d", 1.0)
    assert knocks.may("d", 10.0)


def test_the_operator_reads_what_was_refused(esp):
    post(esp.name, b"\xffno", secret=SECRET if esp.name == "mailgun" else "no:one")

    (told,) = json.loads(said("refused"))
    assert (told["esp"], told["is_proved"], told["body"]) == (esp.name, False, "\\xffno")
    assert json.loads(said("refused", "--last", "0")) == []
