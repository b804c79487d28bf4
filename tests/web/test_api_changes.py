"""The public interface's list of what changed: since a moment, oldest first, a hundred a page."""

from datetime import timedelta

import pytest

from dateline.edge import keys
from dateline.stories.services import kills
from tests.factories.movements import note
from tests.factories.newsroom import a_story
from tests.factories.web import HOUR, NOON, shelve
from tests.web.kept import Kept
from tests.web.test_api import ORIGIN, told

pytestmark = pytest.mark.django_db
CHANGES = "/api/1/changes"
SINCE = f"{CHANGES}?since=2026-11-20T00:00:00Z"
PUBLISHED = "story.published"


def path_from(address):
    assert address.startswith(ORIGIN)
    return address.removeprefix(ORIGIN)


def test_what_changed_is_told_oldest_first_with_the_story_as_it_is(reader, musashi):
    ferry, bridge = a_story("Ferry", at=NOON), a_story("Bridge", at=NOON)
    note(ferry.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)
    note(bridge.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)
    note(ferry.pk, [musashi.pk], name="story.corrected", at=NOON, noted_at=NOON)

    data = told(reader, SINCE, "Changes")

    assert [(one["id"], one["change"]) for one in data["changes"]] == [
        (ferry.pk, "published"), (bridge.pk, "published"), (ferry.pk, "corrected"),
    ]  # fmt: skip
    assert data["changes"][0]["story"]["headline"] == "Ferry"
    assert data["changes"][0]["at"] == "2026-11-20T03:00:00Z"
    assert (data["next"], data["settles_s"]) == (None, 5)
    assert told(reader, "/api/1/", "Title")["changes"] == ORIGIN + CHANGES


def test_a_killed_story_is_told_as_canceled_and_nothing_of_it(reader, musashi):
    story = a_story("Names a minor", at=NOON)
    note(story.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON)
    note(story.pk, [musashi.pk], name="story.killed", at=NOON, noted_at=NOON)
    kept = Kept()
    page = kept.keep(reader.host, SINCE)
    assert keys.card(story.pk) in page.note.hard
    assert keys.list_of(musashi.pk) in page.note.soft

    kills.kill_story(story.pk, reason="Wrong.", by="Ana")
    data = told(reader, SINCE, "Changes")

    assert [(one["pubstatus"], one["story"]) for one in data["changes"]] == [("canceled", None)] * 2
    assert "minor" not in reader.get(SINCE).content.decode()


def test_a_long_list_is_walked_and_asked_again_later(reader, musashi):
    rows = shelve([f"Story {n}" for n in range(102)])
    for second, row in enumerate(rows):
        moment = NOON + timedelta(seconds=second)
        note(row.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=moment)

    first = told(reader, SINCE, "Changes")
    second = told(reader, path_from(first["next"]), "Changes")
    nothing = told(reader, path_from(second["later"]), "Changes")
    (late,) = shelve(["Late"])
    note(late.pk, [musashi.pk], name=PUBLISHED, at=NOON, noted_at=NOON + HOUR / 4)

    assert (len(first["changes"]), len(second["changes"])) == (100, 2)
    assert (second["next"], nothing["changes"], nothing["later"]) == (None, [], second["later"])
    later = told(reader, path_from(nothing["later"]), "Changes")
    assert [one["id"] for one in later["changes"]] == [late.pk]


@pytest.mark.parametrize(
    "asked", ["", "?since=", "?since=yesterday", "?since=2026-11-20T00:00:00", "?cursor=",
              "?cursor=x", "?since=2026-11-20T00:00:00Z&cursor=1", "?page=2"],
)  # fmt: skip
def test_a_moment_that_cannot_be_read_is_answered_with_how_to_write_one(reader, asked):
    data = told(reader, CHANGES + asked, "Problem", status=400)

    assert "2026-11-30T00:00:00Z" in data["detail"]


def test_an_offset_may_stand_in_the_address_as_it_is(reader, musashi):
    assert told(reader, f"{CHANGES}?since=2026-11-20T09:00:00+09:00", "Changes")["changes"] == []
