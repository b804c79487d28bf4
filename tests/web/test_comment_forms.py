"""What a member does in a thread with plain forms, and what comes back when it is refused."""

import pytest
from django.test import Client
from lxml import html

from dateline.discussion import models
from dateline.discussion.domain.errors import ThreadUnavailable
from dateline.discussion.domain.notices import comment_in
from dateline.discussion.services import decisions, posting
from dateline.stories.services.kills import kill_story
from dateline.stories.services.publishing import update_story
from tests.factories.discussion import MINUTE, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one, path_of
from tests.web.talkers import Talker, problem_of, token_on, typed_in

pytestmark = pytest.mark.django_db

AT = NOON + 10 * MINUTE  # the clock stands at NOON + 30 minutes
TEXT = "The ferry is late again."


@pytest.fixture
def story(musashi):
    house(musashi, seconds_between=0)
    return a_story("Ferry returns", at=NOON)


@pytest.fixture
def at(story):
    return f"{path_of(story)}/comments/"


@pytest.fixture
def rin(story):
    return Talker()


@pytest.fixture
def row(story, musashi):
    return a_comment(story, musashi, "It sailed.", author=a_reader("Jun"), at=AT)


def only():
    """The comment that Rin wrote."""
    return models.Comment.objects.get(author__display_name="Rin Abe")


def test_somebody_who_is_not_signed_in_reads_and_is_asked_to_log_in(row, at, reader):
    page = reader.page(at)

    assert every(page, ".comment-text") == ["It sailed."]
    assert one(page, "#join-title") == "Login to leave a comment"
    assert not page.cssselect("form")
    assert f"/account/enter/?next={at}%23write" in [
        link.replace("%2F", "/") for link in links(page)
    ]
    assert reader.get(at)["Cache-Control"] == "private, no-store"


def test_a_comment_is_written_and_stands_where_it_belongs(story, at, rin):
    page = rin.does(at, on=at, text=TEXT, key="one")

    assert one(page, ".said") == "Your comment is here."
    assert every(page, ".comment-text") == [TEXT]
    assert (only().text, only().key) == (TEXT, "one")
    assert every(Reader().page(path_of(story)), ".comment-author") == ["Rin Abe"]


def test_an_answer_quotes_and_hangs_below(row, at, rin):
    on = f"{at}{row.pk}"
    assert typed_in(rin.get(f"{on}?quote=1"), "quote") == "It sailed."

    page = rin.does(at, on=on, text=TEXT, answers=row.pk, quote="It sailed.")

    assert only().parent == row
    assert one(page, ".comment-quote") == "It sailed."
    assert every(page, ".comment-author") == ["Jun", "Rin Abe"]


def test_the_same_comment_twice_is_one_with_a_friendly_note(at, rin):
    rin.does(at, on=at, text=TEXT, key="one")

    page = rin.does(at, on=at, text=TEXT, key="one")

    assert one(page, ".said") == "You posted this a moment ago; it is here once."
    assert only()


def test_five_thousand_and_one_characters_come_back(at, rin):
    answer = rin.send(at, on=at, text="x" * 5_001, key="one")

    assert answer.status_code == 422
    assert problem_of(answer) == (
        "That is 5,001 characters; the limit is 5,000. Your text is still here."
    )
    assert typed_in(answer) == "x" * 5_001
    assert answer["Cache-Control"] == "private, no-store"
    page = rin.page(at)
    assert page.cssselect("[name=key]")[0].get("value") != "one"
    assert not models.Comment.objects.exists()


def test_a_refused_answer_comes_back_in_its_own_form(row, at, rin):
    answer = rin.send(at, on=f"{at}{row.pk}", text=TEXT, answers=row.pk, quote="Never said.")

    assert answer.status_code == 422
    assert problem_of(answer).startswith("The quote is not in comment 1")
    assert (typed_in(answer), typed_in(answer, "quote")) == (TEXT, "Never said.")


def test_a_comment_that_waits_is_shown_to_its_author_only(story, musashi, at, rin):
    house(musashi, door="held")

    page = rin.does(at, on=at, text=TEXT)

    assert one(page, ".said").startswith("A moderator reads your comment before others do.")
    assert one(page, ".yours-text") == TEXT
    assert one(page, ".yours-why") == "A moderator reads it before others do."
    assert TEXT not in Talker("Jun").page(at).text_content()
    assert Reader().get(f"{at}{only().pk}").status_code == 404


