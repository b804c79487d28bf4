"""Leaving: by one click, all at once, by a bounce; what it stops, and how it is undone."""

from datetime import timedelta

import pytest
from django.core import mail

from dateline import clock
from dateline.mail import models as mail_models
from dateline.mail.queries import links
from dateline.mail.queries.suppression import is_withheld
from dateline.newsletters import models
from dateline.newsletters.domain.errors import LinkVoid
from dateline.newsletters.domain.kinds import Ending
from dateline.newsletters.domain.links import OUT, scope_of
from dateline.newsletters.queries import lists
from dateline.newsletters.queries.holders import (
    choose_token,
    holder_of_choose,
    holder_of_out,
    out_token,
)
from dateline.newsletters.services import ending
from tests.factories.newsletters import TOLD, a_list, a_subscriber


def a_mailing(scope, who, *, settled_at=None):
    row = mail_models.Mailing.objects.create(
        subject_key=f"test:{scope}", scope=scope, envelope_from="b@musashi.example",
        created_at=clock.now(), touched_at=clock.now(),
    )  # fmt: skip
    mail_models.Entry.objects.create(
        mailing=row, number=1, address=who.address, key=who.key, person=who.pk, copy=0,
        settled_at=settled_at,
    )  # fmt: skip
    return row


def test_one_click_in_a_letter_ends_its_list_and_stops_what_has_not_left(morning, ana):
    token = links.token_for(OUT, ana.pk, a_mailing(scope_of(morning.pk), ana).pk)
    other = a_list(None, "evening")
    a_subscriber(other)
    left = ending.end_by_link(token, told=TOLD, at=clock.now())
    row = models.Subscription.objects.get(newsletter=morning)

    assert left.name == "Musashi Morning"
    assert (row.standing, row.ended_why, row.ended_at) == ("ended", "request", clock.now())
    assert is_withheld(ana.address, scope_of(morning.pk))
    assert not is_withheld(ana.address, scope_of(other.pk))
    assert [r.subscriber_id for r in lists.audience(morning.pk)] == []
    assert [r.subscriber_id for r in lists.audience(other.pk)] == [ana.pk]


def test_twice_is_once(morning, ana):
    for _ in range(2):
        ending.end_by_link(out_token(ana, morning.pk), told=TOLD, at=clock.now())

    assert models.Consent.objects.filter(act="ended").count() == 1


def test_one_click_in_an_alert_withholds_that_alert(ana):
    token = links.token_for(OUT, ana.pk, a_mailing("alerts:story:9", ana).pk)
    left = ending.end_by_link(token, told=TOLD, at=clock.now())

    assert (left.name, left.undo) == ("", "")
    assert is_withheld(ana.address, "alerts:story:9")
    assert models.Subscription.objects.get().standing == "confirmed"


def test_the_way_out_is_told_when_its_letter_left(morning, ana):
    row = a_mailing(scope_of(morning.pk), ana, settled_at=clock.now())

    assert holder_of_out(links.token_for(OUT, ana.pk, row.pk)).sent_at == clock.now()
    assert holder_of_out(out_token(ana, morning.pk)).sent_at is None


@pytest.mark.parametrize("numbers", [(), (1,), (0, 0), (10**6, 1), (1, 10**6)])
def test_a_link_to_nothing_is_void(ana, numbers):
    token = links.token_for(OUT, *numbers) if numbers else "forged"
    with pytest.raises(LinkVoid):
        ending.end_by_link(token, told=TOLD, at=clock.now())


def test_leaving_all_ends_everything_and_can_be_undone_for_a_day(morning, ana, told, noon):
    evening = a_list(None, "evening", name="Evening", welcome="Hello")
    a_subscriber(evening)
    told()
    mail.outbox.clear()
    undo = ending.leave_all(ana, told=TOLD, at=clock.now())
    assert set(models.Subscription.objects.values_list("standing", flat=True)) == {"ended"}

    noon.on(timedelta(hours=23))
    assert ending.undo(undo, told=TOLD, at=clock.now()) == ["Musashi Morning", "Evening"]
    assert ending.undo(undo, told=TOLD, at=clock.now()) == []
    told()
    assert mail.outbox == []
    assert not is_withheld(ana.address, scope_of(morning.pk))

    noon.on(timedelta(hours=1))
    for bad in (undo, "forged"):
        with pytest.raises(LinkVoid):
            ending.undo(bad, told=TOLD, at=clock.now())


def test_nothing_to_leave_is_nothing_to_undo(masthead):
    assert ending.leave_all(a_subscriber(), told=TOLD, at=clock.now()) == ""


def test_what_an_editor_ended_is_not_undone_by_its_reader(morning, ana):
    undo = ending.leave_all(ana, told=TOLD, at=clock.now())
    models.Subscription.objects.update(ended_why="editor")

    assert ending.undo(undo, told=TOLD, at=clock.now()) == []


def test_a_bounce_ends_one_list_or_all(morning, ana):
    evening = a_list(None, "evening")
    a_subscriber(evening)

    def bounce(address, **of):
        return ending.end_for(address, why=Ending.BOUNCE, told=TOLD, at=clock.now(), **of)

    assert bounce("nobody@example.test") == 0
    assert bounce("ANA@example.test", newsletter_id=evening.pk) == 1
    assert bounce("ANA@example.test") == 1
    assert set(models.Subscription.objects.values_list("ended_why", flat=True)) == {"bounce"}
    assert {row.reason for row in mail_models.Suppression.objects.all()} == {"bounce"}


def test_the_choices_open_by_the_mail_that_went_to_their_address(morning, ana):
    row = a_mailing(scope_of(morning.pk), ana)
    by_letter = links.token_for("newsletters.choose", ana.pk, row.pk)
    by_mail = choose_token(ana)
    assert {holder_of_choose(by_letter), holder_of_choose(by_mail)} == {ana}

    models.Subscriber.objects.update(key="ana@other.test", address="ana@other.test", turn=1)
    elsewhere = links.token_for("newsletters.choose", ana.pk, 10**6)
    for void in (by_letter, by_mail, elsewhere, links.token_for("newsletters.choose", 9**9, 0, 0)):
        with pytest.raises(LinkVoid):
            holder_of_choose(void)


def test_an_audience_is_read_in_pieces(morning, monkeypatch):
    monkeypatch.setattr(lists, "IN_ONE_READ", 2)
    for number in range(5):
        a_subscriber(morning, address=f"r{number}@example.test", name="R", language="en")

    found = list(lists.audience(morning.pk))
    assert [one.address for one in found] == [f"r{n}@example.test" for n in range(5)]
    assert found[0].name == "R"
