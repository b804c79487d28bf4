"""Notices of illegal content: taken from anybody, decided once with reasons, told to both sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.discussion import models
from dateline.discussion.domain.errors import NothingToDecide, NotYours
from dateline.discussion.domain.notice_words import ENGLISH, LANGUAGES, notice_words_for
from dateline.discussion.domain.notices import Given, NoticeRefused, Outcome, check, comment_in
from dateline.discussion.queries.notices import numbers
from dateline.discussion.services import appeals, authors, decisions, notices, readers
from dateline.mastheads.models import Masthead
from dateline.outbox import services as outbox
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader
from tests.factories.newsroom import a_masthead

pytestmark = pytest.mark.django_db

WHY = "It names my child and the school; Art. 9 GDPR."
GIVEN = Given(
    address="https://musashi.localhost/world/ferry-1", kind="privacy", reasons=WHY,
    name="Yui Mori", email="yui@example.test", good_faith=True,
)  # fmt: skip


def about(row):
    return replace(GIVEN, address=f"https://musashi.localhost/world/ferry-1/comments/{row.pk}")


def give(given, masthead, at=NOON):
    reference = notices.give_notice(given, masthead_id=masthead.pk, at=at)
    return models.Notice.objects.get(reference=reference)


def delivered():
    while outbox.deliver_due():
        pass


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"address": "musashi.example"}, "address", "no_address"),
        ({"address": "javascript:alert(1)"}, "address", "no_address"),
        ({"address": f"https://{'a' * 2000}"}, "address", "no_address"),
        ({"address": "https://elsewhere.example/buy"}, "address", "no_page_of_ours"),
        ({"address": "https://musashi.localhost@elsewhere.example/"}, "address", "no_page_of_ours"),
        ({"address": "https://ana@musashi.localhost/"}, "address", "no_page_of_ours"),
        ({"address": "https://evil.example\\@musashi.localhost/"}, "address", "no_address"),
        ({"address": "https://musashi.localhost/\x00"}, "address", "no_address"),
        ({"address": "https://[musashi.localhost/"}, "address", "no_page_of_ours"),
        ({"kind": "rude"}, "kind", "no_kind"),
        ({"reasons": "Bad."}, "reasons", "no_reasons"),
        ({"reasons": "a" * 5_001}, "reasons", "no_reasons"),
        ({"name": ""}, "name", "no_name"),
        ({"name": "a" * 201}, "name", "no_name"),
        ({"email": ""}, "email", "no_email"),
        ({"email": "yui"}, "email", "no_email"),
        ({"good_faith": False}, "good_faith", "no_good_faith"),
    ],
)
def test_a_notice_that_lacks_something_is_not_kept(masthead, fields, field, reason):
    with pytest.raises(NoticeRefused) as refused:
        give(replace(GIVEN, **fields), masthead)

    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert reason in ENGLISH
    assert models.Notice.objects.count() == 0


def test_the_abuse_of_children_can_be_told_of_without_a_name(masthead):
    given = replace(GIVEN, kind="child_abuse", name="", email="")

    check(given)
    row = give(given, masthead)
    delivered()

    assert (row.name, row.email, row.receipt_sent_at) == ("", "", None)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://m.example/world/x-1/comments/12", 12),
        ("https://m.example/world/x-1#comment-12", 12),
        ("https://m.example/world/x-12", None),
        (f"https://m.example/comments/{'9' * 19}", None),
    ],
)
def test_the_comment_is_read_from_the_address(address, found):
    assert comment_in(address) == found


def test_a_notice_gets_a_reference_and_is_confirmed_once(story, masthead, mailoutbox):
    row = give(about(a_comment(story, masthead)), masthead)
    again = give(about(row.comment), masthead, at=NOON + MINUTE)
    later = give(about(row.comment), masthead, at=NOON + timedelta(hours=1))
    delivered()

    assert row.reference.startswith("N2026-")
    assert len(row.reference) == 14
    assert again == row != later
    assert row.comment is not None
    assert len(mailoutbox) == 2
    mail = mailoutbox[0]
    assert mail.to == ["yui@example.test"]
    assert row.reference in mail.subject
    link = mail.body.rsplit("/notices/", 1)[1].rstrip("/\n ")
    assert notices.reference_of(link) == row.reference
    assert notices.send_receipt(row.pk, at=NOON) is False


def test_an_address_gets_a_few_receipts_a_day_and_each_outcome(story, masthead, mod, mailoutbox):
    rows = [
        give(about(a_comment(story, masthead, at=NOON + n * MINUTE)), masthead, at=NOON)
        for n in range(6)
    ]
    for row in rows:
        notices.send_receipt(row.pk, at=NOON)

    assert len(mailoutbox) == 5
    last = rows[-1]
    notices.decide_notice(last.pk, by=mod.pk, outcome=Outcome.KEPT, answer="It may stay.", at=NOON)
    assert notices.send_outcome(last.pk, at=NOON) is True
    assert notices.send_receipt(last.pk, at=NOON + timedelta(days=1)) is True


def test_a_link_that_was_made_up_leads_nowhere():
    assert notices.reference_of("N2026-ABCDEFGH") is None
    assert notices.reference_of(notices.link_of("N2026-ABCDEFGH") + "x") is None


def test_a_comment_of_another_title_is_not_what_it_is_about(story, masthead):
    elsewhere = a_masthead("kinako")

    assert give(about(a_comment(story, masthead)), elsewhere).comment is None


def test_acting_on_a_notice_removes_the_comment_and_tells_both(story, masthead, mod, mailoutbox):
    rin = a_reader("Rin Abe")
    row = give(about(a_comment(story, masthead, "The child is Mika.", author=rin)), masthead)

    notices.decide_notice(
        row.pk, by=mod.pk, outcome=Outcome.ACTED, rule=3, answer="It names a child.", at=NOON
    )
    delivered()

    row.refresh_from_db()
    assert (row.outcome, row.answer, row.decided_by) == ("acted", "It names a child.", mod)
    assert row.comment.status == "removed"
    assert (row.decision.rule, row.decision.reason) == (3, "It names a child.")
    told = {mail.to[0]: mail for mail in mailoutbox if "receipt" not in mail.subject}
    assert "Somebody had given notice" in told[rin.email].body
    assert "yui" not in told[rin.email].body.lower()
    outcome = next(m for m in mailoutbox if m.subject.startswith("Musashi: what became"))
    for part in ("We acted on it", "It names a child.", "A person decided", "out-of-court"):
        assert part in outcome.body
    assert notices.send_outcome(row.pk, at=NOON) is False


def test_keeping_leaves_everything_and_says_why(story, masthead, mod, mailoutbox):
    row = give(about(a_comment(story, masthead)), masthead)

    notices.decide_notice(row.pk, by=mod.pk, outcome=Outcome.KEPT, answer="It is true.", at=NOON)
    delivered()

    row.refresh_from_db()
    assert (row.comment.status, row.decision) == ("visible", None)
    assert "left what it was about" in mailoutbox[-1].body


def test_a_notice_about_no_comment_is_only_noted(masthead, mod):
    row = give(GIVEN, masthead)

    notices.decide_notice(row.pk, by=mod.pk, outcome=Outcome.ACTED, answer="Corrected.", at=NOON)

    row.refresh_from_db()
    assert (row.outcome, row.decision) == ("acted", None)


def test_what_was_removed_or_deleted_before_stays_as_it_is(story, masthead, mod):
    gone, own, lost = (a_comment(story, masthead) for _ in range(3))
    before = decisions.remove(gone.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    authors.delete_own(own.pk, by=own.author_id, at=NOON)
    decisions.remove(lost.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    lost.decisions.all().delete()
    rows = [give(about(c), masthead) for c in (gone, own, lost)]

    for row in rows:
        notices.decide_notice(row.pk, by=mod.pk, outcome=Outcome.ACTED, answer="Gone.", at=NOON)
        row.refresh_from_db()

    assert [row.decision_id for row in rows] == [before.decision_id, None, None]
    assert own.decisions.count() == 0


def test_a_notice_is_decided_once_with_reasons_by_who_moderates_there(story, masthead, mod):
    row = give(about(a_comment(story, masthead)), masthead)
    ren = a_moderator(a_masthead("kinako"))
    told = {"outcome": Outcome.ACTED, "answer": "It names a child.", "at": NOON}

    with pytest.raises(NotYours):
        notices.decide_notice(row.pk, by=ren.pk, **told)
    with pytest.raises(NothingToDecide, match="needs reasons"):
        notices.decide_notice(row.pk, by=mod.pk, **{**told, "answer": " "})
    with pytest.raises(NothingToDecide, match="There is no notice 999"):
        notices.decide_notice(999, by=mod.pk, **told)
    notices.decide_notice(row.pk, by=mod.pk, **told)
    with pytest.raises(NothingToDecide, match="It was decided at 12:00 UTC, 20 November"):
        notices.decide_notice(row.pk, by=mod.pk, **told)

    assert models.Decision.objects.count() == 1


def test_nothing_is_sent_where_there_is_nobody_or_no_title(masthead):
    assert notices.send_receipt(999, at=NOON) is False


def test_the_numbers_of_a_year_are_those_of_one_title(story, masthead, mod):
    row = a_comment(story, masthead)
    first, second = give(about(row), masthead), give(GIVEN, masthead)
    give(replace(GIVEN, kind="fraud", reasons=f"{WHY} And more."), masthead)
    give(GIVEN, a_masthead("kinako"))
    give(replace(GIVEN, reasons=WHY * 2), masthead, at=datetime(2027, 1, 1, tzinfo=UTC))
    later = NOON + timedelta(hours=3)
    told = {"by": mod.pk, "answer": "So.", "at": later}
    notices.decide_notice(first.pk, outcome=Outcome.ACTED, rule=3, **told)
    notices.decide_notice(second.pk, outcome=Outcome.KEPT, **told)
    appeals.appeal(row.decisions.get().pk, by=row.author_id, text="Why?", at=NOON)
    held = a_comment(story, masthead, "https://a.example https://b.example https://c.example")
    decisions.hold(held.pk, by=mod.pk, expected=1, at=NOON)
    readers.ban(row.author_id, masthead_id=masthead.pk, by=mod.pk, rule=9, at=NOON)

    rows = numbers(2026, masthead_id=masthead.pk).rows
    found = {(group, what): number for group, what, number in rows}

    assert found["notices", "received_n"] == 3
    assert (found["notices", "privacy"], found["notices", "fraud"]) == (2, 1)
    assert (found["notices", "acted_n"], found["notices", "kept_n"]) == (1, 1)
    assert (found["notices", "open_n"], found["notices", "median_hours"]) == (1, 3.0)
    assert (found["removals", "3"], found["removals", "1"]) == (1, 0)
    assert (found["holds", "automatic_n"], found["holds", "person_n"]) == (1, 1)
    assert (found["people", "banned"], found["people", "warned"]) == (1, 0)
    assert (found["appeals", "received_n"], found["appeals", "open_n"]) == (1, 1)
    assert found["appeals", "median_hours"] == 0
    assert sum(numbers(2025, masthead_id=masthead.pk).rows[n][2] for n in range(5)) == 0


def test_a_japanese_title_confirms_in_japanese(masthead, mailoutbox):
    Masthead.objects.filter(pk=masthead.pk).update(language="ja")

    give(GIVEN, masthead)
    delivered()

    assert mailoutbox[0].subject.startswith("Musashi：通報を受け付けました")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    words = notice_words_for(language)

    assert words.keys() == ENGLISH.keys()
    for name, text in words.items():
        holes = [hole in text for hole in ("{}", "{title}", "{reference}")]
        assert holes == [hole in ENGLISH[name] for hole in ("{}", "{title}", "{reference}")], name
    assert notice_words_for("fr") is ENGLISH
