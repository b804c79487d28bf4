"""Mail about answers: once for each, gathered, and only of what may be read when it leaves."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from lxml import html

from dateline import clock
from dateline.accounts.models import MailStop, Membership
from dateline.discussion import models
from dateline.discussion.domain.answer_words import ENGLISH, LANGUAGES, answer_words_for
from dateline.discussion.domain.answers import Pace, Why, due_at, pace_of
from dateline.discussion.services import answer_mails, answers, appeals, authors, decisions
from dateline.discussion.services.following import follow_thread, mute
from dateline.discussion.services.own_data import copy_of_comments
from dateline.mail.domain.states import Reason
from dateline.mail.services.suppression import suppress
from dateline.mastheads.models import Masthead
from dateline.outbox import services as outbox
from dateline.stories.services import kills
from tests.factories.discussion import MINUTE, NOON, a_comment, a_reader, house
from tests.smtp_sink import smtp_sink

pytestmark = pytest.mark.django_db

HOUR = 60 * MINUTE
LINKS = "https://a.example https://b.example https://c.example"


@pytest.fixture(autouse=True)
def _noon(monkeypatch, masthead):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    house(masthead, seconds_between=0, most_in_minute=0)


@pytest.fixture
def rin(masthead):
    return a_member(masthead, "Rin Abe")


@pytest.fixture
def thought(story, masthead, rin):
    """A comment of Rin's, who wants to hear of answers soon."""
    answers.choose_pace(rin.pk, Pace.SOON, at=NOON)
    return a_comment(story, masthead, "Ferries are late.", author=rin)


def a_member(masthead, name):
    person = a_reader(name)
    Membership.objects.create(user=person, masthead=masthead, joined_at=NOON, shown="")
    return person


def answered(thought, text="Always were.", *, by=None, **fields):
    """An answer to a comment; everything the outbox has to do is done."""
    thread = thought.thread
    row = a_comment(
        thread.story, thread.masthead, text, author=by or a_reader("Ken Ito"),
        answers_id=thought.pk, **fields,
    )  # fmt: skip
    delivered()
    return row


def delivered():
    while outbox.deliver_due():
        pass


def send(after=2 * MINUTE):
    return answer_mails.send_due(at=NOON + after)


def test_whoever_is_answered_is_told_once_with_who_where_and_what(thought, rin, mailoutbox):
    row = answered(thought, "Always <were>.")

    assert send(MINUTE) == 0  # its author may still change it
    assert [send(), send(), send(HOUR)] == [1, 0, 0]
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Ken Ito answered you on Musashi", [rin.email])
    where = f"http://musashi.localhost:8000/world/{thought.thread.story.placements.get().slug}"
    for part in ("Hello Rin Abe,", "Ken Ito answered your comment below:", "    Always <were>."):
        assert part in mail.body
    assert f"-{thought.thread.story_id}/comments/{row.pk}" in mail.body, where
    page = html.document_fromstring(mail.alternatives[0].content)
    assert mail.alternatives[0].mimetype == "text/html"
    assert page.get("lang") == "en"
    assert page.cssselect("blockquote")[0].text_content().strip() == "Always <were>."
    assert page.cssselect("a")[0].get("href").endswith(f"/comments/{row.pk}")
    assert models.AnswerNote.objects.get().sent_at == NOON + 2 * MINUTE


def test_it_can_be_stopped_with_one_click(thought, rin, mailoutbox):
    answered(thought)
    send()

    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in mailoutbox[0].body
    assert html.document_fromstring(mailoutbox[0].alternatives[0].content).cssselect("a")[-1].get(
        "href"
    ) == address  # fmt: skip
    link = address.split("/account/comments/stop/")[1].strip("/")
    assert answers.reader_of_link(link) == rin.pk
    assert answers.reader_of_link(f"{link}x") is None
    answered(thought, "Not today.")

    assert [answers.stop_by_link(link, at=NOON) for _ in range(2)] == [True, True]
    assert answers.stop_by_link(f"{link}x") is False
    assert models.AnswerChoice.objects.get().pace == Pace.NEVER
    answered(thought, "Nor tomorrow.")
    assert send(HOUR) == 0
    rin_left = answers.link_to_stop(rin.pk)
    models.Comment.objects.update(author=None)
    rin.delete()
    assert answers.stop_by_link(rin_left) is False


