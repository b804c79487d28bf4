"""A letter that should leave by itself and does not: its editors are told, once, and the desk."""

import smtplib
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import DatabaseError

from dateline.newsletters import models
from dateline.newsletters.queries.kept_back import editors_of, kept_back, kept_back_of
from dateline.newsletters.services import alarming, checking, rhythm, sending
from dateline.outbox import services as outbox
from dateline.project import installation
from dateline.stories.services.kills import kill_story
from tests.desk.conftest import client_for
from tests.factories.editions import SEVEN, SIX, a_letter_editor, a_recipe
from tests.factories.newsletters import a_subscriber
from tests.factories.newsroom import a_masthead

DAY = timedelta(days=1)


def a_superuser():
    return get_user_model().objects.create_superuser(email="root@example.test", password="x")


def deliver():
    while outbox.deliver_due():
        pass


@pytest.fixture
def blocked(morning, stories, nao, dns_names):
    """The morning's letter, which preflight blocks: its sender's name is no name."""
    morning.sender_address = "letters@paper.co.jp"
    morning.save()
    a_recipe(morning, by=nao, days="01234", at=SIX - DAY, by_itself=True)
    rhythm.run(at=SIX, ask=dns_names.ask)
    deliver()
    return models.Edition.objects.get()


def test_its_editors_are_told_once_with_every_reason(blocked, morning, nao):
    (letter,) = mail.outbox
    assert letter.to == [nao.email]
    assert letter.subject == "Kept back: Musashi Morning 1"
    assert "Musashi Morning 1 was to leave by itself at 07:00, and does not." in letter.body
    assert "paper.co.jp" in letter.body
    assert f"http://desk.localhost:8000/letters/{blocked.pk}/" in letter.body

    checking.check(blocked.pk, by=None, at=SIX, ask=lambda _: [])
    deliver()
    assert len(mail.outbox) == 1


def test_it_stands_on_the_start_page_of_those_whose_list_it_is(blocked, nao, masthead):
    other = a_letter_editor(a_masthead("Kinako"), "Hana Sato")
    assert [one.name for one in kept_back_of(nao.pk, at=SIX)] == ["Musashi Morning 1"]
    assert kept_back_of(other.pk, at=SIX) == []
    assert kept_back(at=SIX + 2 * DAY) == []

    root = client_for(a_superuser())
    page = root.get("/").content.decode()
    assert "Letters that do not leave" in page
    assert f"/letters/{blocked.pk}/" in page
    models.Edition.objects.update(state="stopped")
    assert "Letters that do not leave" not in root.get("/").content.decode()


def test_dateline_check_says_so(blocked, settings):
    (found,) = installation.letters_leave(settings.CONFIG)

    assert (found.id, found.fatal) == ("dateline.W024", False)
    assert "Musashi Morning 1 was to leave by itself and is kept back since" in found.text


def test_a_database_that_does_not_answer_is_said_elsewhere(settings, monkeypatch):
    def down(**_):
        raise DatabaseError("connection refused")

    monkeypatch.setattr(installation, "kept_back", down)

    assert list(installation.letters_leave(settings.CONFIG)) == []


def test_one_whose_story_is_killed_at_the_last_moment_too(morning, stories, nao):
    morning.sender_address = "letters@musashi.localhost"
    morning.save()
    a_subscriber(morning)
    a_recipe(morning, by=nao, days="01234", at=SIX - DAY, by_itself=True)
    rhythm.run(at=SIX)
    deliver()
    mail.outbox.clear()
    kill_story(stories[-1].pk, reason="Wrong.", by="ana", at=SEVEN)
    sending.send_due(at=SEVEN)
    deliver()

    (letter,) = mail.outbox
    assert "Stories in it may not be shown any more: Ferry number 5" in letter.body


def test_a_letter_by_hand_that_is_blocked_alarms_nobody(edition, letter, nao, dns_names):
    letter.sender_address = "letters@paper.co.jp"
    letter.save()
    checking.check(edition.pk, by=nao.pk, at=SIX, ask=dns_names.ask)
    deliver()

    assert mail.outbox == []
    assert alarming.tell(edition.pk, at=SIX) == 0


def test_a_mail_that_did_not_leave_is_tried_again(blocked, monkeypatch):
    models.EditionNote.objects.filter(verb=alarming.TOLD).delete()
    mail.outbox.clear()
    with monkeypatch.context() as broken:
        broken.setattr(alarming.EmailMessage, "send", _refused)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            alarming.tell(blocked.pk, at=SIX)

    assert alarming.tell(blocked.pk, at=SIX) == 1
    assert len(mail.outbox) == 1


def _refused(_):
    raise smtplib.SMTPServerDisconnected("Gone.")


def test_where_nobody_is_named_superusers_are_told(masthead):
    root = a_superuser()
    assert editors_of(masthead.pk) == [root.email]
