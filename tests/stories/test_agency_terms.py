"""What the agency allows is true at once, whatever an editor made of its text."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models
from dateline.stories.domain.gate import Closed
from dateline.stories.queries import reading
from dateline.stories.services import agency_terms, from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemHeld
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)


def test_rights_and_terms_reach_a_story_an_editor_changed(kna, edited):
    newer = a_wire_item(
        kna, family=edited.wire_family, version=2, expires_at=TEN + HOUR, usage_terms="No archives."
    )

    assert from_wire.take_version(edited.pk, newer.pk, at=TEN) == "offered"

    page = reading.story_page(site("musashi"), edited.pk, at=TEN)
    assert (page.card.headline, page.usage_terms) == ("Our own words", "No archives.")
    assert (page.until, page.card.until) == (TEN + HOUR, TEN + HOUR)
    gone = reading.story_page(site("musashi"), edited.pk, at=TEN + HOUR)
    assert (gone.closed, gone.at) == (Closed.RIGHTS_EXPIRED, TEN + HOUR)
    assert reading.front(site("musashi"), at=TEN + HOUR) == []
    (fact,) = facts("story.terms_changed")
    assert (fact["story_id"], fact["by"]) == (edited.pk, "KNA")


def test_a_version_that_gives_more_time_reaches_it_too(kna, edited):
    for version, end in ((2, TEN + HOUR), (3, TEN + 5 * HOUR), (4, None)):
        newer = a_wire_item(kna, family=edited.wire_family, version=version, expires_at=end)
        from_wire.take_version(edited.pk, newer.pk, at=TEN)

        assert reading.story_page(site("musashi"), edited.pk, at=TEN).until == end


def test_no_older_draft_brings_older_rights_back(kna, edited):
    draft = models.Story.objects.get(pk=edited.pk).save_revision()
    newer = a_wire_item(kna, family=edited.wire_family, version=2, expires_at=TEN + HOUR)
    from_wire.take_version(edited.pk, newer.pk, at=TEN)

    draft.publish()

    assert reading.front(site("musashi"), at=TEN + HOUR) == []


def test_an_editor_may_be_stricter_than_the_agency_never_laxer(kna, edited):
    newer = a_wire_item(kna, family=edited.wire_family, version=2, expires_at=TEN + 3 * HOUR)
    from_wire.take_version(edited.pk, newer.pk, at=TEN)

    for own, end in ((TEN + HOUR, TEN + HOUR), (TEN + 9 * HOUR, TEN + 3 * HOUR)):
        publishing.update_story(edited.pk, changes={"rights_until": own}, by="Ana", at=TEN)
        assert reading.story_page(site("musashi"), edited.pk, at=TEN).until == end


def test_the_desks_terms_stand_beside_the_agencys(kna, edited):
    newer = a_wire_item(kna, family=edited.wire_family, version=2, usage_terms="No sales.")
    from_wire.take_version(edited.pk, newer.pk, at=TEN)
    publishing.update_story(edited.pk, changes={"usage_terms": "Not in print."}, by="Ana", at=TEN)

    page = reading.story_page(site("musashi"), edited.pk, at=TEN)

    assert page.usage_terms == "No sales.\nNot in print."


@pytest.mark.parametrize("usability", ["held", "not_for_readers"])
def test_a_version_that_needs_a_person_may_tighten_and_never_loosens(kna, edited, usability):
    family = edited.wire_family
    usable = a_wire_item(
        kna, family=family, version=2, expires_at=TEN + 3 * HOUR, usage_terms="No sales."
    )
    from_wire.take_version(edited.pk, usable.pk, at=TEN)
    more = a_wire_item(
        kna, family=family, version=3, usability=usability, reason="Odd.", expires_at=TEN + 9 * HOUR
    )
    hear(more)
    assert standing(edited) == (None, TEN + 3 * HOUR, "No sales.")

    less = a_wire_item(
        kna, family=family, version=4, usability=usability, reason="Odd.",
        expires_at=TEN + HOUR, embargo_until=TEN + HOUR, usage_terms="No web.",
    )  # fmt: skip
    hear(less)

    assert standing(edited) == (TEN + HOUR, TEN + HOUR, "No web.")


def test_what_turns_out_to_be_for_editors_only_closes_until_a_usable_version(kna, edited):
    advisory = a_wire_item(
        kna, family=edited.wire_family, version=2, usability="not_for_readers", reason="A daybook."
    )

    hear(advisory)

    assert reading.story_page(site("musashi"), edited.pk, at=TEN) is None
    assert reading.front(site("musashi"), at=TEN) == []
    assert models.DeskAlarm.objects.get().kind == "wire_held"
    usable = a_wire_item(kna, family=edited.wire_family, version=3)
    from_wire.take_version(edited.pk, usable.pk, at=TEN)
    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [edited.pk]


def test_a_person_may_show_it_all_the_same_and_a_late_delivery_does_not_undo_that(kna, edited):
    advisory = a_wire_item(
        kna, family=edited.wire_family, version=2, usability="not_for_readers", reason="A daybook."
    )
    hear(advisory)

    kills.lift_hold(edited.pk, by="Ben", at=TEN)
    hear(advisory)

    assert [c.story_id for c in reading.front(site("musashi"), at=TEN)] == [edited.pk]


def test_what_stands_does_not_depend_on_the_order_of_delivery(kna, edited):
    family = edited.wire_family
    second = a_wire_item(kna, family=family, version=2, expires_at=TEN + 9 * HOUR)
    held = a_wire_item(
        kna, family=family, version=3, usability="held", reason="x", expires_at=TEN + HOUR
    )
    hear(held)
    from_wire.take_version(edited.pk, second.pk, at=TEN)
    from_wire.take_version(edited.pk, second.pk, at=TEN)

    assert standing(edited) == (None, TEN + HOUR, "")


def test_a_story_begins_with_the_newest_terms_of_its_family(kna):
    first = a_wire_item(kna, version=1)
    a_wire_item(
        kna, family=first.family, version=2, embargo_until=TEN + HOUR, usage_terms="No sales."
    )

    story = models.Story.objects.get(pk=from_wire.make_story(first.pk, by="Ana", places=HERE))

    assert standing(story) == (TEN + HOUR, None, "No sales.")
    assert (story.rights_until, story.usage_terms, story.agency_item.version) == (None, "", 2)


def test_a_recall_leaves_the_terms_of_what_it_takes_down(kna, edited):
    usable = a_wire_item(kna, family=edited.wire_family, version=2, expires_at=TEN + HOUR)
    from_wire.take_version(edited.pk, usable.pk, at=TEN)
    a_wire_item(
        kna, family=edited.wire_family, version=3, usability="killed", reason="x", recalls=True
    )

    agency_terms.take_terms(edited.pk, at=TEN)

    assert standing(edited) == (None, TEN + HOUR, "")


def test_a_story_of_our_own_has_no_agency_to_ask(kna, daily_story):
    agency_terms.take_terms(daily_story.pk, at=TEN)

    daily_story.refresh_from_db()
    assert daily_story.agency_item_id is None
    assert facts("story.terms_changed") == []


def hear(item):
    handlers.alarm_held(
        WireItemHeld(item_id=item.pk, provider="kna", family=item.family, at=TEN, reason="x")
    )


def standing(story):
    story.refresh_from_db()
    return story.agency_embargo_until, story.agency_rights_until, story.agency_usage_terms


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()


@pytest.fixture
def edited(kna):
    """A public story from the wire whose words are an editor's."""
    story_id = from_wire.make_story(a_wire_item(kna).pk, by="Ana", places=HERE)
    publishing.publish_story(story_id, by="Ana", at=TEN - HOUR)
    publishing.update_story(
        story_id, changes={"headline": "Our own words"}, by="Ana", at=TEN - HOUR
    )
    return models.Story.objects.get(pk=story_id)


@pytest.fixture
def daily_story(kna):
    return a_story(at=TEN)