def test_nobody_gets_what_they_did_not_ask_for(story, masthead, rin, mailoutbox):
    thought = a_comment(story, masthead, author=rin)

    answered(thought)

    assert models.AnswerNote.objects.count() == 0
    assert send() == 0


def test_nobody_is_told_of_their_own_answer(thought, rin, story, masthead, mailoutbox):
    follow_thread(story.pk, masthead.pk, by=rin.pk, at=NOON)

    answered(thought, by=rin)

    assert models.AnswerNote.objects.count() == 0


def test_who_follows_a_thread_is_told_of_every_comment_there(story, masthead, rin, mailoutbox):
    follow_thread(story.pk, masthead.pk, by=rin.pk, at=NOON)

    a_comment(story, masthead, "Rain.", author=a_reader("Ken Ito"))
    delivered()

    assert send() == 1
    assert mailoutbox[0].subject == "Ken Ito wrote in a thread you follow on Musashi"
    assert "Ken Ito wrote in a thread that you follow, below:" in mailoutbox[0].body
    a_comment(story, masthead, "More rain.")
    delivered()
    assert [send(HOUR), send(HOUR + 2 * MINUTE)] == [0, 1]  # at most once an hour, unless chosen


def test_an_answer_in_a_followed_thread_is_an_answer(thought, rin, story, masthead, mailoutbox):
    follow_thread(story.pk, masthead.pk, by=rin.pk, at=NOON)

    answered(thought)

    assert send() == 1
    assert models.AnswerNote.objects.get().why == Why.ANSWER
    assert "answered your comment" in mailoutbox[0].body


def test_many_answers_at_once_are_one_mail(thought, mailoutbox):
    for number in range(22):
        answered(thought, f"Answer {number}.", at=NOON)

    assert [send(), send(HOUR)] == [1, 0]
    assert mailoutbox[0].subject == "22 new comments for you on Musashi"
    assert mailoutbox[0].body.count("answered your comment") == 20
    assert "And 2 more." in mailoutbox[0].body
    assert "And 2 more." in mailoutbox[0].alternatives[0].content
    assert models.AnswerNote.objects.filter(sent_at=None).count() == 0


def test_after_a_mail_the_next_waits_as_long_as_was_asked(thought, mailoutbox):
    answered(thought)
    send()

    answered(thought, "And again.")

    assert [send(16 * MINUTE), send(17 * MINUTE)] == [0, 1]


@pytest.mark.parametrize(
    ("chosen", "follows", "pace"),
    [
        (None, False, Pace.NEVER),
        (None, True, Pace.HOURLY),
        ("never", True, Pace.NEVER),
        ("daily", False, Pace.DAILY),
    ],
)
def test_what_is_chosen_counts_and_else_only_a_thread_that_is_followed(chosen, follows, pace):
    assert pace_of(chosen, follows=follows) is pace


def test_a_mail_is_due_soon_or_as_long_after_the_last_as_was_asked():
    assert due_at(Pace.DAILY, at=NOON, last=None) == NOON + 2 * MINUTE
    assert due_at(Pace.DAILY, at=NOON, last=NOON - HOUR) == NOON + 23 * HOUR
    assert due_at(Pace.SOON, at=NOON, last=NOON - HOUR) == NOON + 2 * MINUTE


def hold(row, mod):
    decisions.hold(row.pk, by=mod.pk, expected=1, at=NOON)


def remove(row, mod):
    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)


def delete(row, _mod):
    authors.delete_own(row.pk, by=row.author_id, at=NOON)


def kill(row, _mod):
    kills.kill_story(row.thread.story_id, reason="Wrong.", by="Ana", at=NOON)


def silence(row, _mod):
    mute(row.answers.author_id, muted_id=row.author_id, at=NOON)


def stop(row, _mod):
    models.AnswerChoice.objects.update(pace=Pace.NEVER)


def close_account(row, _mod):
    type(row.answers.author).objects.filter(pk=row.answers.author_id).update(is_active=False)


def stop_at_the_relay(row, _mod):
    MailStop.objects.create(address=row.answers.author.email, since=NOON)


