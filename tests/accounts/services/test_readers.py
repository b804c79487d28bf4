"""What a reader decides: a name, the titles to join, the alerts to wish for."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail, signing

from dateline.accounts import handlers, queries
from dateline.accounts.domain.names import NameRefused
from dateline.accounts.events import ReaderJoined
from dateline.accounts.models import AlertWish, Membership
from dateline.accounts.services import readers
from dateline.mastheads.queries import by_slug
from dateline.outbox import services as outbox
from tests.factories.newsroom import a_masthead
from tests.factories.people import ACCOUNT, Browser, a_reader

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_name_is_stored_as_it_is_shown_and_as_it_looks(reader):
    assert readers.set_display_name(reader, " Rieko  A. ", at=NOON) == "Rieko A."

    reader.refresh_from_db()
    assert (reader.display_name, reader.display_name_folded) == ("Rieko A.", "riekoa")
    assert reader.get_display_name() == "Rieko A."


def test_a_name_that_looks_like_somebody_s_is_taken(reader):
    readers.set_display_name(a_reader("jun@example.test"), "Marnie", at=NOON)

    with pytest.raises(NameRefused) as refused:
        readers.set_display_name(reader, "Mamie", at=NOON)

    assert (refused.value.reason, refused.value.facts) == ("name_taken", {"found": "Mamie"})
    reader.refresh_from_db()
    assert reader.display_name is None


def test_the_name_of_a_title_is_nobody_s(reader):
    a_masthead("musashi", name="The Musashi Daily")

    with pytest.raises(NameRefused) as refused:
        readers.set_display_name(reader, "The Musashi Dai1y", at=NOON)

    assert refused.value.reason == "name_reserved"


def test_a_name_changes_every_fourteen_days_and_the_same_one_is_no_change(reader):
    readers.set_display_name(reader, "Rieko", at=NOON)
    assert readers.set_display_name(reader, "Rieko", at=NOON + DAY) == "Rieko"

    with pytest.raises(NameRefused) as refused:
        readers.set_display_name(reader, "Nami", at=NOON + 14 * DAY - timedelta(seconds=1))
    assert refused.value.facts == {"at": NOON + 14 * DAY}
    assert readers.set_display_name(reader, "Nami", at=NOON + 14 * DAY) == "Nami"


def test_joining_keeps_the_words_and_the_moment_of_the_first_time(reader, site):
    readers.join(reader, site, shown="I agree.", at=NOON)
    readers.join(reader, site, shown="Other words.", at=NOON + DAY)

    member = Membership.objects.get()
    assert (member.shown, member.joined_at) == ("I agree.", NOON)
    assert queries.is_member(reader, site.id)
    readers.leave_site(reader, site.id)
    assert not queries.is_member(reader, site.id)


def test_who_joins_is_invited_to_alerts_once_and_subscribed_to_nothing(reader, site):
    readers.join(reader, site, shown="I agree.", at=NOON)

    outbox.deliver_due()

    (letter,) = mail.outbox
    assert letter.to == ["rieko@example.test"]
    assert letter.subject == "News alerts of The Musashi Daily, if you want them"
    assert not AlertWish.objects.exists()


def test_the_link_records_the_wish_with_its_proof_when_the_button_is_pressed(reader, site):
    assert readers.invite_to_alerts(str(reader.pk), site.id, at=NOON)
    browser = Browser().go(link_in(mail.outbox[0]))
    assert browser.title == "News alerts of The Musashi Daily"
    assert not AlertWish.objects.exists()  # mail scanners follow links too

    browser.send()
    again = Browser().go(link_in(mail.outbox[0])).send()

    assert (browser.title, again.status) == ("We noted your wish", 200)
    wish = AlertWish.objects.get()
    assert (wish.user, wish.address) == (reader, "rieko@example.test")
    assert (wish.invited_at, wish.masthead_id) == (NOON, site.id)
    assert wish.shown.startswith("Yes, send me news alerts of The Musashi Daily")
    assert wish.wished_at > NOON
    assert not readers.invite_to_alerts(str(reader.pk), site.id, at=NOON + DAY)


@pytest.mark.parametrize("fault", ["cut", "address", "masthead", "forged"])
def test_a_link_that_does_not_hold_subscribes_nothing(reader, site, fault):
    readers.invite_to_alerts(str(reader.pk), site.id, at=NOON)
    token = re.search(r"token=([^&\s]+)", mail.outbox[0].body)[1]
    if fault == "cut":
        token = token[:-2]
    elif fault == "address":
        reader.email = "new@example.test"
        reader.save()
    else:
        salt = readers.SALT if fault == "masthead" else "another"
        told = {"user": str(reader.pk), "masthead": 99, "address": reader.email, "at": "x"}
        token = signing.dumps(told, salt=salt)

    browser = Browser().go(f"{ACCOUNT}/alerts/?token={token}")

    assert (browser.status, browser.title) == (410, "This invitation cannot be used any more")
    with pytest.raises(readers.InvitationRefused):
        readers.wish_for_alerts(token, shown="Yes.", at=NOON)
    assert not AlertWish.objects.exists()


def test_nobody_is_invited_who_is_gone_or_to_what_is_gone(reader, site):
    assert not readers.invite_to_alerts(str(reader.pk), 99, at=NOON)
    reader.is_active = False
    reader.save()

    handlers.invite(ReaderJoined(user_id=str(reader.pk), masthead_id=site.id, at=NOON))

    assert not mail.outbox


def test_a_japanese_title_writes_japanese(reader):
    a_masthead("kinako", name="きなこ", language="ja")

    readers.invite_to_alerts(str(reader.pk), by_slug("kinako").id, at=NOON)

    assert mail.outbox[0].subject == "きなこの速報のご案内"
    browser = Browser().go(link_in(mail.outbox[0]))
    assert (browser.page.get("lang"), browser.title) == ("ja", "きなこの速報")


def link_in(letter):
    return re.search(r"http://account\S+", letter.body)[0]


@pytest.fixture
def reader():
    return a_reader()


@pytest.fixture
def site():
    a_masthead("noise")
    a_masthead("musashi", name="The Musashi Daily")
    return by_slug("musashi")
