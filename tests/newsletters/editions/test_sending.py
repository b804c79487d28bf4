"""A letter leaves: public first, each reader once; what happens to its stories meanwhile counts."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from dateline.mail import models as mail_models
from dateline.mail.domain.copies import read
from dateline.mail.services import mailings, recutting
from dateline.newsletters import handlers, models
from dateline.newsletters.domain.editions import EditionRefused, content_of
from dateline.newsletters.services import checking, editions, following, sending
from dateline.stories.services.kills import kill_story
from dateline.stories.services.publishing import correct_story, withdraw_story
from tests.factories.editions import SEVEN, SIX, an_edition
from tests.factories.newsletters import a_subscriber
from tests.factories.newsroom import a_story

TODAY = date(2026, 11, 20)  # in Tokyo
MINUTE = timedelta(minutes=1)


@pytest.fixture
def checked(edition, letter, nao):
    letter.sender_address = "letters@musashi.localhost"
    letter.save()
    checking.check(edition.pk, by=nao.pk, at=SIX)
    edition.refresh_from_db()
    return edition


@pytest.fixture
def leaving(checked, letter, nao):
    for name in ("ana", "ben"):
        a_subscriber(letter, address=f"{name}@example.test")
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    assert sending.send_due(at=SIX) == 1
    checked.refresh_from_db()
    return checked


def at_seven(edition, nao, **fields):
    told = {"day": TODAY, "wall": time(7), "each_zone": False, **fields}
    return sending.schedule(edition.pk, **told, by=nao.pk, at=SIX)


def texts(edition):
    edition.refresh_from_db()
    return [
        read(row.segments).joined({}).replace(b"=\r\n", b"").decode()
        for row in mail_models.MailingCopy.objects.filter(mailing=edition.mailing)
    ]


def state(edition):
    edition.refresh_from_db()
    return edition.state


def settled(edition, fate="sent"):
    mail_models.Entry.objects.filter(mailing=edition.mailing).update(fate=fate, settled_at=SEVEN)
    mail_models.Mailing.objects.update(state="done")


def test_it_waits_for_its_time_by_the_lists_clock(checked, letter, nao):
    assert at_seven(checked, nao) == SEVEN
    assert sending.send_due(at=SEVEN - MINUTE) == 0
    assert state(checked) == "scheduled"

    assert sending.send_due(at=SEVEN) == 1
    assert state(checked) == "sending"
    assert checked.public_at == SEVEN


def test_each_reader_gets_it_once_and_at_their_own_time(checked, letter, nao):
    a_subscriber(letter, address="ana@example.test", time_zone="Pacific/Auckland")
    a_subscriber(letter, address="ben@example.test", time_zone="America/New_York")
    a_subscriber(letter, address="cho@example.test")

    first = at_seven(checked, nao, each_zone=True)
    assert first == SIX  # in Kiritimati it is seven already
    sending.send_due(at=first)

    state(checked)
    rows = mail_models.Entry.objects.filter(mailing=checked.mailing)
    assert dict(rows.values_list("address", "due_at")) == {
        "ana@example.test": datetime(2026, 11, 19, 18, tzinfo=UTC),
        "ben@example.test": datetime(2026, 11, 20, 12, tzinfo=UTC),
        "cho@example.test": datetime(2026, 11, 19, 22, tzinfo=UTC),
    }
    assert sending.send_due(at=first + MINUTE) == 0
    assert mail_models.Mailing.objects.count() == 1


def test_the_archive_shows_it_before_its_readers_are_frozen(checked, nao, monkeypatch):
    seen = []

    def freeze(key, **told):
        seen.append((key, models.Edition.objects.get(pk=checked.pk).public_at))
        raise RuntimeError

    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    monkeypatch.setattr(mailings, "freeze", freeze)
    with pytest.raises(RuntimeError):
        sending.send_due(at=SIX)
    assert seen == [(f"newsletters.edition:{checked.pk}", SIX)]

    monkeypatch.undo()
    assert sending.send_due(at=SIX) == 1  # the next run takes it up
    assert checked.newsletter.editions.get().mailing.state == "done"  # it has no readers


def test_a_run_that_died_after_freezing_is_taken_up_and_nobody_frozen_twice(leaving):
    models.Edition.objects.filter(pk=leaving.pk).update(mailing=None)
    mail_models.Mailing.objects.update(state="ready")

    assert sending.send_due(at=SIX) == 1
    assert mail_models.Mailing.objects.get().state == "sending"

    models.Edition.objects.filter(pk=leaving.pk).update(mailing=None)
    mail_models.Mailing.objects.update(state="freezing", touched_at=SIX)
    assert sending.send_due(at=SIX) == 0  # another worker has it in hand


def test_only_a_checked_letter_is_scheduled_and_not_for_yesterday(edition, checked, nao):
    with pytest.raises(EditionRefused, match="time is over"):
        at_seven(checked, nao, day=TODAY - timedelta(days=1))
    with pytest.raises(EditionRefused, match="time is over"):
        at_seven(checked, nao, day=TODAY - timedelta(days=2), each_zone=True)
    sending.drop(checked.pk, by=nao.pk, at=SIX)
    for verb in (
        lambda: at_seven(checked, nao),
        lambda: sending.send_now(checked.pk, by=nao.pk, at=SIX),
    ):
        with pytest.raises(EditionRefused, match="Check it first"):
            verb()


def test_a_scheduled_letter_is_taken_back_or_dropped(checked, nao):
    at_seven(checked, nao)
    sending.take_back(checked.pk, by=nao.pk, at=SIX)
    assert (state(checked), checked.due_at) == ("draft", None)
    with pytest.raises(EditionRefused, match="nothing to take back"):
        sending.take_back(checked.pk, by=nao.pk, at=SIX)


def test_it_is_paused_resumed_and_stopped(leaving, nao):
    who = {"by": nao.pk, "at": SIX}
    sending.pause(leaving.pk, **who)
    assert sending.progress(leaving).state == "paused"
    sending.resume(leaving.pk, **who)
    assert sending.progress(leaving).state == "sending"
    with pytest.raises(EditionRefused, match="cannot be dropped"):
        sending.drop(leaving.pk, **who)
    sending.stop(leaving.pk, **who)
    assert (state(leaving), leaving.ended_why) == ("stopped", "Stopped by hand.")
    assert sending.progress(leaving).stopped == 2
    with pytest.raises(EditionRefused, match="not on its way"):
        sending.pause(leaving.pk, **who)


def test_it_is_sent_when_nobody_waits(leaving):
    assert sending.settle(at=SIX) == 0
    settled(leaving)
    assert sending.settle(at=SEVEN) == 1
    assert (state(leaving), leaving.ended_at) == ("sent", SEVEN)
    assert sending.settle(at=SEVEN) == 0
    assert sending._settle(leaving.pk, at=SEVEN) is False


def test_a_mailing_that_was_stopped_elsewhere_ends_it(leaving):
    mailings.stop(leaving.mailing_id, why="Relay.", at=SIX)
    assert sending.settle(at=SEVEN) == 1
    assert state(leaving) == "stopped"


def test_a_kill_leaves_a_scheduled_letter_and_its_subject(checked, stories, nao, told):
    at_seven(checked, nao)
    kill_story(stories[4].pk, reason="False.", by="ana")
    told()

    assert state(checked) == "scheduled"
    assert checked.subject == "Ferry number 4"
    assert "Ferry number 5" not in str(checked.content) + checked.preheader
    sending.send_due(at=SEVEN)
    assert "Ferry number 5" not in texts(checked)[0]


def test_a_kill_after_half_has_left_cuts_the_rest_anew(leaving, stories, told):
    assert "Ferry number 5" in texts(leaving)[0]
    kill_story(stories[4].pk, reason="False.", by="ana")
    told()

    (text,) = texts(leaving)
    assert "Ferry number 5" not in text
    assert "Subject: Ferry number 4" in text
    assert sending.progress(leaving).state == "sending"
    assert following.take_out_closed(stories[4].pk, at=SIX) == 0  # twice is once


def test_a_letter_that_a_person_paused_stays_paused(leaving, stories, nao, told):
    sending.pause(leaving.pk, by=nao.pk, at=SIX)
    withdraw_story(stories[4].pk, reason="Later.", by="ana")
    told()
    assert "Ferry number 5" not in texts(leaving)[0]
    assert sending.progress(leaving).state == "paused"


def test_a_letter_with_nothing_left_is_stopped(leaving, stories, told):
    for story in stories[2:]:
        kill_story(story.pk, reason="False.", by="ana")
    told()
    assert (state(leaving), leaving.ended_why) == ("stopped", "Nothing was left in it.")
    assert sending.progress(leaving).state == "stopped"


def test_a_scheduled_letter_with_nothing_left_is_stopped_and_a_draft_waits(
    checked, letter, stories, nao, told
):
    at_seven(checked, nao)
    draft = an_edition(letter)  # of the two other stories
    for story in stories:
        kill_story(story.pk, reason="False.", by="ana")
    told()
    assert (state(checked), state(draft)) == ("stopped", "draft")
    assert draft.subject == draft.newsletter.name


def test_a_correction_is_in_every_copy_that_has_not_left(leaving, stories, told):
    correct_story(
        stories[4].pk, kind="correction", text="It was six.", by="ana",
        changes={"headline": "Ferry number 6"},
    )  # fmt: skip
    told()
    (text,) = texts(leaving)
    assert "Subject: Ferry number 6" in text
    assert "Ferry number 5" not in text.replace("ferry-number-5", "")
    assert following.take_correction(stories[4].pk, at=SIX) == 0


def test_facts_of_stories_in_no_letter_or_still_open_change_nothing(leaving, stories):
    other = a_story("Elsewhere", section="politics", at=SIX)
    assert following.take_out_closed(other.pk, at=SIX) == 0
    assert following.take_out_closed(stories[4].pk, at=SIX) == 0
    models.Edition.objects.update(content={})
    assert following.take_correction(stories[4].pk, at=SIX) == 0


def test_a_story_that_closed_unheard_holds_a_letter_back(checked, stories, nao):
    at_seven(checked, nao)
    withdraw_story(stories[4].pk, reason="Later.", by="ana")  # and nobody is told

    assert sending.send_due(at=SEVEN) == 0
    assert (state(checked), checked.public_at) == ("draft", None)
    assert checked.notes.filter(verb="held_back", told="Ferry number 5").exists()


def test_a_kill_between_drawing_and_freezing_is_not_lost(checked, stories, nao, monkeypatch, told):
    really = mailings.freeze

    def freeze(*args, **fields):
        kill_story(stories[4].pk, reason="False.", by="ana")
        told()
        return really(*args, **fields)

    monkeypatch.setattr(mailings, "freeze", freeze)
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    assert sending.send_due(at=SIX) == 1
    assert "Ferry number 5" not in texts(checked)[0]


def test_a_letter_emptied_between_drawing_and_freezing_does_not_leave(
    checked, letter, stories, nao, monkeypatch, told
):
    a_subscriber(letter)
    really = mailings.freeze

    def freeze(*args, **fields):
        for story in stories:
            kill_story(story.pk, reason="False.", by="ana")
        told()
        return really(*args, **fields)

    monkeypatch.setattr(mailings, "freeze", freeze)
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    assert sending.send_due(at=SIX) == 0
    assert state(checked) == "stopped"
    assert mail_models.Mailing.objects.get().state == "stopped"


def test_two_workers_send_a_letter_once(checked, nao):
    sending.send_now(checked.pk, by=nao.pk, at=SIX)
    sending.take_back(checked.pk, by=nao.pk, at=SIX)
    assert sending._published(checked.pk, at=SIX) is None


def test_a_mailing_that_ended_is_not_cut_anew_nor_with_other_texts(leaving):
    with pytest.raises(ValueError, match="has 1 texts, not 0"):
        recutting.recut(leaving.mailing_id, [], at=SIX)
    mail_models.Mailing.objects.update(state="done")
    assert recutting.recut(leaving.mailing_id, [], at=SIX) is False


def test_an_edition_that_is_not_frozen_is_not_cut(checked):
    sending.cut_anew(checked.pk, at=SIX)
    assert sending.progress(checked) is None
    assert not mail_models.Mailing.objects.exists()


def test_each_change_makes_the_archive_of_its_list_anew(edition, nao, monkeypatch):
    seen = []
    monkeypatch.setattr(handlers.edge, "purge", lambda tags, cause: seen.append((tags, cause)))
    editions.say(edition.pk, subject="New", preheader="", by=nao.pk, at=SIX)
    fact = handlers.EditionChanged(
        edition_id=edition.pk, newsletter_id=edition.newsletter_id, verb="say", public=False,
        by="", at=SIX,
    )  # fmt: skip
    handlers.show_edition(fact)
    assert seen == [([f"e:{edition.newsletter_id}"], f"edition.changed {edition.pk}")]
    assert content_of(edition.content).items