def test_its_author_is_told_by_which_rule_a_comment_was_removed(musashi, at, rin):
    rin.does(at, on=at, text=TEXT)
    mod = a_moderator(musashi)
    decisions.remove(only().pk, by=mod.pk, expected=1, rule=5)

    assert one(rin.page(at), ".yours-why") == (
        "A moderator removed this comment. House rule 5: Advertising or spam."
    )
    models.Decision.objects.update(rule=None)
    assert one(rin.page(at), ".yours-why") == "A moderator removed it."


def test_a_vote_is_cast_changed_and_taken_back(row, at, rin):
    def votes():
        return [
            (b.get("value"), b.get("aria-pressed"))
            for b in rin.page(at).cssselect("button.vote[form=talk]")
        ]

    assert votes() == [("1", "false"), ("-1", "false")]
    page = rin.does(f"{at}{row.pk}/vote", on=at, value="1")
    assert one(page, ".said") == "Your vote is counted."
    assert votes() == [("0", "true"), ("-1", "false")]
    rin.does(f"{at}{row.pk}/vote", on=at, value="-1")
    assert votes() == [("1", "false"), ("0", "true")]
    rin.does(f"{at}{row.pk}/vote", on=at, value="0")
    row.refresh_from_db()
    assert (row.ups, row.downs) == (0, 0)


def test_nobody_votes_for_themselves(at, rin):
    rin.does(at, on=at, text=TEXT)

    answer = rin.send(f"{at}{only().pk}/vote", on=at, value="1")

    assert (answer.status_code, problem_of(answer)) == (
        422, "You cannot vote on your own comment.",
    )  # fmt: skip
    assert not rin.page(at).cssselect("button.vote")


def test_a_comment_is_changed_within_its_time_and_keeps_what_was_typed(at, rin):
    rin.does(at, on=at, text=TEXT)
    on = f"{at}{only().pk}"
    assert typed_in(rin.get(on)) == TEXT

    page = rin.does(f"{on}/edit", on=on, text="Better words.")
    assert (one(page, ".said"), one(page, ".comment-text")) == (
        "Your comment reads as you changed it.", "Better words.",
    )  # fmt: skip

    models.Comment.objects.update(created_at=NOON)
    assert not rin.page(on).cssselect("#edit")
    answer = rin.send(f"{on}/edit", on=on, text="Too late.")
    assert answer.status_code == 422
    assert problem_of(answer).startswith("A comment can be changed for 5 minutes.")
    assert typed_in(answer) == "Too late."


def test_a_comment_is_deleted_by_its_author_and_by_nobody_else(row, at, rin):
    rin.does(at, on=at, text=TEXT)
    on = f"{at}{only().pk}"

    answer = rin.send(f"{at}{row.pk}/delete", on=on)
    assert problem_of(answer) == "Comment 1 is somebody else's."
    page = rin.does(f"{on}/delete", on=on)

    assert one(page, ".said") == "Your comment is deleted."
    assert every(page, ".comment-text") == ["It sailed."]


def test_a_comment_is_reported_with_a_reason(row, at, rin):
    on = f"{at}{row.pk}"

    page = rin.does(f"{on}/report", on=on, reason="hate", text="Look.")

    assert one(page, ".said") == "Thank you. A moderator will look at this comment."
    report = models.Report.objects.get()
    assert (report.reason, report.note, report.reporter) == ("hate", "Look.", rin.person)
    rin.does(f"{on}/report", on=on, reason="no such", text="")
    answer = rin.send(f"{on}/report", on=on, reason="spam", text="y" * 1_001)
    assert problem_of(answer).startswith("That is 1,001 characters; the limit is 1,000.")
    assert typed_in(answer) == "y" * 1_001


def parsed(answer):
    return html.document_fromstring(answer.content)


def test_a_report_leads_on_to_the_notice_of_what_is_against_the_law(row, at, rin):
    address = f"http://musashi.localhost:8000{at}{row.pk}"
    stranger = Client(headers={"host": "musashi.localhost"})

    for page in (rin.page(f"{at}{row.pk}"), parsed(stranger.get(f"{at}{row.pk}"))):
        (link,) = [a for a in links(page) if a.startswith("/notices/?address=")]
        form = parsed(stranger.get(link))
        assert form.cssselect("[name=address]")[0].get("value") == address
        assert comment_in(address) == row.pk


def test_the_report_that_holds_a_comment_leads_back_to_the_thread(row, musashi, at, rin):
    house(musashi, hold_at_reports=1)

    page = rin.does(f"{at}{row.pk}/report", on=f"{at}{row.pk}", reason="abuse")

    assert one(page, "#comments-title") == "No Comment"


