"""Wishes for alerts, and what an account's copy and end mean for its lists."""

from datetime import timedelta

import pytest

from dateline import clock
from dateline.accounts import models as account_models
from dateline.newsletters import models
from dateline.newsletters.domain.kinds import Ending, ListKind
from dateline.newsletters.events import NewsletterChanged
from dateline.newsletters.handlers import take_over_wishes
from dateline.newsletters.queries.holders import choose_token, holder_of_choose
from dateline.newsletters.services import ending, readers, wishes
from tests.factories.newsletters import TOLD, a_list, a_subscriber
from tests.factories.people import a_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def rieko(masthead):
    return a_reader()


def a_wish(user, masthead, **fields):
    return account_models.AlertWish.objects.create(
        user=user, masthead=masthead,
        **{
            "address": user.email, "shown": "Yes, send me news alerts.",
            "invited_at": clock.now() - timedelta(days=2),
            "wished_at": clock.now() - timedelta(days=1), **fields,
        },
    )  # fmt: skip


def on(masthead, slug="alerts"):
    return a_list(masthead, slug, kind=ListKind.ALERTS.value)


def changed(newsletter):
    take_over_wishes(
        NewsletterChanged(
            newsletter_id=newsletter.pk, masthead_id=newsletter.masthead_id, by="", at=clock.now()
        )
    )


def test_a_wish_puts_its_reader_on_the_mastheads_alerts_with_proof(masthead, rieko):
    alerts = on(masthead)
    a_wish(rieko, masthead)
    assert wishes.take(str(rieko.pk), masthead.pk, at=clock.now())
    assert not wishes.take(str(rieko.pk), masthead.pk, at=clock.now())
    row, proof = models.Subscription.objects.get(), models.Consent.objects.get()

    assert (row.newsletter, row.standing) == (alerts, "confirmed")
    assert (proof.act, proof.shown) == ("wished", "Yes, send me news alerts.")
    assert proof.proof["wished_at"] == "2026-11-19T03:00:00+00:00"
    assert models.Subscriber.objects.get().reader == rieko


def test_wishes_from_before_are_taken_over_once(masthead, rieko):
    a_wish(rieko, masthead)
    assert not wishes.take(str(rieko.pk), masthead.pk, at=clock.now())
    changed(on(masthead))
    assert models.Subscription.objects.get().standing == "confirmed"

    ending.end_for(rieko.email, why=Ending.REQUEST, told=TOLD, at=clock.now())
    changed(models.Newsletter.objects.get())
    assert models.Subscription.objects.get().standing == "ended"


def test_a_list_of_letters_and_the_networks_take_no_wishes_over(masthead, rieko, morning):
    a_wish(rieko, masthead)
    changed(morning)
    changed(on(None))

    assert models.Subscription.objects.count() == 0


def test_an_address_that_mail_cannot_be_sent_to_is_left_out(masthead, rieko):
    a_wish(rieko, masthead, address="nowhere")

    assert wishes.take_over(on(masthead).pk, at=clock.now()) == 0


def test_a_readers_copy_holds_lists_and_proofs(masthead, morning, rieko):
    a_subscriber(morning, address=rieko.email)
    told = readers.copy_of_letters(str(rieko.pk))

    assert [row["newsletter__name"] for row in told["lists"]] == ["Musashi Morning"]
    assert [row["act"] for row in told["consents"]] == ["confirmed"]
    assert told["subscribers"][0]["address"] == rieko.email


def test_the_end_of_an_account_ends_its_lists_and_keeps_the_proof(masthead, morning, rieko):
    who = a_subscriber(morning, address=rieko.email, name="Rieko", reader=rieko)
    assert readers.forget_letters(str(rieko.pk), "erase") == {"newsletters": 1}
    who.refresh_from_db()

    assert (who.reader, who.name) == (None, "")
    assert models.Subscription.objects.get().ended_why == "account"
    assert [row.act for row in models.Consent.objects.order_by("pk")] == [
        "confirmed", "ended", "forgotten",
    ]  # fmt: skip


def test_an_account_that_is_on_no_list_is_forgotten_quietly(masthead):
    nobody = a_reader(email="no@example.test")
    account_models.User.objects.filter(pk=nobody.pk).update(email="broken")

    assert readers.forget_letters(str(nobody.pk), "erase") == {"newsletters": 0}


def test_a_reader_comes_to_their_choices_by_their_account(site, rieko):
    token = readers.choices_of(rieko.pk, rieko.email, site=site, at=clock.now())
    who = holder_of_choose(token)

    assert (who.reader, who.language) == (rieko, site.language)
    assert token == choose_token(who)
