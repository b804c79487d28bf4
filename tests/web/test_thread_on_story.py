"""The comments below a story, in the page that everybody shares."""

import json

import pytest
from lxml.html import tostring

from dateline.accounts import queries as accounts
from dateline.discussion.services import authors, decisions
from dateline.discussion.services.voting import vote
from dateline.edge import keys
from dateline.edge import services as edge
from dateline.stories.services.kills import kill_story
from dateline.web.talk import FIRST
from tests.factories.discussion import MINUTE, a_comment, a_moderator, a_reader, house
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one, path_of

pytestmark = pytest.mark.django_db

AT = NOON + 10 * MINUTE


@pytest.fixture
def story(musashi):
    return a_story("Ferry returns", at=NOON)


def said(story, masthead, text=None, **fields):
    return a_comment(story, masthead, text, **{"at": AT, **fields})


def test_a_story_without_comments_says_so_and_invites(story, reader):
    page = reader.page(path_of(story))

    assert one(page, "#comments-title") == "No Comment"
    assert one(page, ".thread-empty") == "Be the first to say something about this story."
    assert one(page, ".thread-join") == "Login to comment"
    assert one(page, "#join-title") == "Login to leave a comment"
    assert every(page, ".join-box h3") == ["Login with your Musashi account"]
    assert every(page, ".join-links a") == ["Forgot password?", "User registration"]
    assert one(page, '.story-talked a[href="#comments"]') == "0 Comments"


def test_the_comments_stand_below_the_story_in_their_tree(story, musashi, reader):
    first = said(story, musashi, "The ferry is late.", author=a_reader("Rin Abe"))
    said(
        story,
        musashi,
        "It always is.",
        answers_id=first.pk,
        quote="is late",
        author=a_reader("Jun"),
    )

    page = reader.page(path_of(story))

    assert one(page, "#comments-title") == "Comments 2"
    assert every(page, ".comment-author") == ["Rin Abe", "Jun"]
    assert every(page, ".comment-text") == ["The ferry is late.", "It always is."]
    assert one(page, ".comment-quote") == "is late"
    assert [c.get("class") for c in page.cssselect(".comment")] == [
        "comment step-0",
        "comment step-1",
    ]
    assert "in reply to comment 1" in one(page, ".step-1 .comment-head")
    assert one(page, ".step-0 .comment-time time") == "20 Nov 2026, 12:10"
    assert f"{path_of(story)}/comments/{first.pk}#reply" in links(page)


def test_a_tombstone_tells_the_rule_and_keeps_what_was_said(story, musashi, reader):
    mod = a_moderator(musashi)
    rude, gone = said(story, musashi, "You fool."), said(story, musashi, "My secret.")
    for above in (rude, gone):
        said(story, musashi, answers_id=above.pk)
    decisions.remove(rude.pk, by=mod.pk, expected=1, rule=1, at=AT)
    authors.delete_own(gone.pk, by=gone.author_id, at=AT)

    page = reader.page(path_of(story))

    assert sorted(every(page, ".comment-gone")) == [
        "A moderator removed this comment. House rule 1: Insult or threat against a person.",
        "Its author deleted this comment.",
    ]
    assert one(page, ".thread-count") == "2"
    assert "fool" not in page.text_content()
    assert "secret" not in page.text_content()


def test_votes_are_shown_with_their_split_once_the_house_lets_them(story, musashi, reader):
    row = said(story, musashi)
    for value in (1, 1, -1):
        vote(row.pk, by=a_reader().pk, value=value, at=AT)

    assert one(reader.page(path_of(story)), ".score") == "1 (+2 / \N{MINUS SIGN}1)"
    house(musashi, score_after_minutes=60)
    with edge.collecting() as page:
        assert one(reader.page(path_of(story)), ".score") == ""
    assert page.opens == (AT + 60 * MINUTE).timestamp()


def test_a_title_may_have_no_votes_against(story, musashi, reader):
    said(story, musashi)
    house(musashi, down_votes=False)

    votes = reader.page(path_of(story)).cssselect("a.vote")

    assert [vote.get("aria-label") for vote in votes] == ["Vote for the comment of Rin Abe"]


def test_the_newsroom_and_its_picks_are_marked_and_the_nameless_have_a_word(story, musashi, reader):
    desk = a_reader("", is_staff=True, first_name="Ana", last_name="Sato")
    row = said(story, musashi, author=desk)
    decisions.feature(row.pk, by=a_moderator(musashi).pk, expected=1, at=AT)
    said(story, musashi, author=a_reader(""))
    left = said(story, musashi)
    authors.forget_reader(left.author_id, with_text=False, at=AT)
    authors.edit_comment(row.pk, by=desk.pk, text="Said better.", at=AT + MINUTE)

    page = reader.page(path_of(story))

    assert every(page, ".comment-head .label") == ["Newsroom", "Editors’ pick"]
    assert every(page, ".comment-author") == ["Ana Sato", "Reader", "Former member"]
    assert every(page, ".comment-edited") == ["edited"]
    assert page.cssselect("span.comment-author")[0].text == "Former member"


def test_a_closed_thread_is_read_and_takes_nothing(story, musashi, reader):
    row = said(story, musashi)
    vote(row.pk, by=a_reader().pk, value=1, at=AT)
    house(musashi, door="closed")

    page = reader.page(path_of(story))

    assert one(page, ".thread-door") == "This thread is closed. This title takes no comments."
    assert one(page, ".votes") == "1 (+1 / \N{MINUS SIGN}0)"
    assert not page.cssselect(".join, .thread-join, .comment-reply, a.vote")