def test_a_muted_person_is_folded_away_until_read_again(row, at, rin):
    member = f"/member/{row.author_id}/"
    on = f"{at}{row.pk}"

    page = rin.does(f"{member}mute", on=on, next=at)
    assert one(page, ".said") == "You no longer read this person."
    assert one(page, ".comment-muted summary") == "You muted Jun. Show it"
    assert one(rin.page(member), ".follow button") == "Read Jun again"
    answer = rin.send(f"{member}mute", on=member, next="//evil.example/")
    assert answer["Location"] == "/?said=muted"
    assert not Reader().page(member).cssselect("form")


def test_a_thread_is_followed_and_left(at, rin):
    page = rin.does(f"{at}follow", on=at)

    assert one(page, ".said") == "You follow this thread."
    assert one(page, ".follow button") == "Stop following"
    assert models.Follow.objects.filter(user=rin.person).exists()


def test_a_page_of_a_thread_keeps_its_order_and_says_when_it_is_too_old(row, at, rin):
    page = rin.page(f"{at}?order=newest")
    assert one(rin.page(f"{at}?order=upside"), ".comment-text") == "It sailed."
    assert one(page, ".comment-text") == "It sailed."

    page = rin.page(f"{at}?after=made-up", status=404)
    assert (
        one(page, ".form-problem") == "This page of the thread is too old. Here is the first one."
    )


def test_a_wrong_slug_is_sent_right_but_loses_no_text(story, row, at, rin):
    wrong = f"/world/wrong-{story.pk}/comments/"

    assert rin.get(f"{wrong}{row.pk}")["Location"] == f"{at}{row.pk}"
    assert rin.send(wrong, on=at, text=TEXT).status_code == 303
    assert only().text == TEXT


@pytest.mark.parametrize("path", ["/world/no-such-999999/comments/", "/world/nothing/comments/"])
def test_where_there_is_no_story_there_is_no_thread(path, at, rin):
    assert rin.get(path).status_code == 404
    assert rin.send(path, on=at).status_code == 404
    answer = rin.send(path, on=at, text=TEXT)
    assert (answer.status_code, typed_in(answer)) == (410, TEXT)


def test_a_killed_story_takes_nothing_and_gives_the_text_back(story, at, rin):
    page = rin.page(at)
    token = token_on(page)
    kill_story(story.pk, reason="Wrong.", by="Ana")

    answer = rin.client.post(
        at, {"csrfmiddlewaretoken": token, "text": TEXT}, headers={"host": rin.host}
    )

    assert (answer.status_code, typed_in(answer)) == (410, TEXT)
    assert problem_of(answer).startswith("This story cannot be read here now")
    assert b"Ferry returns" not in answer.content
    assert not models.Comment.objects.exists()


def test_who_is_signed_out_meanwhile_gets_the_text_back(row, at, rin):
    ask = token_on(rin.page(at))
    del rin.client.cookies["session"]

    sent = {"csrfmiddlewaretoken": ask, "text": TEXT}
    for fields in ({}, {"answers": row.pk}):
        answer = rin.client.post(at, sent | fields, headers={"host": rin.host})
        assert (answer.status_code, typed_in(answer)) == (403, TEXT)
        assert problem_of(answer).startswith("You are not signed in here any more.")
    answer = rin.client.post(f"/member/{row.author_id}/mute", sent, headers={"host": rin.host})
    assert answer.status_code == 403


def test_who_left_the_title_is_asked_to_join_again(at, musashi):
    stranger = Talker("Stranger", joined=False)

    assert one(stranger.page(at), "#join-title") == "Login to leave a comment"


def test_a_forged_origin_and_a_missing_token_do_nothing(row, at, rin):
    forged = rin.send(at, on=at, headers={"origin": "https://evil.example"}, text=TEXT)
    assert forged.status_code == 403
    assert TEXT not in forged.content.decode()
    bare = rin.client.post(at, {"text": TEXT}, headers={"host": rin.host})
    assert bare.status_code == 403
    assert models.Comment.objects.count() == 1


def test_an_old_form_of_our_own_gives_the_text_back(at, rin):
    ours = {"host": rin.host, "origin": f"http://{rin.host}"}
    rin.get(at)

    answer = rin.client.post(at, {"text": TEXT, "csrfmiddlewaretoken": "x" * 64}, headers=ours)

    assert (answer.status_code, typed_in(answer)) == (403, TEXT)
    assert problem_of(answer) == "This form was too old. Send it again; your text is still here."


