"""The preference centre: lists, name, language, time zone, and another address."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from dateline import clock
from dateline.mail.domain.addresses import AddressRefused
from dateline.newsletters import models
from dateline.newsletters.domain.errors import LinkVoid, Unfit
from dateline.newsletters.queries.lists import by_masthead
from dateline.newsletters.queries.subscribers import known
from dateline.newsletters.services import choosing, letters
from dateline.newsletters.services.choosing import Chosen
from tests.factories.newsletters import TOLD, a_list, a_subscriber


def choose(who, site, *, on=(), shown=(), **said):
    given = {"name": "", "language": "", "time_zone": "", **said}
    chosen = Chosen(lists=list(on), shown=list(shown), **given)
    choosing.choose(who.pk, chosen, site=site, told=TOLD, at=clock.now())
    return known(who.pk)


def test_one_form_puts_on_and_takes_off_what_it_showed(site, morning, ana):
    evening, hidden = a_list(None, "evening"), a_list(None, "hidden")
    a_subscriber(hidden)
    found = choose(ana, site, on=["evening"], shown=["morning", "evening"])

    assert found.on == {evening.pk, hidden.pk}
    assert models.Consent.objects.filter(act="confirmed", list_slug="evening").count() == 1


def test_a_closed_list_can_be_left_and_not_joined(site, morning, ana):
    evening = a_list(None, "evening", is_open=False)
    models.Newsletter.objects.update(is_open=False)

    assert choose(ana, site, on=["morning", "evening"], shown=["morning", "evening"]).on == {
        morning.pk
    }
    assert [[c.slug for c in cards] for _, cards in by_masthead({morning.pk})] == [["morning"]]
    assert choose(ana, site, shown=["morning", evening.slug]).on == frozenset()
    assert by_masthead() == []


def test_a_name_is_kept_clean_and_what_nobody_knows_is_not_kept(site, ana):
    choose(ana, site, name=" Ana\u202e \n Mori\x00 ", language="ja", time_zone="Europe/Lisbon")
    found = choose(ana, site, name="Ana  Mori", language="tlh", time_zone="Mars/Olympus")

    assert (found.name, found.language, found.time_zone) == ("Ana Mori", "ja", "Europe/Lisbon")
    assert models.Consent.objects.filter(act="changed").count() == 1


def move_tokens():
    return [re.search(r"/move/([^/]+)/", letter.body)[1] for letter in mail.outbox]


def test_letters_move_when_both_addresses_have_said_yes(site, morning, ana, told):
    told()
    mail.outbox.clear()
    choosing.ask_move(ana.pk, "ana@new.test", site=site, told=TOLD, at=clock.now())
    told()
    old, new = move_tokens()

    assert [letter.to for letter in mail.outbox] == [["ana@example.test"], ["ana@new.test"]]
    assert choosing.move_of(old, at=clock.now()) == ("ana@example.test", "ana@new.test")
    assert not choosing.say_yes(new, told=TOLD, at=clock.now())
    assert not choosing.say_yes(new, told=TOLD, at=clock.now())
    ana.refresh_from_db()
    assert ana.address == "ana@example.test"
    assert choosing.say_yes(old, told=TOLD, at=clock.now())
    ana.refresh_from_db()
    assert (ana.address, ana.key, ana.turn) == ("ana@new.test", "ana@new.test", 1)
    assert known(ana.pk).on == {morning.pk}


def test_an_address_that_is_on_lists_itself_becomes_the_same_person(site, morning, ana, told):
    evening = a_list(None, "evening")
    other = a_subscriber(evening, address="ana@new.test")
    told()
    mail.outbox.clear()
    choosing.ask_move(ana.pk, "Ana@new.test", site=site, told=TOLD, at=clock.now())
    told()
    for token in move_tokens():
        choosing.say_yes(token, told=TOLD, at=clock.now())

    assert known(other.pk).on == {morning.pk, evening.pk}
    assert known(ana.pk).on == frozenset()


def test_a_move_is_asked_for_three_days_and_the_first_that_is_done_ends_the_others(
    site, ana, told, noon
):
    told()
    mail.outbox.clear()
    for address in ("a@new.test", "b@new.test"):
        choosing.ask_move(ana.pk, address, site=site, told=TOLD, at=clock.now())
    told()
    first, second, *rest = move_tokens()
    choosing.say_yes(first, told=TOLD, at=clock.now())
    assert choosing.say_yes(second, told=TOLD, at=clock.now())
    for void in (*rest, "forged"):
        with pytest.raises(LinkVoid):
            choosing.say_yes(void, told=TOLD, at=clock.now())
    assert choosing.say_yes(first, told=TOLD, at=clock.now())

    noon.on(timedelta(days=3))
    with pytest.raises(LinkVoid):
        choosing.move_of(first, at=clock.now())


def test_the_same_address_and_none_at_all_are_refused(site, ana):
    with pytest.raises(Unfit) as refused:
        choosing.ask_move(ana.pk, "ANA@example.test", site=site, told=TOLD, at=clock.now())
    assert refused.value.field == "address"
    with pytest.raises(AddressRefused):
        choosing.ask_move(ana.pk, "no", site=site, told=TOLD, at=clock.now())


def test_nobody_is_asked_about_a_move_that_is_gone(site):
    assert not letters.ask_both(9, site.id)
    assert not letters.welcome(9, 9, None, at=clock.now())
    assert letters.answer(9, [1], site.id, at=clock.now()) == ""
