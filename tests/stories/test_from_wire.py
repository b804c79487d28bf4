"""From the wire: a draft to work on, new versions to the same story, kills to every copy."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models, queries
from dateline.stories.domain.errors import AlreadyKilled, WireItemRefused
from dateline.stories.domain.gate import Closed
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemHeld, WireItemKilled, WireItemStored
from tests.factories.newsroom import a_masthead
from tests.factories.pictures import a_picture
from tests.factories.wire import a_provider, a_wire_item
from tests.stories.newspaper import a_twin, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)


def test_a_usable_item_becomes_a_private_draft_with_all_it_brought(kna):
    item = a_wire_item(
        kna,
        headline="Volcano wakes",
        body_html="<p>It <b>shook</b>.</p><table><tr><td>3</td></tr></table>",
        dateline="Port Amaru",
        byline="By R. Sato",
        language="en-GB",
        urgency=2,
        copyright="© 2026 KNA",
        usage_terms="No sales.",
        embargo_until=TEN + HOUR,
        expires_at=TEN + 30 * HOUR,
    )

    story = made(item)

    assert (story.live, story.kind, story.headline) == (False, "wire", "Volcano wakes")
    assert [(b.block_type) for b in story.body] == ["text", "wire"]
    assert (story.dateline, story.byline, story.language, story.urgency) == (
        "Port Amaru", "By R. Sato", "en-GB", 2,
    )  # fmt: skip
    assert (story.copyright_line, story.agency_usage_terms) == ("© 2026 KNA", "No sales.")
    assert (story.agency_embargo_until, story.agency_rights_until) == (TEN + HOUR, TEN + 30 * HOUR)
    assert (story.provider, story.wire_family, story.wire_item) == (kna, item.family, item)


def test_the_providers_line_stands_in_for_a_missing_copyright(kna):
    assert made(a_wire_item(kna, copyright="")).copyright_line == "© KNA"


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"headline": "", "slugline": "FERRY"}, "FERRY"),
        ({"headline": "", "slugline": "", "caption": "A ferry."}, "A ferry."),
        ({"headline": "", "slugline": "", "body_text": "First line\nSecond"}, "First line"),
        ({"headline": "", "slugline": "", "body_text": ""}, "(no headline)"),
        ({"headline": "x" * 300}, "x" * 250),
    ],
)
def test_a_story_is_never_without_a_headline(kna, fields, headline):
    assert made(a_wire_item(kna, **fields)).headline == headline


def test_the_desks_words_do_not_reach_readers(kna):
    item = a_wire_item(
        kna,
        headline="CORRECTED-Ferry returns",
        body_html="<header><p>Embargo: 19.00!</p></header><h2>Ferry returns</h2><p>At six.</p>",
    )

    story = made(item)

    assert story.headline == "Ferry returns"
    assert [block.value.source for block in story.body] == ["<p>At six.</p>"]


@pytest.mark.parametrize("usability", ["killed", "not_for_readers"])
def test_what_is_not_for_readers_cannot_become_a_story(kna, usability):
    item = a_wire_item(kna, usability=usability, reason="An advisory for editors.")

    with pytest.raises(WireItemRefused, match="cannot become a story: An advisory for editors"):
        from_wire.make_story(item.pk, by="Ana")


def test_an_older_version_of_a_killed_family_cannot_become_a_story(kna):
    item = a_wire_item(kna, version=1)
    a_wire_item(
        kna, family=item.family, version=2, usability="killed", reason="Wrong.", recalls=True
    )

    with pytest.raises(WireItemRefused, match="The agency killed this item"):
        from_wire.make_story(item.pk, by="Ana")


def test_a_held_item_makes_a_story_nobody_sees_until_a_person_lifts_it(kna):
    story = made(a_wire_item(kna, usability="held", reason="Unclear embargo."))
    publishing.publish_story(story.pk, by="Ana", at=TEN)

    assert queries.story_page(site("musashi"), story.pk, at=TEN).closed == Closed.WITHHELD
    kills.lift_hold(story.pk, by="Ana")
    assert queries.story_page(site("musashi"), story.pk, at=TEN).card.story_id == story.pk


def test_a_new_version_replaces_a_text_nobody_touched(kna):
    first = a_wire_item(kna, headline="Quake", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    second = a_wire_item(kna, family=first.family, headline="Quake kills none", version=7)

    handlers.take_wire_item(stored(second))
    handlers.take_wire_item(stored(second))

    page = queries.story_page(site("musashi"), story.pk, at=datetime.now(UTC))
    assert page.card.headline == "Quake kills none"
    newest, oldest = queries.versions(story.pk)
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


def test_one_story_of_a_family_cannot_keep_the_others_up(kna, monkeypatch):
    first = a_wire_item(kna, version=1)
    story = made(first)
    stories = [story, a_twin(story), a_twin(story)]
    kills.kill_story(stories[1].pk, reason="Quicker.", by="Ana")
    kill = a_wire_item(
        kna, family=first.family, version=2, status="canceled", usability="killed",
        reason="KNA canceled this item.", recalls=True,
    )  # fmt: skip
    really = kills.kill_story

    def stumble(story_id, **options):
        if story_id == stories[0].pk:
            raise OSError("the disk is full")
        return really(story_id, **options)

    monkeypatch.setattr(kills, "kill_story", stumble)
    with pytest.raises(ExceptionGroup, match="KNA: stories could not be taken down") as failed:
        from_wire.kill_family(kill.pk)

    assert [str(error) for error in failed.value.exceptions] == ["the disk is full"]
    taken = [models.Story.objects.get(pk=s.pk).killed_by for s in stories]
    assert taken == ["", "Ana", "KNA"]


def test_an_agency_correction_is_told_to_readers_who_saw_the_mistake(kna):
    first = a_wire_item(kna, headline="Ten hurt", version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    second = a_wire_item(
        kna, family=first.family, headline="Two hurt", version=2,
        details={"relations": [{"type": "corrects", "family": first.family}]},
    )  # fmt: skip

    from_wire.take_version(story.pk, second.pk, at=TEN + HOUR)

    page = queries.story_page(site("musashi"), story.pk, at=TEN + HOUR)
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

    assert queries.front(site("musashi"), at=datetime.now(UTC)) == []


def test_an_agency_kill_takes_down_every_story_of_its_family_edited_or_not(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    stories = [story, a_twin(story)]
    for story in stories:
        publishing.publish_story(story.pk, by="Ana", at=TEN)
    publishing.update_story(stories[0].pk, changes={"headline": "Edited"}, by="Ana")
    kill = a_wire_item(
        kna, family=first.family, version=2, status="canceled", usability="killed",
        reason="KNA canceled this item.", recalls=True,
    )  # fmt: skip

    handlers.kill_family(killed(kill))
    handlers.kill_family(killed(kill))

    for story in stories:
        story.refresh_from_db()
        assert (story.live, story.kill_reason) == (False, "KNA canceled this item.")
        assert story.killed_by == "KNA"
    assert {r.source for r in models.KillReport.objects.all()} == {"agency"}
    assert models.KillReport.objects.count() == 2


def test_withheld_closes_the_gate_and_a_usable_version_opens_it(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    publishing.publish_story(story.pk, by="Ana", at=TEN)
    hold = a_wire_item(
        kna, family=first.family, version=2, status="withheld", usability="killed",
        reason="KNA withheld this item.", recalls=True,
    )  # fmt: skip
    handlers.kill_family(killed(hold))
    assert (
        queries.story_page(site("musashi"), story.pk, at=datetime.now(UTC)).closed
        == Closed.WITHHELD
    )

    third = a_wire_item(kna, family=first.family, version=3)
    handlers.take_wire_item(stored(third))

    assert queries.front(site("musashi"), at=datetime.now(UTC))[0].story_id == story.pk


def test_what_comes_after_a_kill_is_proposed_not_published(kna):
    first = a_wire_item(kna, version=1)
    story = made(first)
    kills.kill_story(story.pk, reason="Wrong.", by="KNA")
    again = a_wire_item(kna, family=first.family, version=3)

    handlers.take_wire_item(stored(again))

    story.refresh_from_db()
    assert story.killed_at is not None
    kinds = models.DeskAlarm.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["kill", "reinstate_proposed"]


def test_a_rule_publishes_by_itself_once(kna):
    daily = site("musashi")
    kna.auto_masthead_id, kna.auto_section_id = daily.id, daily.section("world").id
    kna.save()
    item = a_wire_item(kna, headline="Volcano wakes")

    handlers.take_wire_item(stored(item))
    handlers.take_wire_item(stored(item))

    (card,) = queries.front(daily, at=datetime.now(UTC))
    assert (card.headline, card.kicker) == ("Volcano wakes", "World")
    assert queries.versions(card.story_id)[0].source == "agency"


@pytest.mark.parametrize("kind", ["picture", "package"])
def test_only_text_is_published_by_itself(kna, kind):
    daily = site("musashi")
    kna.auto_masthead_id, kna.auto_section_id = daily.id, daily.section("world").id
    kna.save()

    assert from_wire.publish_automatically(a_wire_item(kna, kind=kind).pk) is None
    assert models.Story.objects.count() == 0


def test_a_held_item_is_put_before_a_person(kna):
    first = a_wire_item(kna)
    held = a_wire_item(kna, family=first.family, version=2, usability="held", reason="Unclear.")
    story = made(first)

    handlers.alarm_held(
        WireItemHeld(item_id=held.pk, provider="kna", family="f", at=TEN, reason="Unclear.")
    )
    alone = a_wire_item(kna, usability="held", reason="Odd.")
    handlers.alarm_held(
        WireItemHeld(item_id=alone.pk, provider="kna", family="g", at=TEN, reason="Odd.")
    )

    rows = models.DeskAlarm.objects.order_by("pk").values_list("text", "story_id")
    assert list(rows) == [("KNA: Unclear.", story.pk), ("KNA: Odd.", None)]


def made(item):
    return models.Story.objects.get(pk=from_wire.make_story(item.pk, by="Ana", places=HERE))


def stored(item):
    return WireItemStored(item_id=item.pk, provider="kna", family=item.family, at=TEN)


def killed(item):
    return WireItemKilled(
        item_id=item.pk, provider="kna", family=item.family, at=TEN, reason=item.reason
    )


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()
