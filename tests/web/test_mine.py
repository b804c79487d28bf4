"""What a script is told of a reader's own part in a thread, and what it may send."""

import pytest

from dateline.discussion.services import following
from dateline.discussion.services.voting import vote
from tests.factories.discussion import MINUTE, a_comment, a_reader, house
from tests.factories.newsroom import a_story
from tests.factories.web import NOON, Reader, path_of
from tests.web.talkers import Talker

pytestmark = pytest.mark.django_db

AT = NOON + 28 * MINUTE
JSON = {"accept": "application/json"}


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


def test_nobody_in_particular_is_told_nothing(at, story):
    answer = Reader().get(f"{at}mine.json")

    assert answer.json() == {"signed_in": False}
    assert answer["Cache-Control"] == "private, no-store"


def test_a_reader_is_told_what_is_theirs(story, musashi, at, rin):
    old = a_comment(story, musashi, author=rin.person, at=NOON + MINUTE)
    own = a_comment(story, musashi, author=rin.person, at=AT)
    other = a_comment(story, musashi, author=a_reader("Jun"), at=AT)
    vote(other.pk, by=rin.person.pk, value=-1, at=AT)
    vote(a_comment(story, musashi, at=AT).pk, by=rin.person.pk, value=0, at=AT)
    following.mute(rin.person.pk, muted_id=other.author_id)
    following.follow_thread(story.pk, musashi.pk, by=rin.person.pk)

    told = rin.get(f"{at}mine.json").json()

    assert told["signed_in"] is True
    assert told["own"] == sorted([own.pk, old.pk])
    assert told["editable"] == [own.pk]
    assert told["votes"] == {str(other.pk): -1}
    assert told["muted"] == [str(other.author_id)]
    assert told["follows"] is True
    assert f'action="{at}"' in told["form"]
    assert told["words"]["muted"] == "You muted {}. Show it"
    assert told["yours"].strip() == ""


def test_a_vote_by_script_is_answered_with_the_score(story, musashi, at, rin):
    row = a_comment(story, musashi, at=AT)

    answer = rin.send(f"{at}{row.pk}/vote", on=at, headers=JSON, value="1")

    assert answer.json() == {
        "said": "Your vote is counted.", "score": "1 (+1 / \N{MINUS SIGN}0)",
    }  # fmt: skip


def test_a_refusal_by_script_is_a_sentence(story, musashi, at, rin):
    own = a_comment(story, musashi, author=rin.person, at=AT)

    answer = rin.send(f"{at}{own.pk}/vote", on=at, headers=JSON, value="1")
    assert (answer.status_code, answer.json()) == (
        422, {"problem": "You cannot vote on your own comment."},
    )  # fmt: skip
    answer = rin.send(f"/member/{rin.person.pk}/mute", on=at, headers=JSON)
    assert answer.json() == {"problem": "You cannot mute yourself."}
    assert rin.send(f"{at}follow", on=at, headers=JSON).json() == {
        "said": "You follow this thread."
    }
    assert rin.send(f"{at}follow", on=at, headers=JSON, on_="0").status_code == 200
