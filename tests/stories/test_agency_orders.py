"""An agency's cancel or hold is carried out once, and a new one again; an item makes one story."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemKilled, WireItemStored
from tests.factories.newsroom import a_masthead
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import a_twin, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)


def test_a_cancel_delivered_late_does_not_kill_what_a_person_has_reinstated(kna, story):
    cancel = an_order(kna, story, version=2)
    hear(cancel)
    kills.reinstate_story(story.pk, by="Ben")
    publishing.publish_story(story.pk, by="Ben", at=TEN)

    hear(cancel)

    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [story.pk]
    assert models.KillReport.objects.count() == 1


def test_a_new_cancel_kills_again(kna, story):
    hear(an_order(kna, story, version=2))
    kills.reinstate_story(story.pk, by="Ben")
    publishing.publish_story(story.pk, by="Ben", at=TEN)

    hear(an_order(kna, story, version=3))

    assert reading.is_killed(story.pk)
    assert models.KillReport.objects.count() == 2


def test_a_cancel_that_finds_the_story_killed_already_is_carried_out_too(kna, story):
    kills.kill_story(story.pk, reason="Ours.", by="Ana")
    cancel = an_order(kna, story, version=2)
    hear(cancel)
    kills.reinstate_story(story.pk, by="Ben")

    hear(cancel)

    assert not reading.is_killed(story.pk)


def test_a_cancel_reaches_a_story_made_between_two_deliveries(kna, story):
    cancel = an_order(kna, story, version=2)
    hear(cancel)
    late = a_twin(story)

    assert from_wire.kill_family(cancel.pk) == [late.pk]


def test_a_hold_delivered_late_does_not_undo_a_person_who_lifted_it(kna, story):
    hold = an_order(kna, story, version=2, status="withheld")
    hear(hold)
    kills.lift_hold(story.pk, by="Ben")

    hear(hold)

    story.refresh_from_db()
    assert story.withheld_at is None


def test_a_hold_that_a_usable_version_has_ended_withholds_nothing(kna, story):
    hold = an_order(kna, story, version=2, status="withheld")
    usable = a_wire_item(kna, family=story.wire_family, version=3)
    handlers.take_wire_item(
        WireItemStored(item_id=usable.pk, provider="kna", family=usable.family, at=TEN)
    )

    hear(hold)

    story.refresh_from_db()
    assert story.withheld_at is None


def test_an_order_to_hold_another_item_withholds_and_does_not_kill(kna, story):
    hear(an_order(kna, story, version=0, status="usable", usability="held"))

    story.refresh_from_db()
    assert (story.killed_at, story.withheld_by) == (None, "KNA")


def test_pressing_twice_leads_to_the_first_draft(kna):
    item = a_wire_item(kna)

    first = from_wire.story_of(item.pk, by="Ana", places=HERE)
    second = from_wire.story_of(item.pk, by="Ben")

    assert (first.is_new, second.is_new) == (True, False)
    assert second.story_id == first.story_id == from_wire.make_story(item.pk, by="Cem")
    assert models.Story.objects.count() == 1


def test_a_newer_version_of_an_item_leads_to_the_familys_story(kna):
    item = a_wire_item(kna, version=1)
    story_id = from_wire.make_story(item.pk, by="Ana")
    newer = a_wire_item(kna, family=item.family, version=2)

    assert from_wire.make_story(newer.pk, by="Ana") == story_id


def test_the_same_family_of_another_agency_is_another_story(kna):
    item = a_wire_item(kna)
    other = a_wire_item(a_provider("northern", "Northern Wire"), family=item.family)

    assert from_wire.make_story(item.pk, by="Ana") != from_wire.make_story(other.pk, by="Ana")


def test_a_rule_leaves_alone_a_story_somebody_was_quicker_to_make(kna):
    daily = site("musashi")
    kna.auto_masthead_id, kna.auto_section_id = daily.id, daily.section("world").id
    kna.save()
    item = a_wire_item(kna)
    story_id = from_wire.make_story(item.pk, by="Ana")

    assert from_wire.publish_automatically(item.pk) is None
    assert models.Story.objects.get(pk=story_id).live is False


def an_order(kna, story, *, version, status="canceled", usability="killed"):
    return a_wire_item(
        kna, family=story.wire_family, version=version, status=status, usability=usability,
        reason="KNA took it down.", recalls=True,
    )  # fmt: skip


def hear(item):
    handlers.kill_family(
        WireItemKilled(item_id=item.pk, provider="kna", family=item.family, at=TEN, reason="x")
    )


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()


@pytest.fixture
def story(kna):
    story_id = from_wire.make_story(a_wire_item(kna).pk, by="Ana", places=HERE)
    publishing.publish_story(story_id, by="Ana", at=TEN)
    return models.Story.objects.get(pk=story_id)
