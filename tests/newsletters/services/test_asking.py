"""Signing up: the address is typed, a mail asks its owner, and its link says yes."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from dateline import clock
from dateline.mail.domain.addresses import AddressRefused
from dateline.mail.domain.states import Reason
from dateline.mail.queries.suppression import is_withheld
from dateline.mail.services import suppression
from dateline.newsletters import models
from dateline.newsletters.domain.errors import LinkVoid, NoSuchList
from dateline.newsletters.domain.kinds import Ending
from dateline.newsletters.domain.links import scope_of
from dateline.newsletters.services import asking, ending
from tests.factories.newsletters import TOLD, a_confirm_token, a_list, a_subscriber

ANA = "Ana@example.test"


def ask(site, *slugs, address=ANA):
    return asking.ask(address, site=site, slugs=slugs, told=TOLD, at=clock.now())


def token_in(letter):
    return re.search(r"/confirm/([^/]+)/", letter.body)[1]


def test_a_sign_up_asks_the_owner_and_the_link_says_yes(site, morning, told):
    assert ask(site, "morning") == ANA
    assert mail.outbox == []
    told()
    (letter,) = mail.outbox
    asked = asking.asked_of(token_in(letter), at=clock.now())
    standing = models.Subscription.objects.get()

    assert (letter.to, letter.subject) == ([ANA], "Please confirm: Musashi Morning")
    assert letter.from_email == "The Musashi Daily <letters@musashi.example>"
    assert [card.name for card in asked] == ["Musashi Morning"]
    assert (standing.standing, standing.mailed_at) == ("asked", clock.now())

    done = asking.confirm(token_in(letter), site=site, told=TOLD, at=clock.now())
    standing.refresh_from_db()

    assert [card.slug for card in done] == ["morning"]
    assert (standing.standing, standing.confirmed_at) == ("confirmed", clock.now())


def test_what_proves_it_says_what_was_shown_where_and_from_where(site, morning, told):
    ask(site, "morning")
    told()
    asking.confirm(token_in(mail.outbox[0]), site=site, told=TOLD, at=clock.now())
    asked, confirmed = models.Consent.objects.order_by("pk")

    assert (asked.act, confirmed.act) == ("asked", "confirmed")
    assert (confirmed.key, confirmed.list_slug) == ("ana@example.test", "morning")
    assert (confirmed.shown, confirmed.where) == (TOLD.shown, TOLD.where)
    assert len(confirmed.from_hash) == 32
    assert "203.0.113.7" not in confirmed.from_hash


def test_one_mail_asks_for_several_lists_and_leaves_out_what_they_are_on(site, morning, told):
    evening = a_list(None, "evening", name="Network Evening")
    a_subscriber(morning, address=ANA)
    told()
    mail.outbox.clear()
    ask(site, "morning", "evening", "unknown")
    told()
    (letter,) = mail.outbox

    assert letter.subject == "Please confirm: Network Evening"
    asking.confirm(token_in(letter), site=site, told=TOLD, at=clock.now())
    assert evening.subscriptions.get().standing == "confirmed"


def test_whoever_is_on_it_hears_so_once_a_day(site, morning, ana, told, noon):
    told()
    mail.outbox.clear()
    for wait in (timedelta(0), timedelta(hours=23), timedelta(hours=1)):
        noon.on(wait)
        ask(site, "morning")
        told()

    assert [letter.subject for letter in mail.outbox] == [
        "You are on the list: Musashi Morning"
    ] * 2
    assert "/newsletters/choose/" in mail.outbox[0].body


def test_the_mail_of_the_day_is_tried_again_where_it_could_not_leave(
    site, morning, ana, told, monkeypatch
):
    told()
    mail.outbox.clear()
    ask(site, "morning")

    def refuse(*_):
        raise OSError("no mail server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        told()
    ana.refresh_from_db()

    assert (ana.told_at, mail.outbox) == (None, [])


def test_an_address_that_may_not_be_written_to_gets_nothing_and_looks_like_any_other(
    site, morning, told
):
    suppression.suppress(
        ANA, scope="", reason=Reason.COMPLAINT, source="test", told="", at=clock.now()
    )
    assert ask(site, "morning") == ANA
    told()

    assert mail.outbox == []


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "a b@example.test", "ana@example.test\n.x"])
def test_what_is_no_address_is_refused(site, morning, typed):
    with pytest.raises(AddressRefused):
        ask(site, "morning", address=typed)
    assert models.Subscriber.objects.count() == 0


def test_a_closed_list_and_another_titles_take_nobody(site, morning):
    models.Newsletter.objects.update(is_open=False)
    a_list(None, "letters-ja", language="ja")
    for slug in ("morning", "letters-ja", "nothing"):
        with pytest.raises(NoSuchList):
            ask(site, slug)


def test_a_link_is_good_for_a_week_and_only_for_what_it_was_made_for(site, morning, noon):
    who = a_subscriber(address=ANA)
    token = a_confirm_token(who, morning)
    noon.on(timedelta(days=7) - timedelta(minutes=1))
    assert asking.asked_of(token, at=clock.now())

    noon.on(timedelta(minutes=1))
    for bad in (token, token[:-1] + "~", "x", "", a_confirm_token(who)):
        with pytest.raises(LinkVoid):
            asking.asked_of(bad, at=clock.now())


def test_to_confirm_again_changes_nothing_and_lifts_what_was_withheld(site, morning, told):
    who = a_subscriber(morning, address=ANA)
    ending.end_for(ANA, why=Ending.COMPLAINT, told=TOLD, at=clock.now())
    scope = scope_of(morning.pk)
    assert is_withheld(ANA, scope)
    for _ in range(2):
        asking.confirm(a_confirm_token(who, morning), site=site, told=TOLD, at=clock.now())

    assert not is_withheld(ANA, scope)
    assert models.Consent.objects.filter(act="confirmed").count() == 2


def test_who_confirmed_is_welcomed_with_a_way_out(site, morning, told):
    who = a_subscriber(address=ANA)
    asking.confirm(a_confirm_token(who, morning), site=site, told=TOLD, at=clock.now())
    told()
    (letter,) = mail.outbox

    assert letter.subject == "Welcome: Musashi Morning"
    assert "The editors" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].startswith(
        "<http://musashi.localhost:8000/newsletters/out/"
    )


def test_a_list_without_words_of_welcome_sends_none_nor_to_who_left_again(site, morning, told):
    quiet = a_list(None, "quiet")
    who = a_subscriber(quiet, morning, address=ANA)
    ending.leave_all(who, told=TOLD, at=clock.now())
    told()

    assert mail.outbox == []


def test_a_consent_is_never_changed_nor_removed(ana):
    row = models.Consent.objects.get()
    for change in (
        row.save,
        row.delete,
        models.Consent.objects.all().delete,
        lambda: models.Consent.objects.update(shown=""),
    ):
        with pytest.raises(TypeError):
            change()


def test_a_japanese_title_writes_in_japanese(morning, told, site):
    models.Newsletter.objects.update(language="ja", name="武蔵の朝", welcome="ようこそ")
    ask(site, "morning")
    told()

    assert mail.outbox[0].subject == "【ご確認】武蔵の朝"
