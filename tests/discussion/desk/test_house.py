"""House settings, word lists, moderators and thread doors on the desk: each in its own hands."""

import pytest
from django.contrib.auth.models import Permission
from lxml import html

from dateline.discussion import models
from dateline.discussion.domain.status import Door, WordKind
from dateline.discussion.services import rooms
from dateline.stories.services import kills
from tests.factories.discussion import NOON, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import an_editor
from tests.factories.web import every, links, one

pytestmark = pytest.mark.django_db

SETTINGS = {
    "door": "held", "close_after_days": 14, "premoderate_first": 2, "edit_minutes": 5,
    "seconds_between": 3, "most_in_minute": 6, "most_links": 2, "hold_at_reports": 5,
    "hold_removed_percent": 30, "hold_score_percent": 80, "down_votes": "on",
    "score_after_minutes": 0, "weigh_after_hours": 0,
}  # fmt: skip


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, answer.content[:300]
    return html.document_fromstring(answer.content)


def told(client, path, fields, status=302):
    """Post a form; the words of the page it leads to, or, where it is refused, of the form."""
    answer = client.post(path, fields)
    assert answer.status_code == status, answer.content[:300]
    if status == 302:
        answer = client.get(answer["Location"])
    return html.document_fromstring(answer.content)


def test_a_moderator_sets_what_the_house_asks_and_only_that_is_saved(mio, masthead):
    assert mio.get("/comments/house/")["Location"] == "/comments/house/musashi/"

    found = told(mio, "/comments/house/musashi/", SETTINGS)

    row = models.House.objects.get(masthead=masthead)
    assert (row.door, row.close_after_days, row.premoderate_first) == ("held", 14, 2)
    assert "3 changed." in one(found, ".messages")
    assert found.cssselect("#house-door option[selected]")[0].get("value") == "held"
    assert "0 changed." in one(told(mio, "/comments/house/musashi/", SETTINGS), ".messages")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("most_links", "-1", "greater than or equal to 0"),
        ("hold_score_percent", "101", "less than or equal to 100"),
        ("door", "ajar", "Select a valid choice"),
        ("edit_minutes", "", "This field is required."),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(mio, field, value, said):
    found = told(mio, "/comments/house/musashi/", SETTINGS | {field: value}, status=422)

    assert said in one(found, ".mod-problem")
    assert models.House.objects.filter(door="held").count() == 0


def test_the_house_of_another_title_stays_shut(mio, enter, other):
    for path in ("/comments/house/kinako/", "/comments/words/kinako/", "/comments/words/network/"):
        assert mio.get(path).status_code == 404
        assert mio.post(path, SETTINGS | {"lines": "lout", "kind": "banned"}).status_code == 404
    assert models.House.objects.count() == models.Word.objects.count() == 0
    lead = page(enter(a_moderator(None)), "/comments/house/kinako/")
    assert every(lead, ".mod-tabs a") == ["Musashi", "Kinako"]


def test_many_words_are_pasted_and_the_count_is_told(mio, masthead):
    house(masthead)
    lines = "lout\n\n  cad \r\nlout\nrumour*"
    found = told(mio, "/comments/words/musashi/", {"lines": lines, "kind": "suspect"})

    assert "3 new on the list; 0 were on it, and are suspect now." in one(found, ".messages")
    assert one(found, "#words-title") == "0 banned, 3 suspect"
    assert every(found, ".mod-words li") == ["cad suspect", "lout suspect", "rumour* suspect"]
    found = told(mio, "/comments/words/musashi/", {"lines": "cad\nfop", "kind": "banned"})
    assert "1 new on the list; 1 were on it, and are banned now." in one(found, ".messages")
    gone = {"lines": "cad\nnobody", "kind": "banned", "do": "unlist"}
    found = told(mio, "/comments/words/musashi/", gone)
    assert "1 taken off the list; 1 were not on it." in one(found, ".messages")


