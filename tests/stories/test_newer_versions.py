"""A newer version of an agency's item: to the same story, or offered to whoever wrote in it."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models
from dateline.stories.domain.errors import AlreadyKilled, WireItemRefused
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemKilled, WireItemStored
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.wire import a_wire_item
from tests.stories.newspaper import site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)


def test_a_new_version_replaces_a_text_nobody_touched(kna):
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    second = a_wire_item(kna, family=first.family, headline="Quake kills none", version=7)

    handlers.take_wire_item(stored(second))
    handlers.take_wire_item(stored(second))

    page = reading.story_page(site("musashi"), story.pk, at=datetime.now(UTC))
    assert page.card.headline == "Quake kills none"
    newest, oldest = reading.versions(story.pk)
    assert (newest.source, newest.change, oldest.source) == ("agency", "update", "desk")
    assert models.DeskAlarm.objects.count() == 0


def test_a_new_version_without_a_picture_keeps_the_one_the_story_has(kna):
    picture, newer = a_picture("volcano"), a_picture("ash")
    first = a_wire_item(kna, version=1, picture=picture)
    story = made(first)
    assert story.lead_picture == picture

    from_wire.take_version(story.pk, a_wire_item(kna, family=first.family, version=2).pk)
    story.refresh_from_db()
    assert story.lead_picture == picture

    with_one = a_wire_item(kna, family=first.family, version=3, picture=newer)
    from_wire.take_version(story.pk, with_one.pk)
    story.refresh_from_db()
    assert story.lead_picture == newer


def test_a_new_version_reaches_a_draft_too(kna):
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    second = a_wire_item(kna, family=first.family, headline="Quake kills none", version=2)

    assert from_wire.take_version(story.pk, second.pk) == "updated"

    story.refresh_from_db()
    assert (story.live, story.headline) == (False, "Quake kills none")


def test_an_editors_text_is_never_overwritten_only_offered(kna):
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.update_story(story.pk, changes={"headline": "Our own words"}, by="Ana")
    second = a_wire_item(kna, family=first.family, headline="Agency words", version=2)

    assert from_wire.take_version(story.pk, second.pk) == "offered"

    story.refresh_from_db()
    assert story.headline == "Our own words"
    (alarm,) = models.DeskAlarm.objects.all()
    assert (alarm.kind, alarm.story_id, alarm.wire_item_id) == ("wire_update", story.pk, second.pk)

    from_wire.use_version(story.pk, second.pk, by="Ben", at=TEN + HOUR)
    story.refresh_from_db()
    alarm.refresh_from_db()
    assert (story.headline, story.wire_item_id) == ("Agency words", second.pk)
    assert alarm.acknowledged_by == "Ben"


def test_an_unpublished_edit_counts_as_an_editors_text(kna):
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    story.headline = "Our own words"
    story.save_revision()

    second = a_wire_item(kna, family=first.family, version=2)
    assert from_wire.take_version(story.pk, second.pk) == "offered"


def test_only_a_usable_version_can_be_chosen(kna):
    story = made(a_wire_item(kna))
    family = story.wire_family
    held = a_wire_item(kna, family=family, version=2, usability="held", reason="Unclear.")

    with pytest.raises(WireItemRefused, match="cannot be used: Unclear"):
        from_wire.use_version(story.pk, held.pk, by="Ana")


def test_a_provider_may_ask_for_every_version_to_be_offered(kna):
    kna.auto_update = False
    kna.save()
    first = a_wire_item(kna)
    story = made(first)

    second = a_wire_item(kna, family=first.family, version=2)
    assert from_wire.take_version(story.pk, second.pk) == "offered"


def test_a_late_older_version_changes_nothing(kna):
    first = a_wire_item(kna, headline="New", version=10)
    story = made(first)
    late = a_wire_item(kna, family=first.family, headline="Old", version=9)

    assert from_wire.take_version(story.pk, late.pk) == "unchanged"
    story.refresh_from_db()
    assert story.headline == "New"


def test_a_version_delivered_late_ends_no_embargo_and_lifts_no_hold(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.update_story(story.pk, changes={"headline": "Our own"}, by="Ana")
    late = a_wire_item(kna, family=first.family, version=2)
    embargoed = a_wire_item(kna, family=first.family, version=3, embargo_until=TEN + 99 * HOUR)
    assert from_wire.take_version(story.pk, embargoed.pk) == "offered"

    assert from_wire.take_version(story.pk, late.pk) == "unchanged"
    story.refresh_from_db()
    assert story.agency_embargo_until == TEN + 99 * HOUR

    hold = a_wire_item(
        kna, family=first.family, version=4, status="withheld", usability="killed",
        reason="KNA withheld this item.", recalls=True,
    )  # fmt: skip
    handlers.kill_family(killed(hold))
    assert from_wire.take_version(story.pk, embargoed.pk) == "unchanged"
    story.refresh_from_db()
    assert story.withheld_at is not None


def test_a_new_version_keeps_what_an_editor_has_chosen_in_a_draft(kna):
    a_masthead("kinako")
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    also_on(story, "kinako")

    second = a_wire_item(kna, family=first.family, headline="Quake kills none", version=2)
    assert from_wire.take_version(story.pk, second.pk) == "updated"

    story.refresh_from_db()
    draft = story.get_latest_revision_as_object()
    assert draft.headline == "Quake kills none"
    assert [p.masthead.slug for p in draft.placements.all()] == ["musashi", "kinako"]


def test_a_new_version_of_a_public_story_does_not_bury_the_draft(kna):
    a_masthead("kinako")
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    also_on(models.Story.objects.get(pk=story.pk), "kinako")

    second = a_wire_item(kna, family=first.family, headline="Quake kills none", version=2)
    assert from_wire.take_version(story.pk, second.pk) == "updated"

    story = models.Story.objects.get(pk=story.pk)
    draft = story.get_latest_revision_as_object()
    assert (story.live, story.headline, draft.headline) == (True, *["Quake kills none"] * 2)
    assert [p.masthead.slug for p in story.placements.all()] == ["musashi"]
    assert [p.masthead.slug for p in draft.placements.all()] == ["musashi", "kinako"]
    assert story.has_unpublished_changes


def also_on(story, slug):
    """Save a draft with one more placement, as the edit view does."""
    place = site(slug)
    draft = story.get_latest_revision_as_object()
    more = models.Placement(masthead_id=place.id, section_id=place.section("world").id)
    draft.placements = [*draft.placements.all(), more]
    draft.save_revision()


def test_a_version_of_another_story_or_one_taken_down_cannot_be_chosen(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    foreign = a_wire_item(kna, embargo_until=TEN + 99 * HOUR)

    with pytest.raises(WireItemRefused, match="belongs to another story"):
        from_wire.use_version(story.pk, foreign.pk, by="Ana")

    a_wire_item(
        kna, family=first.family, version=2, usability="killed", reason="Wrong.", recalls=True
    )
    with pytest.raises(WireItemRefused, match="The agency took this version down"):
        from_wire.use_version(story.pk, first.pk, by="Ana")

    kills.kill_story(story.pk, reason="Wrong.", by="KNA")
    with pytest.raises(AlreadyKilled):
        from_wire.use_version(story.pk, first.pk, by="Ana")


def test_an_agency_correction_is_told_to_readers_who_saw_the_mistake(kna):
    first = a_wire_item(kna, headline="Ten hurt", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    second = a_wire_item(
        kna, family=first.family, headline="Two hurt", version=2,
        details={"relations": [{"type": "corrects", "family": first.family}]},
    )  # fmt: skip

    from_wire.take_version(story.pk, second.pk, at=TEN + HOUR)

    page = reading.story_page(site("musashi"), story.pk, at=TEN + HOUR)
    assert [c.text for c in page.corrections] == ["KNA sent a corrected version of this story."]


def test_an_embargo_that_comes_later_covers_the_story_at_once(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.update_story(story.pk, changes={"headline": "Our own"}, by="Ana")
    second = a_wire_item(
        kna, family=first.family, version=2, embargo_until=datetime.now(UTC) + HOUR
    )

    from_wire.take_version(story.pk, second.pk)

    assert reading.front(site("musashi"), at=datetime.now(UTC)) == []


def made(item):
    return models.Story.objects.get(pk=from_wire.make_story(item.pk, by="Ana", places=HERE))


def stored(item):
    return WireItemStored(item_id=item.pk, provider="kna", family=item.family, at=TEN)


def killed(item):
    return WireItemKilled(
        item_id=item.pk, provider="kna", family=item.family, at=TEN, reason=item.reason
    )