def test_a_held_thread_says_that_comments_are_read_first(story, musashi, reader):
    house(musashi, door="held")

    notice = one(reader.page(path_of(story)), ".thread-door")

    assert notice == (
        "Comments are read first. A moderator reads each comment here before it appears."
    )


def test_where_a_title_takes_no_comments_nothing_speaks_of_them(story, musashi, reader):
    house(musashi, door="closed")

    page = reader.page(path_of(story))

    assert not page.cssselect(".thread, .join, .story-talked")
    assert [script.get("src") for script in page.cssselect("script[src]")] == [
        "/static/web/js/fresh.js"
    ]
    assert "commentCount" not in data_of(page)
    assert reader.get(f"{path_of(story)}/comments/").status_code == 404


def test_search_engines_are_told_how_many_comments_there_are(story, musashi, reader):
    said(story, musashi)
    data = data_of(reader.page(path_of(story)))

    assert data["commentCount"] == 1
    assert data["discussionUrl"].endswith(f"{path_of(story)}#comments")


def data_of(page):
    return json.loads(page.cssselect('script[type="application/ld+json"]')[0].text)


def test_a_long_thread_ends_in_links_to_the_rest(story, musashi, reader):
    house(musashi, seconds_between=0)
    tops = [said(story, musashi) for _ in range(FIRST + 1)]
    for _ in range(5):
        said(story, musashi, answers_id=tops[0].pk)

    page = reader.page(path_of(story))

    assert len(page.cssselect(".comment.step-0")) == FIRST
    assert one(page, ".comment-more") == "Show 2 more replies"
    assert [a.text for a in page.cssselect(".thread-orders a[aria-current]")] == ["Best"]
    (more,) = [a.get("href") for a in page.cssselect(".thread-more a")]
    rest = reader.page(more)
    assert len(rest.cssselect(".comment")) == 1
    replies = reader.page(page.cssselect(".comment-more a")[0].get("href"))
    assert len(replies.cssselect(".comment.step-1")) == 2


def test_a_killed_story_takes_its_thread_along(story, musashi, reader):
    row = said(story, musashi, "Canary words.")
    kill_story(story.pk, reason="Wrong.", by="Ana")

    for path in (
        "",
        "/comments/",
        f"/comments/{row.pk}",
        "/comments/mine.json",
        "/comments/new.json",
    ):
        answer = reader.get(path_of(story) + path)
        assert answer.status_code == 410
        assert b"Canary" not in answer.content
    assert reader.get(f"/member/{row.author_id}/").status_code == 404


def test_the_page_is_shared_and_depends_softly_on_its_thread(story, musashi, reader):
    said(story, musashi)
    with edge.collecting() as page:
        answer = reader.get(path_of(story))

    assert answer["Cache-Control"] == "no-cache"
    assert not answer.cookies
    assert keys.thread(story.pk, musashi.pk) in page.soft - page.hard


def test_an_open_page_asks_how_many_there_are(story, musashi, reader):
    path = f"{path_of(story)}/comments/new.json"
    assert reader.get(path).json() == {"count": 0}

    said(story, musashi)

    assert reader.get(path).json() == {"count": 1}
    assert reader.get("/world/no-such-9999999/comments/new.json").status_code == 404
    assert reader.get(f"/world/wrong-{story.pk}/comments/new.json").status_code == 404


def test_a_japanese_title_speaks_japanese_around_its_comments(reader, musashi):
    tokyo = a_masthead("tokyo", language="ja", sections=("world",))
    story = a_story("再開", at=NOON, on=("tokyo",), language="ja")
    house(tokyo, close_after_days=1)
    row = said(story, tokyo, "遅い。", author=a_reader(""))
    page = Reader("tokyo.localhost").page(path_of(story))

    assert one(page, "#comments-title") == "コメント 1"
    assert one(page, ".comment-author") == "読者"
    assert one(page, ".comment-time time") == "2026年11月20日 12:10"
    assert row.html in (
        tostring(page.cssselect(".comment-text p")[0], encoding="unicode"),
        row.html,
    )


def test_accounts_of_others_are_offered_with_what_they_bring(story, reader, monkeypatch):
    start = "/account/enter/?by=facebook"
    ways = [accounts.Provider("facebook", "Facebook")]
    monkeypatch.setattr(accounts, "providers", lambda: ways)

    page = reader.page(path_of(story))

    assert every(page, ".join-box h3") == ["Facebook users", "Login with your Musashi account"]
    assert one(page, ".join-box:first-child p:first-of-type") == (
        "Use your Facebook account to login or register with Musashi. By doing so, you will also "
        "receive an email inviting you to receive our news alerts."
    )
    (button,) = page.cssselect(".join-box:first-child .button")
    assert button.text == "Facebook Connect"
    assert button.get("href").startswith(f"{start}&next=/world/ferry-returns")


@pytest.mark.parametrize("path", ["/", "/world/"])
def test_lists_say_how_many_comments_a_story_has(path, story, musashi, reader):
    a_story("Quiet", at=NOON)
    assert not reader.page(path).cssselect(".card-talk")
    said(story, musashi)

    with edge.collecting() as page:
        (link,) = reader.page(path).cssselect(".card-talk")

    assert (link.text, link.get("href")) == ("1 Comment", f"{path_of(story)}#comments")
    assert keys.talked(musashi.pk) in page.soft - page.hard