def test_an_answer_to_what_is_gone_comes_back_as_a_comment_to_the_thread(
    row, story, musashi, at, rin
):
    elsewhere = a_story("Other", at=NOON)
    foreign = a_comment(elsewhere, musashi, at=AT)
    answer = rin.send(at, on=at, text=TEXT, answers=foreign.pk)
    assert (answer.status_code, typed_in(answer)) == (422, TEXT)
    assert "is not here any more" in problem_of(answer)

    decisions.remove(row.pk, by=a_moderator(musashi).pk, expected=1, rule=1)
    answer = rin.send(at, on=at, text=TEXT, answers=row.pk)
    assert (answer.status_code, typed_in(answer)) == (422, TEXT)


def test_an_answer_to_a_tombstone_comes_back_too(row, story, musashi, at, rin):
    a_comment(story, musashi, answers_id=row.pk, at=AT)
    decisions.remove(row.pk, by=a_moderator(musashi).pk, expected=1, rule=1)

    answer = rin.send(at, on=at, text=TEXT, answers=row.pk)

    assert (answer.status_code, typed_in(answer)) == (422, TEXT)
    assert one(rin.page(f"{at}{row.pk}"), ".comment-gone").startswith("A moderator removed")
    assert one(rin.page(f"{at}{row.pk}?quote=1"), ".comment-gone")


def test_a_verb_reaches_only_comments_of_its_own_thread(row, musashi, at, rin):
    elsewhere = a_comment(a_story("Other", at=NOON), musashi, "Elsewhere.", at=AT)

    for verb in ("vote", "report", "edit", "delete"):
        answer = rin.send(f"{at}{elsewhere.pk}/{verb}", on=at, value="1", text="")
        assert answer.status_code == 422
    assert rin.send(f"{at}{row.pk}/dance", on=at).status_code == 404
    assert rin.send(f"{at}{10**25}/vote", on=at, value="1").status_code == 422
    assert rin.get(f"{at}{elsewhere.pk}").status_code == 404
    assert rin.get(f"{at}{10**25}").status_code == 404
    assert not models.Vote.objects.exists()


def test_a_closed_thread_is_read_and_gives_back_what_came_too_late(row, story, at, rin):
    token = token_on(rin.page(at))
    models.Thread.objects.update(door="closed")

    answer = rin.client.post(
        at, {"csrfmiddlewaretoken": token, "text": TEXT}, headers={"host": rin.host}
    )

    assert (answer.status_code, typed_in(answer)) == (422, TEXT)
    assert problem_of(answer) == "A moderator closed this thread."
    assert not rin.page(f"{at}{row.pk}").cssselect("#reply")


def test_a_japanese_title_refuses_in_japanese(musashi):
    a_masthead("tokyo", language="ja", sections=("world",))
    story = a_story("再開", at=NOON, on=("tokyo",), language="ja")
    rin, at = Talker(host="tokyo.localhost"), f"{path_of(story)}/comments/"

    answer = rin.send(at, on=at, text="")

    assert problem_of(answer) == "本文がありません。"
    update_story(story.pk, changes={"headline": "運航再開"}, by="Ana")
    assert one(rin.page(at), "h1").startswith("コメント")
    vote_page = rin.does(at, on=at, text="遅い。")
    assert one(vote_page, ".said") == "コメントを掲載しました。"


@pytest.mark.parametrize("verb", ["edit", "report"])
def test_an_old_form_over_a_comment_comes_back_where_it_stood(verb, row, at, rin):
    ours = {"host": rin.host, "origin": f"http://{rin.host}"}

    answer = rin.client.post(f"{at}{row.pk}/{verb}", {"text": TEXT}, headers=ours)

    assert (answer.status_code, typed_in(answer)) == (403, TEXT)
    assert problem_of(answer).startswith("This form was too old.")


def test_an_old_form_of_another_page_is_refused_on_a_page_of_its_own(row, rin):
    ours = {"host": rin.host, "origin": f"http://{rin.host}"}

    answer = rin.client.post(f"/member/{row.author_id}/mute", {"text": TEXT}, headers=ours)

    assert (answer.status_code, typed_in(answer)) == (403, TEXT)


def test_other_hosts_refuse_a_form_without_a_token_as_ever(rin):
    answer = rin.client.post("/login/", headers={"host": "account.localhost"})

    assert answer.status_code == 403
    assert b"CSRF" in answer.content


def test_a_story_that_goes_while_the_form_is_read_gives_the_text_back(at, rin, monkeypatch):
    def gone(**_):
        raise ThreadUnavailable("Story 1 cannot be read here now, so nobody can comment.")

    monkeypatch.setattr(posting, "post_comment", gone)

    answer = rin.send(at, on=at, text=TEXT)

    assert (answer.status_code, typed_in(answer)) == (410, TEXT)