def test_thousands_of_words_are_listed_and_unlisted_in_one_go(mio, mod, masthead, monkeypatch):
    monkeypatch.setattr(rooms, "PART", 100)
    monkeypatch.setattr("dateline.discussion.queries.keeping.LINES", 200)
    lines = "\n".join(f"word{n:05}" for n in range(1_200))

    found = told(mio, "/comments/words/musashi/", {"lines": lines, "kind": "suspect"})
    assert "1,200 new on the list" in one(found, ".messages")
    assert one(found, "#words-title") == "0 banned, 1,200 suspect"
    assert one(found, "section .mod-under").startswith("The first 200 of 1,200.")
    found = told(mio, "/comments/words/musashi/", {"lines": lines, "kind": "banned"})
    assert "0 new on the list; 1,200 were on it, and are banned now." in one(found, ".messages")
    looked_up = page(mio, "/comments/words/musashi/?q=d0119")
    assert len(every(looked_up, ".mod-words li")) == 10
    found = told(
        mio, "/comments/words/musashi/", {"lines": lines, "kind": "banned", "do": "unlist"}
    )
    assert "1,200 taken off the list" in one(found, ".messages")
    assert every(found, ".mod-words li") == ["Nothing is listed yet."]
    nothing = page(mio, "/comments/words/musashi/?q=x")
    assert every(nothing, ".mod-words li") == ["No listed word holds “x”."]


def test_a_line_that_is_no_word_is_refused_and_the_paste_stays(mio):
    found = told(mio, "/comments/words/musashi/", {"lines": "lout\n!?", "kind": "banned"}, 422)

    assert "'!?' is no word to look for" in one(found, ".mod-problem")
    assert "lout" in one(found, "#words-lines")
    assert models.Word.objects.count() == 0
    empty = told(mio, "/comments/words/musashi/", {}, 422)
    assert every(empty, ".mod-problem") == ["This field is required."] * 2


def test_who_leads_the_network_has_its_list(enter, masthead):
    lead = enter(a_moderator(None))

    told(lead, "/comments/words/network/", {"lines": "hoax", "kind": "banned"})

    assert models.Word.objects.get().masthead is None
    assert models.Word.objects.get().kind == WordKind.BANNED


def test_the_thread_of_a_story_is_opened_held_and_closed(mio, story, masthead):
    a_comment(story, masthead)
    address = f"/comments/threads/{story.pk}/"
    assert "Open 1 comment." in one(page(mio, address), ".mod-lines")

    found = told(
        mio, address, {"masthead": masthead.pk, "door": "closed", "reason": "Out of hand."}
    )

    assert "The thread is closed." in one(found, ".messages")
    assert models.Thread.objects.get().door == Door.CLOSED
    assert "Closed A moderator closed this thread." in one(found, ".mod-lines")
    found = told(mio, address, {"masthead": masthead.pk, "door": ""})
    assert "The house decides again." in one(found, ".messages")
    assert models.Thread.objects.get().door == ""
    found = told(mio, address, {"masthead": masthead.pk, "door": "ajar"})
    assert "Choose open, held, closed" in one(found, ".messages")


def test_a_thread_is_its_own_masthead_s(mio, enter, other, story, masthead):
    assert mio.get(f"/comments/threads/{other.story.pk}/").status_code == 404
    assert mio.get("/comments/threads/99999/").status_code == 404

    found = told(
        mio, f"/comments/threads/{story.pk}/", {"masthead": other.title.pk, "door": "closed"}
    )

    assert "You do not moderate" in one(found, ".messages")
    assert models.Thread.objects.exclude(door="").count() == 0


def test_a_story_that_readers_do_not_see_has_no_thread_to_close(mio, story, masthead):
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=NOON)

    found = told(mio, f"/comments/threads/{story.pk}/", {"masthead": masthead.pk, "door": "closed"})

    assert "Readers do not see the story here now." in one(found, ".mod-lines")
    assert "cannot be read here now" in one(found, ".messages")


def test_a_story_s_screen_leads_to_its_threads_for_moderators(ana, ed, story):
    found = page(ana, f"/snippets/stories/story/edit/{story.pk}/")
    assert f"/comments/threads/{story.pk}/" in links(found)

    assert "Comments…" not in html.tostring(page(ana, "/snippets/stories/story/add/")).decode()
    editor = page(ed, f"/snippets/stories/story/edit/{story.pk}/")
    assert f"/comments/threads/{story.pk}/" not in links(editor)


@pytest.fixture
def ana(enter):
    return enter(an_editor())


@pytest.fixture
def ed(enter):
    person = a_reader("Ed Ito")
    person.user_permissions.add(Permission.objects.get(codename="change_story"))
    return enter(person)