def bounce(row, _mod):
    suppress(row.answers.author.email, scope="", reason=Reason.BOUNCE, source="smtp", at=NOON)


def leave_the_title(row, _mod):
    Membership.objects.all().delete()


@pytest.mark.parametrize(
    "change",
    [
        hold, remove, delete, kill, silence, stop, close_account, stop_at_the_relay,
        bounce, leave_the_title,
    ],
)  # fmt: skip
def test_what_holds_when_the_mail_would_leave_decides(thought, mod, mailoutbox, change):
    row = answered(thought)

    change(row, mod)

    assert send() == 0
    assert mailoutbox == []
    assert models.AnswerNote.objects.count() == 0


def test_who_stopped_following_hears_no_more(story, masthead, rin, mailoutbox):
    follow_thread(story.pk, masthead.pk, by=rin.pk, at=NOON)
    a_comment(story, masthead)
    delivered()

    follow_thread(story.pk, masthead.pk, by=rin.pk, on=False, at=NOON)

    assert send() == 0


def test_one_that_may_not_be_told_keeps_back_no_other(thought, mod, mailoutbox):
    gone, stays = answered(thought, "Rude."), answered(thought, "Kind.")
    hold(gone, mod)

    assert send() == 1
    assert "Kind." in mailoutbox[0].body
    assert "Rude." not in mailoutbox[0].body
    assert models.AnswerNote.objects.get().comment_id == stays.pk


def test_a_held_answer_is_told_when_a_moderator_lets_it_through(thought, mod, mailoutbox):
    held = answered(thought, LINKS)
    assert send() == 0

    decisions.approve(held.pk, by=mod.pk, expected=1, at=NOON)
    delivered()

    assert [send(), send(HOUR)] == [1, 0]


def test_an_answer_that_an_appeal_brings_back_is_told_unless_it_was(thought, mod, mailoutbox):
    told, untold = answered(thought, "One."), None
    send()
    untold = answered(thought, "Two.")
    for row in (told, untold):
        done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
        asked = appeals.appeal(done.decision_id, by=row.author_id, text="Why?", at=NOON)
        upheld = {"by": mod.pk, "upheld": True, "answer": "Sorry.", "at": NOON}
        appeals.decide_appeal(asked, **upheld)
    delivered()
    mailoutbox.clear()

    assert send(HOUR) == 1
    assert "Two." in mailoutbox[0].body
    assert "One." not in mailoutbox[0].body


def test_an_appeal_that_failed_brings_nothing_back(thought, mod, mailoutbox):
    row = answered(thought)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    asked = appeals.appeal(done.decision_id, by=row.author_id, text="Why?", at=NOON)
    appeals.decide_appeal(asked, by=mod.pk, upheld=False, answer="No.", at=NOON)
    delivered()

    assert send(HOUR) == 0


def test_an_old_answer_that_comes_back_is_no_news(thought):
    row = answered(thought)
    models.AnswerNote.objects.all().delete()

    assert answers.note_answer(row.pk, at=NOON + timedelta(days=31)) == 0
    assert answers.note_answer(row.pk, at=NOON + timedelta(days=29)) == 1
    assert answers.note_answer(999, at=NOON) == 0


def test_a_departed_author_has_no_name_in_the_mail(thought, mailoutbox):
    row = answered(thought)
    authors.forget_reader(row.author_id, with_text=False, at=NOON)

    assert send() == 1
    assert mailoutbox[0].subject == "A former member answered you on Musashi"
    assert "Ken" not in mailoutbox[0].body


def test_a_long_answer_is_cut_and_says_so(thought, mailoutbox):
    answered(thought, "word " * 200)

    send()

    assert "    word word" in mailoutbox[0].body
    assert "word …" in " ".join(mailoutbox[0].body.split())
    assert len(mailoutbox[0].body) < 1_500


def test_nothing_is_lost_by_a_process_that_dies_before_it_sends(thought, mailoutbox, monkeypatch):
    answered(thought)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", killed)
        with pytest.raises(Killed):
            send()

    assert send() == 0  # another process may be at it
    assert send(8 * MINUTE) == 1
    assert len(mailoutbox) == 1


