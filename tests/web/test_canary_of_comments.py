"""A nightingale: words of a comment that was held, removed, deleted or changed are on no address.

Every pattern of the readers' addresses is walked, by a stranger and by another member of the title.
"""

import pytest

from dateline import clock
from dateline.discussion import models
from dateline.discussion.services import authors, decisions
from dateline.discussion.services.posting import post_comment
from dateline.discussion.services.voting import report
from dateline.stories.services import kills
from tests.factories.discussion import a_comment, a_moderator, a_reader, house
from tests.factories.web import Reader
from tests.web.talkers import Talker
from tests.web.test_canary import BEFORE, NOW, addresses, laid_out, singing

pytestmark = pytest.mark.django_db

SONG = "The nightingale sings of jug and tereu."
LINKS = " https://a.example https://b.example https://c.example"
HEARD_WHEN_VISIBLE = {"story", "comments", "comment", "member", "lite_comments"}


@pytest.fixture
def story(monkeypatch, media_root):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return singing(laid_out())


@pytest.fixture
def title(story):
    placed = story.placements.get(masthead__slug="musashi")
    house(placed.masthead, seconds_between=0)
    return placed.masthead


@pytest.fixture
def song(story, title):
    """A comment that others answered: its place stays when it goes."""
    row = a_comment(story, title, SONG, author=a_reader("Tereus"), at=BEFORE)
    a_comment(story, title, "So it does.", answers_id=row.pk, quote="nightingale", at=BEFORE)
    return row


def walks(story, song):
    """The patterns that a stranger, and another member, hear the nightingale on."""
    places = addresses(story)
    places["comment"] += [f"/world/canary-sings-{story.pk}/comments/{song.pk}?quote=1"]
    places["comments"] += [
        f"{places['comments'][0]}?order={order}" for order in ("best", "oldest", "discussed")
    ]
    places["member"] += [f"/member/{song.author_id}/"] if song.author_id else []
    return {
        name
        for who in (Reader(), Talker("Philomela"))
        for name, paths in places.items()
        for path in paths
        if b"nightingale" in b"".join(who.get(path)).lower()
    }


def test_the_walk_would_hear_the_nightingale(story, song):
    assert walks(story, song) == HEARD_WHEN_VISIBLE


def held_by_a_moderator(song, mod):
    decisions.hold(song.pk, by=mod.pk, expected=1)


def held_by_reports(song, mod):
    house(song.thread.masthead, hold_at_reports=1)
    report(song.pk, by=a_reader("Itys").pk, reason="abuse", at=BEFORE)


def held_after_a_change(song, mod):
    authors.edit_comment(song.pk, by=song.author_id, text=SONG + LINKS, at=BEFORE)


def removed(song, mod):
    decisions.remove(song.pk, by=mod.pk, expected=1, rule=1, reason="A nightingale.")


def deleted(song, mod):
    authors.delete_own(song.pk, by=song.author_id, at=BEFORE)


def forgotten(song, mod):
    authors.forget_reader(song.author_id, with_text=True, at=BEFORE)


def changed(song, mod):
    authors.edit_comment(song.pk, by=song.author_id, text="It is silent.", at=BEFORE)
    models.Comment.objects.filter(answers=song).update(quote="")  # it said so itself


def of_a_killed_story(song, mod):
    kills.kill_story(song.thread.story_id, reason="Wrong.", by="Ana")


@pytest.mark.parametrize(
    "silence",
    [
        held_by_a_moderator, held_by_reports, held_after_a_change, removed, deleted, forgotten,
        changed, of_a_killed_story,
    ],
    ids=lambda silence: silence.__name__,
)  # fmt: skip
def test_no_address_sings_of_what_readers_may_not_see(story, title, song, silence):
    silence(song, a_moderator(title))
    song.refresh_from_db()

    assert walks(story, song) == set()


def test_what_was_held_from_the_start_is_heard_nowhere(story, title):
    posted = post_comment(
        story_id=story.pk, masthead_id=title.pk, author_id=a_reader("Tereus").pk,
        text=SONG + LINKS, at=BEFORE,
    )  # fmt: skip
    row = models.Comment.objects.get(pk=posted.comment_id)

    assert walks(story, row) == set()


def test_only_its_author_is_told_the_words_and_why(story, title):
    tereus = Talker("Tereus")
    posted = post_comment(
        story_id=story.pk, masthead_id=title.pk, author_id=tereus.person.pk,
        text=SONG + LINKS, at=BEFORE,
    )  # fmt: skip
    row = models.Comment.objects.get(pk=posted.comment_id)
    at = f"/world/canary-sings-{story.pk}/comments/"

    assert b"nightingale" in tereus.get(at).content
    assert "nightingale" in tereus.get(f"{at}mine.json").json()["yours"]
    assert b"nightingale" not in tereus.get(f"/member/{tereus.person.pk}/").content
    assert row.status == "held"
