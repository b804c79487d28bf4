"""My comments: for one reader only, with what became of each, why, and the one appeal."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from dateline import clock
from dateline.discussion import models
from dateline.discussion.services import appeals, authors, decisions, readers
from dateline.mastheads.models import Masthead
from dateline.stories.services import kills
from dateline.web import own_comments
from tests.factories.discussion import MINUTE, NOON, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_story
from tests.factories.people import a_session
from tests.factories.web import every, links, one

pytestmark = pytest.mark.django_db

PATH = "/account/comments/"


@pytest.fixture
def here(musashi, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON + MINUTE)
    house(musashi, seconds_between=0, most_in_minute=0)
    return musashi


@pytest.fixture
def story(here):
    return a_story(at=NOON - 60 * MINUTE)


@pytest.fixture
def mod(here):
    return a_moderator(here)


@pytest.fixture
def rin():
    return a_reader("Rin Abe")


def browser(person=None):
    client = Client(headers={"host": "musashi.localhost"}, enforce_csrf_checks=False)
    if person:
        client.cookies[settings.SESSION_COOKIE_NAME] = a_session(person, "musashi")
    return client


def page(client, path=PATH, status=200, **fields):
    answer = client.post(path, fields) if fields else client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return html.document_fromstring(answer.content)


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(here):
    for answer in (browser().get(PATH), browser().post(f"{PATH}mail/", {"pace": "daily"})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/account/enter/?next={PATH}"


def test_an_appeal_whose_log_in_ended_meanwhile_gives_the_text_and_the_way_to_sign_in(here):
    answer = browser().post(f"{PATH}1/appeal/", {"text": "The ferry, not you!"})

    found = html.document_fromstring(answer.content)
    assert (answer.status_code, answer["Cache-Control"]) == (403, "private, no-store")
    assert "You are not signed in here any more." in one(found, "[role=alert]")
    assert found.cssselect("textarea")[0].text_content() == "The ferry, not you!"
    assert f"/account/enter/?next={PATH}" in links(found)
    assert models.Appeal.objects.count() == 0


def test_nobody_s_page_is_kept_by_any_cache(rin, here):
    answer = browser(rin).get(PATH)

    assert answer["Cache-Control"] == "private, no-store"
    assert one(html.fromstring(answer.content), ".own-none") == "You have not commented yet."
    assert "own-problem" not in answer.content.decode()


def test_each_comment_says_what_became_of_it_and_why(story, here, mod, rin):
    a_comment(story, here, "Seen.", author=rin)
    held = a_comment(
        story, here, "https://a.example https://b.example https://c.example", author=rin
    )
    gone = a_comment(story, here, "You are late.", author=rin)
    decisions.remove(gone.pk, by=mod.pk, expected=1, rule=1, reason="Rude.", at=NOON)
    taken = a_comment(story, here, "Taken to look at.", author=rin)
    decisions.hold(taken.pk, by=mod.pk, expected=1, reason="One moment.", at=NOON)
    own = a_comment(story, here, "Never mind.", author=rin)
    authors.delete_own(own.pk, by=rin.pk, at=NOON)
    a_comment(story, here, "Of somebody else.")

    found = page(browser(rin))

    rows = every(found, ".own-list > li")
    assert len(rows) == 5
    assert "You deleted it." in rows[0]
    assert "Taken to look at. It waits for a moderator." in rows[1]
    assert "A moderator decided this. Why One moment." in rows[1]
    assert "It was removed. Readers do not see it." in rows[2]
    assert "House rule 1 Insult or threat against a person. Why Rude." in rows[2]
    assert "A rule held it by itself" in rows[3]
    assert "3 links; 2 are let through." in rows[3]
    assert "Seen. Readers see it." in rows[4]
    assert "Ferry returns to harbour · Musashi" in rows[4]
    assert "Mio" not in one(found, ".own")
    assert "somebody else" not in one(found, ".own")
    assert [form.get("action") for form in found.cssselect(".own form")] == [
        *(f"{PATH}{row.decisions.latest('pk').pk}/appeal/" for row in (taken, gone, held)),
        f"{PATH}mail/",
    ]


def test_a_killed_story_is_not_named_even_here(story, here, rin):
    a_comment(story, here, "Seen.", author=rin)
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=NOON + MINUTE)

    found = page(browser(rin))

    assert "A story that is no longer here" in one(found, ".own-list")
    assert "Ferry" not in one(found, ".own")


def test_an_appeal_is_sent_once_and_its_answer_comes_here(story, here, mod, rin):
    row = a_comment(story, here, "You are late.", author=rin)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    client, address = browser(rin), f"{PATH}{done.decision_id}/appeal/"

    answer = client.post(address, {"text": "The ferry, not you!"})

    assert answer["Location"] == f"{PATH}?sent={done.decision_id}#d{done.decision_id}"
    waiting = page(client, f"{PATH}?sent={done.decision_id}")
    assert one(waiting, "[role=status]").startswith("Thank you.")
    assert "You asked for another look." in one(waiting, ".own-appeal")
    assert waiting.cssselect("form[action$='appeal/']") == []
    again = page(client, address, 422, text="Really!")
    assert "You appealed before." in one(again, ".own-problem")
    assert again.cssselect("textarea[readonly]")[0].text_content() == "Really!"
    assert "What you wrote:" in one(again, ".own label[for=left-over]")
    appeals.decide_appeal(
        models.Appeal.objects.get().pk, by=mod.pk, upheld=False, answer="It was rude.", at=NOON
    )
    assert one(page(client), ".own-appeal").endswith("It was rude.")
    assert "The decision stands." in one(page(client), ".own-appeal")


def test_an_appeal_that_was_right_says_so(here, mod, rin):
    decision = readers.ban(rin.pk, masthead_id=here.pk, by=mod.pk, rule=1, at=NOON)
    asked = appeals.appeal(decision, by=rin.pk, text="Why?", at=NOON)
    appeals.decide_appeal(asked, by=mod.pk, upheld=True, answer="Sorry.", at=NOON)

    assert "You were right." in one(page(browser(rin)), ".own-appeal")


def test_a_comment_that_came_back_tells_the_answer_and_one_that_went_again_its_new_reason(
    story, here, mod, rin
):
    row = a_comment(story, here, "You are late.", author=rin)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)
    asked = appeals.appeal(done.decision_id, by=rin.pk, text="The ferry!", at=NOON)
    appeals.decide_appeal(asked, by=mod.pk, upheld=True, answer="Sorry.", at=NOON)
    client = browser(rin)

    back = one(page(client), ".own-list")
    decisions.remove(row.pk, by=mod.pk, expected=3, rule=6, at=NOON)
    again = page(client)

    assert "Readers see it. You were right." in back
    assert "Insult" not in back
    assert "House rule 6" in one(again, ".own-list")
    assert again.cssselect("form[action$='appeal/']")


def test_an_appeal_without_words_keeps_what_was_typed(story, here, mod, rin):
    row = a_comment(story, here, "You are late.", author=rin)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    text = "a" * 5_001
    found = page(browser(rin), f"{PATH}{done.decision_id}/appeal/", 422, text=text)

    assert "these are 5,001" in one(found, ".own-problem")
    assert found.cssselect("textarea")[0].text_content().strip() == text
    assert found.cssselect("details[open]")
    assert not found.cssselect("#left-over")
    assert models.Appeal.objects.count() == 0


def test_nobody_appeals_for_somebody_else(story, here, mod, rin):
    row = a_comment(story, here, "You are late.", author=rin)
    done = decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    found = page(browser(a_reader()), f"{PATH}{done.decision_id}/appeal/", 422, text="Mine.")

    assert "is about somebody else" in one(found, ".own-problem")
    assert found.cssselect("#left-over")[0].text_content() == "Mine."
    assert models.Appeal.objects.count() == 0


def test_an_appeal_against_a_ban_without_words_stays_in_its_own_form(here, mod, rin):
    decision = readers.ban(rin.pk, masthead_id=here.pk, by=mod.pk, rule=1, at=NOON)

    found = page(browser(rin), f"{PATH}{decision}/appeal/", 422, text="a" * 5_001)

    (typed,) = found.cssselect(".own textarea")
    assert (typed.get("id"), typed.text_content()) == (f"a{decision}", "a" * 5_001)


def test_an_appeal_from_a_page_that_was_too_old_is_given_back(here, rin):
    strict = Client(headers={"host": "musashi.localhost"}, enforce_csrf_checks=True)
    strict.cookies[settings.SESSION_COOKIE_NAME] = a_session(rin, "musashi")
    own = {"origin": "http://musashi.localhost"}

    for path, field in ((f"{PATH}1/appeal/", "text"), ("/notices/", "reasons")):
        answer = strict.post(path, {field: "It was the ferry."}, headers=own)

        found = html.document_fromstring(answer.content)
        assert answer.status_code == 403
        assert found.cssselect("textarea")[0].text_content() == "It was the ferry."


def test_decisions_about_the_person_stand_above(here, mod, rin):
    lead = a_moderator(None)
    told = {"masthead_id": here.pk, "by": mod.pk, "at": NOON}
    readers.warn(rin.pk, rule=1, reason="Be kind.", **told)
    readers.suspend(rin.pk, rule=1, until=NOON + MINUTE, **told)
    readers.lift(rin.pk, **told)
    readers.ban(rin.pk, masthead_id=None, by=lead.pk, rule=9, at=NOON)

    found = page(browser(rin))

    first, second, third, fourth = every(found, ".own-part li")
    assert first.startswith("You cannot comment any more. all our titles")
    assert second.startswith("You can comment again. Musashi")
    assert "You could not comment until 20 November 2026, 21:01 JST." in third
    assert "House rule 1 Insult or threat against a person. Why Be kind." in fourth
    assert len(found.cssselect("form[action$='appeal/']")) == 3


def test_older_comments_are_a_page_away(story, here, rin, monkeypatch):
    monkeypatch.setattr(own_comments.told, "PAGE", 2)
    for number in range(3):
        a_comment(story, here, f"Thought {number}.", author=rin)

    first = page(browser(rin))
    (older,) = first.cssselect("a[rel=next]")
    second = page(browser(rin), PATH + older.get("href"))

    assert every(first, ".own-text") == ["Thought 2.", "Thought 1."]
    assert every(second, ".own-text") == ["Thought 0."]


def test_a_japanese_title_says_it_in_japanese(story, here, mod, rin):
    Masthead.objects.update(language="ja")
    row = a_comment(story, here, "遅い。", author=rin)
    decisions.remove(row.pk, by=mod.pk, expected=1, rule=1, at=NOON)

    found = page(browser(rin))

    assert one(found, "h1") == "自分のコメント"
    assert "利用規則 第1項 人に対する侮辱や脅し。" in one(found, ".own-list")


def test_the_account_page_leads_here(here, rin):
    assert PATH in links(page(browser(rin), "/account/"))