def test_nothing_is_doubled_by_a_process_that_dies_before_it_notes(thought, settings, monkeypatch):
    with smtp_sink(settings) as sink:
        answered(thought)
        with monkeypatch.context() as patch:
            patch.setattr(EmailMultiAlternatives, "send", then_killed(EmailMultiAlternatives.send))
            with pytest.raises(Killed):
                send()
        answered(thought, "One more.")

        assert send(8 * MINUTE) == 1

    assert len(sink.taken) == 2  # SMTP cannot ask back; the name is the same,
    (mail,) = sink.mails  # so that a mailbox shows it once
    assert mail["Message-ID"].startswith("<answers.")
    assert "One more." not in mail.get_body(("plain",)).get_content()
    assert "<p>Always were.</p>" in mail.get_body(("html",)).get_content()
    out = mail["List-Unsubscribe"].strip()  # a long line is folded
    assert out.startswith("<http://musashi.localhost:8000/account/comments/stop/")
    assert out.endswith("/>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert models.AnswerNote.objects.filter(sent_at=None).count() == 1


def test_a_mail_server_that_refuses_is_asked_again_and_holds_up_no_other(
    thought, story, masthead, settings
):
    ken = a_member(masthead, "Ken Ito")
    answers.choose_pace(ken.pk, Pace.SOON, at=NOON)
    other = a_comment(story, masthead, author=ken)
    with smtp_sink(settings) as sink:
        answered(thought)
        answered(other)
        sink.refuses = True
        assert send() == 0
        assert models.AnswerNote.objects.filter(tries=1).count() == 2
        sink.refuses = False

        assert send(3 * MINUTE) == 2

    assert len(sink.mails) == 2


def test_after_a_day_of_refusals_a_mail_is_given_up(thought, monkeypatch):
    answered(thought)
    models.AnswerNote.objects.update(tries=answer_mails.MOST_TRIES - 1)
    monkeypatch.setattr(EmailMultiAlternatives, "send", refused)

    assert send() == 0
    assert models.AnswerNote.objects.count() == 0


def test_two_processes_send_one_mail(thought, mailoutbox):
    answered(thought)
    note = models.AnswerNote.objects.get()
    begun = answer_mails._begun(note.reader_id, thought.thread.masthead_id, at=NOON + 2 * MINUTE)

    assert [one.pk for one in begun] == [note.pk]
    assert answer_mails._send_to(
        note.reader_id, thought.thread.masthead_id, at=NOON + 2 * MINUTE
    ) is False  # fmt: skip
    assert mailoutbox == []
    assert models.AnswerNote.objects.count() == 1


def test_what_was_told_is_remembered_for_longer_than_it_is_news(thought):
    answered(thought)
    send()

    assert answer_mails.forget_sent(at=NOON + timedelta(days=59)) == 0
    assert answer_mails.forget_sent(at=NOON + timedelta(days=61)) == 1


def test_a_japanese_title_writes_japanese(thought, masthead, mailoutbox):
    Masthead.objects.filter(pk=masthead.pk).update(language="ja")
    answered(thought)

    send()

    assert mailoutbox[0].subject == "Musashi：Ken Itoさんから返信がありました"
    assert "Rin Abe様" in mailoutbox[0].body
    assert '<html lang="ja">' in mailoutbox[0].alternatives[0].content


def test_what_was_chosen_is_in_the_copy_of_a_reader_s_data(thought, rin):
    assert copy_of_comments(str(rin.pk))["mail_about_answers"] == [{"pace": "soon", "at": NOON}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    words = answer_words_for(language)

    assert words.keys() == ENGLISH.keys()
    for name, text in words.items():
        for gap in ("{}", "{name}", "{title}", "{count}"):
            assert (gap in text) == (gap in ENGLISH[name]), name


def test_rows_say_whom_and_what_they_are_of(thought, rin):
    answered(thought)

    note = models.AnswerNote.objects.get()
    assert str(note) == f"{rin.pk} of {note.comment_id}"
    assert str(models.AnswerChoice.objects.get()) == f"{rin.pk}: soon"


class Killed(BaseException):
    """The process ended here."""


def killed(_mail, *_):
    raise Killed


def refused(_mail, *_):
    raise smtplib.SMTPServerDisconnected


def then_killed(act):
    def send_and_die(mail, *given):
        act(mail, *given)
        raise Killed

    return send_and_die
