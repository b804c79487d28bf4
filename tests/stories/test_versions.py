"""A version is what readers saw: nothing that was changed behind a shut gate is one."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models
from dateline.stories.domain.versions import NOT_YET
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemHeld
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_changed_while_a_story_was_withheld_was_never_a_version(daily):
    story = a_story("First", at=TEN)
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN + HOUR)
    change(story, "Second", TEN + 2 * HOUR)
    change(story, "Third", TEN + 3 * HOUR)

    kills.lift_hold(story.pk, by="Ana", at=TEN + 4 * HOUR)

    assert seen(story) == [("First", TEN, TEN + HOUR), ("Third", TEN + 4 * HOUR, None)]


def test_a_text_withheld_from_the_start_begins_when_the_hold_is_lifted(daily):
    story = a_draft("First")
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.correct_story(
        story.pk, kind="correction", text="x", changes={"headline": "Second"}, by="Ana", at=TEN
    )
    assert facts("story.corrected") == []

    kills.lift_hold(story.pk, by="Ana", at=TEN + HOUR)

    assert seen(story) == [("Second", TEN + HOUR, None)]
    assert reading.versions(story.pk)[0].change == "published"


def test_a_correction_made_behind_a_hold_is_told_when_it_is_lifted(daily):
    story = a_story("Ten hurt", at=TEN)
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN)
    publishing.correct_story(
        story.pk, kind="correction", text="Two.", changes={"headline": "Two hurt"}, by="Ana",
        at=TEN + HOUR,
    )  # fmt: skip
    change(story, "Two hurt at sea", TEN + 2 * HOUR)

    kills.lift_hold(story.pk, by="Ana", at=TEN + 3 * HOUR)

    newest = reading.versions(story.pk)[0]
    assert (newest.change, newest.note, newest.headline) == (
        "correction", "Two.", "Two hurt at sea",
    )  # fmt: skip
    assert newest.shown_from == TEN + 3 * HOUR


@pytest.mark.parametrize(
    "shut",
    [
        {"rights_until": TEN},
        {"expire_at": TEN},
        {"advisory": True},
        {"licensed_mastheads": ("kinako",)},
        {"licensed_uses": ("feed",)},
    ],
    ids=lambda shut: next(iter(shut)),
)
def test_a_text_readers_may_not_see_is_no_version_until_they_may(daily, shut):
    story = a_story("First", at=TEN - HOUR)
    change(story, "Second", TEN + HOUR, **shut)
    assert [v.shown_from for v in reading.versions(story.pk)] == [TEN - HOUR]

    opened = {name: getattr(models.Story(), name) for name in shut}
    change(story, "Third", TEN + 2 * HOUR, **opened)

    assert seen(story) == [
        ("First", TEN - HOUR, TEN + HOUR), ("Third", TEN + 2 * HOUR, None),
    ]  # fmt: skip


def test_giving_it_back_its_rights_begins_the_version_though_no_word_changes(daily):
    story = a_story("First", at=TEN, rights_until=TEN)

    change(story, "First", TEN + HOUR, rights_until=None)

    assert seen(story) == [("First", TEN + HOUR, None)]


def test_a_story_placed_nowhere_begins_when_it_gets_a_place(daily):
    story = a_story("First", on=(), at=TEN)
    draft = models.Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    here = site("musashi")
    draft.placements = [models.Placement(masthead_id=here.id, section_id=here.sections[0].id)]
    draft.save_revision()

    publishing.publish_story(story.pk, by="Ana", at=TEN + HOUR)

    assert seen(story) == [("First", TEN + HOUR, None)]


def test_a_hold_before_an_embargo_ends_keeps_the_version_unseen(daily):
    story = a_story("First", at=TEN, embargo_until=TEN + 2 * HOUR)
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN + HOUR)
    assert reading.versions(story.pk) == []

    kills.lift_hold(story.pk, by="Ana", at=TEN + 9 * HOUR)

    assert seen(story) == [("First", TEN + 9 * HOUR, None)]


def test_what_is_killed_behind_a_hold_leaves_no_version(daily):
    story = a_story("First", at=TEN)
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN + HOUR)
    change(story, "Second", TEN + 2 * HOUR)

    kills.kill_story(story.pk, reason="Hoax.", by="Ana", at=TEN + 3 * HOUR)

    assert seen(story) == [("First", TEN, TEN + HOUR)]


def test_what_the_agency_shut_begins_again_with_its_next_usable_version(daily):
    kna = a_provider()
    first = a_wire_item(kna, headline="First")
    places = (Place(masthead="musashi", section="world"),)
    story = models.Story.objects.get(pk=from_wire.make_story(first.pk, by="Ana", places=places))
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    notice = a_wire_item(
        kna, family=first.family, version=2, usability="not_for_readers", reason="A daybook."
    )
    fact = WireItemHeld(item_id=notice.pk, provider="kna", family=first.family, at=TEN, reason="x")
    handlers.alarm_held(fact)
    story.refresh_from_db()
    shut = story.agency_advisory_at
    change(story, "Ours", shut + HOUR)

    third = a_wire_item(kna, family=first.family, version=3)
    assert from_wire.take_version(story.pk, third.pk, at=shut + 2 * HOUR) == "offered"

    assert seen(story) == [("First", TEN, shut), ("Ours", shut + 2 * HOUR, None)]


def test_the_versions_readers_are_shown_never_name_a_moment_that_has_no_date(daily):
    story = a_story("First", at=TEN)
    kills.withhold_story(story.pk, reason="Being checked.", by="KNA", at=TEN)
    change(story, "Second", TEN + HOUR)

    assert models.StoryVersion.objects.filter(shown_from=NOT_YET).count() == 1
    assert [v.headline for v in reading.versions(story.pk)] == ["First"]


def change(story, headline, at, **fields):
    changes = {"headline": headline, **fields}
    publishing.update_story(story.pk, changes=changes, by="Ana", at=at)


def seen(story):
    """Every version as readers saw it, oldest first: headline, from, until."""
    rows = reversed(reading.versions(story.pk))
    return [(v.headline, v.shown_from, v.shown_until) for v in rows]


@pytest.fixture
def daily():
    return a_masthead()
