"""What follows when lists change: pages with a box are made again; wishes find their list."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from dateline import clock
from dateline.accounts import models as account_models
from dateline.accounts.services import readers
from dateline.edge import keys
from dateline.mail.domain.states import Reason
from dateline.mail.services.suppression import suppress
from dateline.newsletters import models
from dateline.newsletters.domain.links import is_over
from dateline.newsletters.queries import desk, lists
from dateline.newsletters.services import keeping
from dateline.newsletters.services.keeping import Unfit
from tests.edge_watch import purged
from tests.factories.newsletters import TOLD, a_list, a_subscriber
from tests.factories.newsroom import a_masthead
from tests.factories.people import a_reader, an_editor_of_the_desk

pytestmark = pytest.mark.django_db

TERMS = keeping.Terms(
    slug="alerts", name="Alerts", about="When it matters.", rhythm="At once", kind="alerts",
    language="en", time_zone="Asia/Tokyo", sender_name="Musashi",
    sender_address="alerts@musashi.example",
)  # fmt: skip


@pytest.fixture
def ed(masthead):
    return an_editor_of_the_desk()


def test_a_changed_list_purges_the_pages_with_its_box(
    masthead, ed, django_capture_on_commit_callbacks
):
    other = a_masthead("kinako")
    with purged(django_capture_on_commit_callbacks) as own:
        keeping.add(masthead.pk, TERMS, by=ed.pk)
    with purged(django_capture_on_commit_callbacks) as everywhere:
        keeping.add(None, keeping.Terms(**{**_told(TERMS), "slug": "network"}), by=ed.pk)

    assert own == {(keys.letters(masthead.pk), "HARD")}
    assert {tag for tag, _ in everywhere} == {keys.letters(masthead.pk), keys.letters(other.pk)}


def _told(terms):
    return {name: getattr(terms, name) for name in terms.__slots__}


def test_a_wish_reaches_the_list_by_the_outbox(masthead, ed, told):
    rieko = a_reader()
    account_models.AlertWish.objects.create(
        user=rieko, masthead=masthead, address=rieko.email, shown="Yes.",
        invited_at=clock.now(), wished_at=clock.now(),
    )  # fmt: skip
    keeping.add(masthead.pk, TERMS, by=ed.pk)
    told()

    assert models.Subscription.objects.get().standing == "confirmed"


def test_a_wish_by_the_link_of_an_invitation_is_on_the_list_a_moment_later(masthead, ed, told):
    keeping.add(masthead.pk, TERMS, by=ed.pk)
    rieko = a_reader()
    assert readers.invite_to_alerts(str(rieko.pk), masthead.pk, at=clock.now())
    token = re.search(r"token=([^&\s]+)", mail.outbox[0].body)[1]
    for _ in range(2):
        readers.wish_for_alerts(token, shown="Yes.", at=clock.now())
    told()

    assert models.Subscription.objects.get().standing == "confirmed"
    assert models.Consent.objects.get().act == "wished"


@pytest.mark.parametrize(
    "change",
    [{"slug": "other"}, {"kind": "editions"}, {"time_zone": "Mars"}, {"sender_address": "no"}],
)
def test_what_stands_in_links_stays_and_what_nobody_knows_is_refused(masthead, ed, change):
    number = keeping.add(masthead.pk, TERMS, by=ed.pk)
    with pytest.raises(Unfit):
        keeping.change(number, keeping.Terms(**{**_told(TERMS), **change}), by=ed.pk)


def test_an_editor_needs_a_reason(morning, ana, ed):
    with pytest.raises(Unfit, match="Say why"):
        keeping.end_by_editor(morning.pk, ana.key, reason=" ", by=ed.pk)
    assert not keeping.end_by_editor(morning.pk, "no@example.test", reason="x", by=ed.pk)


def test_a_mastheads_alerts_are_not_offered_in_the_box(masthead, site):
    a_list(masthead, "alerts", kind="alerts")
    assert lists.box(site) is None


def test_a_minute_that_never_was_is_over():
    assert is_over(10**15, lives=clock.now() - clock.now(), at=clock.now())


def test_rows_name_themselves(morning, ana):
    change = models.AddressChange.objects.create(
        subscriber=ana, address="b@example.test", key="b@example.test", asked_at=clock.now()
    )
    ed = models.ListEditor.objects.create(user=a_reader(), masthead=None)
    rows = [ana, morning, models.Subscription.objects.get(), models.Consent.objects.get()]

    assert [str(row) for row in [*rows, change, ed]] == [
        "ana@example.test", "Musashi Morning", f"{morning.pk}/{ana.pk} confirmed",
        "confirmed ana@example.test morning", f"{ana.pk} to b@example.test",
        f"{ed.user_id} for the network",
    ]  # fmt: skip
    assert a_subscriber(address="x@example.test").turn == 0
    assert TOLD.by == ""


def test_growth_is_of_the_last_28_days_of_the_lists_own_clock(morning):
    for number, hours in enumerate((0, 1, 12, 27 * 24, 28 * 24)):
        who = a_subscriber(morning, address=f"r{number}@example.test")
        who.subscriptions.update(confirmed_at=clock.now() - timedelta(hours=hours))
    who.subscriptions.update(ended_at=clock.now())
    found = desk.growth(morning, at=clock.now())

    assert (len(found.days), found.days[-1].isoformat()) == (28, "2026-11-20")
    assert (found.come[-1], found.come[0], sum(found.come)) == (3, 1, 4)
    assert found.gone[-1] == 1


def test_an_address_that_takes_no_mail_any_more_is_on_no_list(masthead, morning, ana, told):
    alerts = a_list(masthead, slug="alerts", kind="alerts")
    a_subscriber(alerts, address=ana.address)
    suppress(ana.address, scope="", reason=Reason.BOUNCE, source="smtp", at=clock.now())
    told()

    ended = models.Subscription.objects.filter(subscriber=ana)
    assert {(row.standing, row.ended_why) for row in ended} == {("ended", "bounce")}
    proof = models.Consent.objects.filter(key=ana.key, act="ended")
    assert {row.where for row in proof} == {"its mail server"}


@pytest.mark.parametrize(("scope", "reason"), [("answers", Reason.BOUNCE), ("", Reason.REQUEST)])
def test_what_is_withheld_otherwise_ends_no_list(ana, told, scope, reason):
    suppress(ana.address, scope=scope, reason=reason, source="one click", at=clock.now())
    told()

    assert models.Subscription.objects.get(subscriber=ana).standing == "confirmed"


def test_a_suppression_of_nobody_here_ends_nothing(told):
    suppress("eva@example.test", scope="", reason=Reason.COMPLAINT, source="hook", at=clock.now())
    told()

    assert not models.Consent.objects.exists()
