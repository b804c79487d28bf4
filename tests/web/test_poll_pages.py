"""A poll in a story: on cached pages, without JavaScript, one vote for each account or browser."""

import pytest
from django.core.cache import cache
from django.test import Client

from dateline.polls import models
from dateline.polls.services import ask, keep_poll
from dateline.stories.models import Story
from dateline.stories.services import kills
from tests.factories.newsroom import a_story, an_editor
from tests.factories.web import HOUR, NOON, Reader, every, links, one, path_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
HERE = "http://musashi.localhost"


@pytest.fixture(autouse=True)
def _no_counts_of_before():
    yield
    cache.clear()


@pytest.fixture
def poll(musashi):
    made = ask("Night trains?", ["More", "Fewer"], opens_at=NOON - HOUR, by="Ana")
    return models.Poll.objects.get(pk=made)


@pytest.fixture
def story(poll):
    return a_story("Ask the reader", kind="poll", body=[("poll", poll)], at=NOON - HOUR)


def own(story, poll):
    return f"{path_of(story)}/poll/{poll.pk}/"


def answer(poll, text):
    return poll.answers.get(text=text).pk


def vote(reader, story, poll, said="More", *, agent=FIREFOX, origin=HERE, **fields):
    data = {"answer": said if said.isdigit() else (said and answer(poll, said)), **fields}
    return reader.client.post(
        f"{own(story, poll)}vote", data,
        headers={"host": reader.host, "user-agent": agent, "origin": origin},
    )  # fmt: skip


def votes():
    return models.Vote.objects.count()


def test_the_form_stands_in_the_story_and_nothing_of_one_reader_does(reader, story, poll):
    vote(reader, story, poll)
    answer_of_page = reader.get(path_of(story))
    page = reader.page(path_of(story))

    assert every(page, ".poll label") == ["More", "Fewer"]
    assert one(page, ".poll legend") == "Night trains?"
    assert not page.cssselect(".poll-result, .poll input[checked]")
    assert "1 vote" in one(page, ".poll")
    assert one(page, ".story-head .label") == "Poll"
    assert not answer_of_page.cookies
    assert page.cssselect(".poll[data-script*='poll']")
    assert page.cssselect("link[href*='kinds']")


def test_its_text_only_twin_asks_and_leads_to_where_one_votes(reader, story, poll):
    page = reader.page(f"/lite{path_of(story)}")

    assert every(page, "main li") == ["More", "Fewer"]
    assert [link for link in links(page) if "/poll/" in link] == [own(story, poll)]
    assert "[Poll]" in one(page, "main")
    assert not page.cssselect("main form, main input")

    poll.closes_at = NOON
    keep_poll(poll, by="Ana")
    assert every(reader.page(f"/lite{path_of(story)}"), "main li") == ["More 0%", "Fewer 0%"]


def test_a_vote_leads_to_the_result_and_sets_the_only_cookie(reader, story, poll):
    before = reader.get(own(story, poll))
    assert "once you have voted" in before.content.decode()
    assert not before.cookies
    assert before["Cache-Control"] == "private, no-store"

    sent = vote(reader, story, poll)

    assert (sent.status_code, sent["Location"]) == (302, own(story, poll))
    cookie = sent.cookies["poll"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    page = reader.page(own(story, poll))
    assert every(page, ".poll-result") == ["More Your vote 100%", "Fewer 0%"]
    assert f"{own(story, poll)}?change" in links(page)
    assert page.cssselect("meta[name=robots][content=noindex]")


def test_a_reader_may_change_their_vote_while_it_is_open(reader, story, poll):
    vote(reader, story, poll)
    form = reader.page(f"{own(story, poll)}?change")
    assert form.cssselect(f"input[checked][value='{answer(poll, 'More')}']")

    vote(reader, story, poll, "Fewer")

    assert every(reader.page(own(story, poll)), ".poll-result")[1] == "Fewer Your vote 100%"
    assert votes() == 1
    vote(Reader(), story, poll, "Fewer")
    assert votes() == 2


def test_an_account_votes_once_from_everywhere(story, poll):
    who = an_editor()
    desk, phone = Reader(client=Client()), Reader(client=Client())
    vote(desk, story, poll)  # before signing in
    for reader in (desk, phone):
        reader.client.force_login(who)
        vote(reader, story, poll, "Fewer")

    assert votes() == 1
    assert models.Vote.objects.get().answer.text == "Fewer"


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"origin": "http://evil.example"}, 403, "sent from another site"),
        ({"said": ""}, 422, "Choose an answer"),
        ({"said": "9" * 30}, 422, "not among those"),
        ({"said": "0"}, 422, "not among those"),
        ({"agent": "curl/8.0"}, 302, ""),
        ({"website": "http://spam.example"}, 302, ""),
    ],
    ids=["elsewhere", "nothing", "too long", "unknown", "a program", "a trap"],
)
def test_what_is_no_vote_counts_nothing(reader, story, poll, given, status, said):
    sent = vote(reader, story, poll, **given)

    assert sent.status_code == status
    assert said in sent.content.decode()
    assert votes() == 0
    assert not sent.cookies


def test_a_forged_cookie_is_another_browser(reader, story, poll):
    vote(reader, story, poll)
    thief = Reader()
    thief.client.cookies["poll"] = "made-up:signature"
    vote(thief, story, poll)

    assert votes() == 2


def test_too_many_from_one_address_are_told_so(story, poll, monkeypatch):
    monkeypatch.setattr("dateline.web.poll_pages.FROM_ONE_PLACE", {"poll_place": "2/h/ip"})
    answers = [vote(Reader(), story, poll).status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert votes() == 2


def test_once_closed_everybody_sees_the_result(reader, story, poll):
    vote(reader, story, poll)
    poll.closes_at = NOON
    keep_poll(poll, by="Ana")

    page = Reader().page(path_of(story))
    assert every(page, ".poll-result") == ["More 100%", "Fewer 0%"]
    assert "Closed 20 November 2026, 12:00 JST" in one(page, ".poll")
    late = vote(Reader(), story, poll)
    assert late.status_code == 422
    assert "This poll has closed." in late.content.decode()
    assert votes() == 1


def test_before_it_opens_it_says_when(reader, story, poll):
    poll.opens_at = NOON + HOUR
    keep_poll(poll, by="Ana")

    page = reader.page(path_of(story))

    assert "Opens 20 November 2026, 13:00 JST" in one(page, ".poll")
    assert not page.cssselect(".poll input")
    assert vote(reader, story, poll).status_code == 422


def test_a_poll_is_asked_only_where_its_story_is_shown(reader, story, poll):
    other = a_story("Another", at=NOON - HOUR)
    for bad in (own(other, poll), f"{path_of(story)}/poll/{poll.pk + 1}/", "/world/x/poll/1/",
                f"/politics/x-{story.pk}/poll/{poll.pk}/"):  # fmt: skip
        reader.page(bad, 404)
    assert vote(reader, other, poll).status_code == 404

    kills.kill_story(story.pk, reason="Wrong.", by="Ana")

    assert reader.get(own(story, poll)).status_code == 410
    assert vote(reader, story, poll).status_code == 410
    assert votes() == 0


def test_a_poll_that_was_deleted_leaves_the_story_whole(reader, story, poll):
    poll.delete()

    page = reader.page(path_of(story))

    assert not page.cssselect(".poll")
    assert Story.objects.get(pk=story.pk).live
