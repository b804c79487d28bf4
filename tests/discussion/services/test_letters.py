"""Mails about decisions: once each, in the title's language, with rule, reason and a way to ask."""

import pytest

from dateline.discussion import models
from dateline.discussion.domain.told_words import ENGLISH, LANGUAGES, rules_for, told_words_for
from dateline.discussion.services import appeals, decisions, letters, readers
from dateline.mastheads.models import Masthead
from dateline.outbox import services as outbox
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def rin():
    return a_reader("Rin Abe")


@pytest.fixture
def row(story, masthead, rin):
    return a_comment(story, masthead, "You are\nlate.", author=rin)


def delivered():
    """Everything the worker has to do, done."""
    while outbox.deliver_due():
        pass


def test_a_removal_is_told_once_with_rule_and_reason(row, mod, rin, mailoutbox):
    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, reason="Be kind.", at=NOON)
    delivered()

    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Your comment on Musashi was removed", [rin.email])
    for part in (
        "Hello Rin Abe,",
        "    You are\n    late.",
        "House rule 1: Insult or threat against a person.",
        "Be kind.",
        "/account/comments/",
        "out-of-court",
    ):
        assert part in mail.body
    assert mod.email not in mail.body
    assert "Mio" not in mail.body
    decision = models.Decision.objects.get()
    assert letters.tell_decision(decision.pk, at=NOON) is False
    assert len(mailoutbox) == 1
    assert decision.letters.get().sent_at == NOON


def test_a_mail_that_could_not_leave_is_tried_again(row, mod, mailoutbox, monkeypatch):
    def refuse(_):
        raise OSError("no route")

    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(OSError, match="no route"):
            letters.tell_decision(done.decision_id, at=NOON)

    assert letters.tell_decision(done.decision_id, at=NOON) is True
    assert letters.tell_decision(done.decision_id, at=NOON) is False
    assert len(mailoutbox) == 1


def test_what_was_told_is_taken_back_by_mail_and_what_was_not_is_not(row, mod, mailoutbox):
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    back = decisions.undo(done.decision_id, by=mod.pk, at=NOON)
    assert letters.tell_decision(back.decision_id, at=NOON) is False

    letters.tell_decision(done.decision_id, at=NOON)
    assert letters.tell_decision(back.decision_id, at=NOON) is True
    assert [m.subject for m in mailoutbox][-1] == "About your comment on Musashi"


def test_nobody_is_written_to_for_an_approval_or_a_rule_s_own_hold(
    story, masthead, mod, mailoutbox
):
    links = "https://a.example https://b.example https://c.example"
    held = a_comment(story, masthead, links)
    decisions.approve(held.pk, by=mod.pk, expected=1, at=NOON)
    decisions.feature(held.pk, by=mod.pk, expected=2, at=NOON)
    delivered()

    assert [letters.tell_decision(d.pk, at=NOON) for d in held.decisions.all()] == [False] * 3
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("gone"), [{"is_active": False}, {"email": ""}], ids=["closed account", "no address"]
)
def test_there_must_be_somebody_to_write_to(row, mod, rin, mailoutbox, gone):
    type(rin).objects.filter(pk=rin.pk).update(**gone)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    assert letters.tell_decision(done.decision_id, at=NOON) is False
    assert letters.tell_decision(999, at=NOON) is False
    assert mailoutbox == []


def test_a_person_is_told_of_warning_suspension_ban_and_of_its_end(masthead, mod, rin, mailoutbox):
    here = {"masthead_id": masthead.pk, "by": mod.pk, "at": NOON}
    readers.warn(rin.pk, rule=1, **here)
    readers.suspend(rin.pk, rule=1, until=NOON + MINUTE, **here)
    readers.ban(rin.pk, rule=9, reason="Again.", **here)
    readers.lift(rin.pk, **here)
    delivered()

    assert [mail.subject for mail in mailoutbox] == [
        "A warning from Musashi",
        "You cannot comment on Musashi for a time",
        "You cannot comment on Musashi any more",
        "You can comment on Musashi again",
    ]
    assert "cannot comment until 12:01 UTC, 20 November 2026." in mailoutbox[1].body


def test_a_decision_for_the_network_leads_to_a_title_of_it(masthead, rin, mailoutbox):
    lead = a_moderator(None)
    decision = readers.ban(rin.pk, masthead_id=None, by=lead.pk, rule=9, at=NOON)

    assert letters.tell_decision(decision, at=NOON) is True
    assert mailoutbox[0].subject == "You cannot comment on all our titles any more"
    assert "musashi.localhost" in mailoutbox[0].body


def test_without_any_title_there_is_no_page_to_point_to(rin, mailoutbox):
    lead = a_moderator(None)
    decision = readers.ban(rin.pk, masthead_id=None, by=lead.pk, rule=9, at=NOON)

    assert letters.tell_decision(decision, at=NOON) is False
    assert mailoutbox == []


@pytest.mark.parametrize(
    ("upheld", "subject"),
    [
        (True, "Musashi: your appeal was right"),
        (False, "Musashi: the answer to your appeal"),
    ],
)
def test_the_answer_to_an_appeal_is_told_once(row, mod, rin, mailoutbox, upheld, subject):
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    asked = appeals.appeal(done.decision_id, by=rin.pk, text="Why?", at=NOON)
    assert letters.tell_answer(asked, at=NOON) is False
    appeals.decide_appeal(asked, by=mod.pk, upheld=upheld, answer="We looked again.", at=NOON)
    delivered()

    assert mailoutbox[-1].subject == subject
    assert "We looked again." in mailoutbox[-1].body
    assert letters.tell_answer(asked, at=NOON) is False
    assert len(mailoutbox) == 2


def test_a_japanese_title_writes_japanese(row, masthead, mod, mailoutbox):
    Masthead.objects.filter(pk=masthead.pk).update(language="ja")

    decisions.remove(row.pk, by=mod.pk, expected=1, rule=3, at=NOON)
    delivered()

    assert mailoutbox[0].subject == "Musashi：コメントが削除されました"
    assert "利用規則 第3項: 他人の個人情報。" in mailoutbox[0].body


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word_and_rule(language):
    words = told_words_for(language)

    assert words.keys() == ENGLISH.keys()
    for name, text in words.items():
        assert ("{}" in text, "{title}" in text) == (
            "{}" in ENGLISH[name], "{title}" in ENGLISH[name],
        ), name  # fmt: skip
    assert set(rules_for(language)) == set(range(1, 10))


def test_a_language_we_do_not_have_is_english():
    assert told_words_for("fr") is ENGLISH
