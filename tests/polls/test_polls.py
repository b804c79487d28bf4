"""Polls: one vote a voter, counts that are the votes, whoever votes at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import clock
from dateline.edge import services as edge
from dateline.outbox.models import FactRecord
from dateline.polls import adapters, handlers, models, queries
from dateline.polls.domain.errors import PollRefused, VoteRefused
from dateline.polls.domain.polls import problems_of, shares
from dateline.polls.domain.words import ENGLISH, JAPANESE, words_for
from dateline.polls.events import PollChanged, PollVoted
from dateline.polls.services import (
    ask,
    cast,
    copy_of_votes,
    forget_votes,
    keep_poll,
    voter_of_account,
    voter_of_browser,
)
from tests.desk.conftest import client_for
from tests.factories.newsroom import an_editor
from tests.factories.web import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(db):
    made = ask("Night trains?", ["More", "Fewer", "As now"], opens_at=NOON, by="Ana")
    return models.Poll.objects.get(pk=made)


def answers(poll):
    return list(poll.answers.order_by("sort_order").values_list("pk", flat=True))


def counted(poll, at=NOON):
    return [answer.votes for answer in queries.shown(poll, at=at).answers]


def rows(poll):
    return [models.Vote.objects.filter(answer_id=pk).count() for pk in answers(poll)]


def test_a_poll_is_shown_with_its_answers_in_order(poll):
    shown = queries.shown(poll, at=NOON)

    assert (shown.question, shown.open, shown.total) == ("Night trains?", True, 0)
    assert [a.text for a in shown.answers] == ["More", "Fewer", "As now"]
    assert str(poll) == "Night trains?"
    assert str(poll.answers.first()) == "More"
    assert str(models.Tally.objects.first()).startswith("0 for ")
    assert not queries.shown(poll, at=NOON - HOUR).opened


def test_a_voter_votes_once_and_may_change_their_mind(poll):
    more, fewer, _ = answers(poll)
    cast(poll.pk, more, voter="a" * 64, at=NOON)
    cast(poll.pk, more, voter="a" * 64, at=NOON)
    assert counted(poll) == [1, 0, 0]

    cast(poll.pk, fewer, voter="a" * 64, at=NOON)

    assert counted(poll) == rows(poll) == [0, 1, 0]
    assert queries.vote_of(poll.pk, ["b" * 64, "a" * 64]) == fewer
    assert queries.vote_of(poll.pk, []) is None
    assert list(FactRecord.objects.values_list("name", flat=True)) == [
        "poll.changed", "poll.voted", "poll.voted",
    ]  # fmt: skip
    assert str(models.Vote.objects.get()).endswith(f"in {poll.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Vote.objects.create(poll=poll, answer_id=more, voter="a" * 64, at=NOON)


def test_who_signs_in_keeps_the_vote_of_their_browser(poll):
    more, fewer, _ = answers(poll)
    cast(poll.pk, more, voter="b" * 64, at=NOON)

    cast(poll.pk, fewer, voter="a" * 64, before="b" * 64, at=NOON)

    assert counted(poll) == rows(poll) == [0, 1, 0]
    assert models.Vote.objects.get().voter == "a" * 64


def test_who_voted_on_a_telephone_and_then_with_an_account_counts_once(poll):
    more, fewer, _ = answers(poll)
    cast(poll.pk, more, voter="b" * 64, at=NOON)
    cast(poll.pk, more, voter="a" * 64, at=NOON)

    cast(poll.pk, fewer, voter="a" * 64, before="b" * 64, at=NOON)

    assert counted(poll) == rows(poll) == [0, 1, 0]
    assert models.Vote.objects.get().voter == "a" * 64


def test_a_vote_outside_its_time_or_answers_does_not_count(poll):
    poll.closes_at = NOON + HOUR
    keep_poll(poll, by="Ana")
    other = models.Poll.objects.get(pk=ask("Tea?", ["Yes", "No"], opens_at=NOON, by="Ana"))

    for at, answer, why in (
        (NOON - HOUR, answers(poll)[0], "not_open"),
        (NOON + HOUR, answers(poll)[0], "over"),
        (NOON, answers(other)[0], "no_answer"),
    ):
        with pytest.raises(VoteRefused) as refused:
            cast(poll.pk, answer, voter="a" * 64, at=at)
        assert refused.value.why == why
    assert counted(poll) == rows(poll) == [0, 0, 0]
    assert queries.shown(poll, at=NOON + HOUR).closed


def test_an_account_is_another_voter_in_each_poll_and_cannot_be_read_from_its_vote(poll):
    account = "8e4f6d1e-0000-4000-8000-000000000001"
    voter = voter_of_account(poll.pk, account)
    assert len(voter) == 64
    assert account not in voter
    assert len({voter, voter_of_account(poll.pk + 1, account), voter_of_browser(1, account)}) == 3
    cast(poll.pk, answers(poll)[1], voter=voter, at=NOON)

    assert copy_of_votes(account) == {
        "votes": [{"question": "Night trains?", "answer": "Fewer", "at": NOON.isoformat()}]
    }
    assert copy_of_votes("another") == {"votes": []}
    assert forget_votes(account, "erase") == {}


def test_a_cookie_is_what_this_network_signed():
    token = adapters.new_token()

    assert adapters.opened(adapters.sealed(token)) == token
    for forged in ("", token, adapters.sealed(token) + "x", "x" * 500):
        assert adapters.opened(forged) is None


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=8))
def test_shares_sum_to_a_hundred_and_are_off_by_less_than_one(votes):
    found, total = shares(votes), sum(votes)

    assert sum(found) == (100 if total else 0)
    assert all(abs(p - v * 100 / total) < 1 for p, v in zip(found, votes, strict=True) if total)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 2), st.booleans()), max_size=25))
def test_counts_are_the_votes_whatever_is_voted(poll, given_votes):
    models.Vote.objects.all().delete()
    models.Tally.objects.update(votes=0)
    said = {}
    for voter, answer, moved in given_votes:
        before = "c" * 63 + str(voter) if moved else ""
        cast(poll.pk, answers(poll)[answer], voter=f"{voter}" * 64, before=before, at=NOON)
        said[voter] = answer

    assert counted(poll) == rows(poll) == [
        sum(answer == n for answer in said.values()) for n in range(3)
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_counts_are_the_votes_when_all_vote_at_once():
    made = ask("Night trains?", ["More", "Fewer"], opens_at=NOON, by="Ana")
    poll = models.Poll.objects.get(pk=made)
    both = answers(poll)

    def vote(who):
        try:
            for turn in range(4):
                voter = f"{(who + turn) % 5}" * 64  # they meet at the same voters
                cast(made, both[(who + turn) % 2], voter=voter, at=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(vote, range(4)))

    assert counted(poll) == rows(poll)
    assert sum(rows(poll)) == models.Vote.objects.count() == 5
    for row in (FactRecord, models.Vote, models.Tally, models.Answer, models.Poll):
        row.objects.all().delete()


@pytest.mark.parametrize(
    ("texts", "closes_at", "problems"),
    [
        (["One"], None, {"": "A poll has 2 to 8 answers; this one has 1."}),
        (["x"] * 9, None, {"": "A poll has 2 to 8 answers; this one has 9."}),
        (["Yes", "yes "], None, {"": "Two answers read the same."}),
        (["Yes", "No"], NOON, {"closes_at": "It closes before it opens."}),
        (["Yes", "No"], NOON + HOUR, {}),
    ],
    ids=["one", "nine", "same", "times", "fit"],
)
def test_a_poll_that_cannot_be_asked_says_why(texts, closes_at, problems):
    assert problems_of(texts, opens_at=NOON, closes_at=closes_at) == problems


def test_once_voted_in_the_question_and_answers_stay(poll):
    cast(poll.pk, answers(poll)[0], voter="a" * 64, at=NOON)
    poll.question = "Day trains?"

    with pytest.raises(PollRefused, match="Readers have voted"):
        keep_poll(poll, by="Ana")

    poll.refresh_from_db()
    assert poll.question == "Night trains?"
    poll.closes_at = NOON + HOUR
    assert keep_poll(poll, by="Ana", at=NOON) == poll.pk
    assert counted(poll) == [1, 0, 0]


def test_pages_follow_a_change_at_once_and_a_vote_softly(poll, monkeypatch):
    asked = []
    monkeypatch.setattr(edge, "purge", lambda tags, cause: asked.append((tags, cause)))
    monkeypatch.setattr(edge, "purge_softly", lambda tags, cause: asked.append((tags, cause)))

    handlers.show(PollChanged(poll_id=7, by="Ana", at=NOON))
    handlers.freshen(PollVoted(poll_id=7, at=NOON))

    assert asked == [(["po:7"], "poll.changed 7"), (["po:7:n"], "poll.voted 7")]
    poll.closes_at = NOON + HOUR
    with edge.collecting() as seen:
        queries.shown(poll, at=NOON - timedelta(minutes=1))
    assert f"po:{poll.pk}" in seen.hard
    assert f"po:{poll.pk}:n" in seen.soft
    assert seen.opens == NOON.timestamp()


def test_words_are_the_same_in_both_languages():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert words_for("ja-JP") is JAPANESE
    assert words_for("fr") is ENGLISH


@pytest.fixture
def ana(db):
    yield client_for(an_editor())
    cache.clear()


def sent(texts, **fields):
    rows_of = {
        f"answers-{n}-{name}": value
        for n, text in enumerate(texts)
        for name, value in (("text", text), ("id", ""), ("ORDER", n + 1), ("DELETE", ""))
    }
    return {
        "question": "Night trains?", "opens_at": "2026-11-20 12:00", "closes_at": "",
        "answers-TOTAL_FORMS": len(texts), "answers-INITIAL_FORMS": 0,
        "answers-MIN_NUM_FORMS": 2, "answers-MAX_NUM_FORMS": 8, **rows_of, **fields,
    }  # fmt: skip


def test_the_desk_makes_a_poll_and_says_what_is_wrong(ana, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)
    add = reverse("wagtailsnippets_polls_poll:add")

    twins = ana.post(add, sent(["Yes", "yes"]))
    assert "Two answers read the same." in twins.content.decode()
    assert "required" in ana.post(add, sent(["Yes", ""])).content.decode()
    assert not models.Poll.objects.exists()
    made = ana.post(add, sent(["Yes", "No"]))
    assert made.status_code == 302

    poll = models.Poll.objects.get()
    assert [a.text for a in queries.shown(poll, at=NOON + 24 * HOUR).answers] == ["Yes", "No"]
    assert models.Tally.objects.count() == 2
    cast(poll.pk, answers(poll)[0], voter="a" * 64, at=NOON + 24 * HOUR)
    edit = reverse("wagtailsnippets_polls_poll:edit", args=[poll.pk])
    fields = {"answers-INITIAL_FORMS": 2}
    fields |= {f"answers-{n}-id": pk for n, pk in enumerate(answers(poll))}
    other = ana.post(edit, sent(["Yes", "Never"], **fields))
    assert "Readers have voted" in other.content.decode()
    closed = ana.post(edit, sent(["Yes", "No"], **fields | {"closes_at": "2026-11-22 12:00"}))
    assert closed.status_code == 302
    assert counted(poll) == [1, 0]
    assert connection.in_atomic_block
