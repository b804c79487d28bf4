"""From the wire: a draft to work on, kills to every copy, and what is published by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.stories import handlers, models
from dateline.stories.domain.errors import WireItemRefused
from dateline.stories.domain.gate import Closed
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemHeld, WireItemKilled, WireItemStored
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

    assert reading.story_page(site("musashi"), story.pk, at=TEN).closed == Closed.WITHHELD
    kills.lift_hold(story.pk, by="Ana")
    assert reading.story_page(site("musashi"), story.pk, at=TEN).card.story_id == story.pk


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
        reading.story_page(site("musashi"), story.pk, at=datetime.now(UTC)).closed
        == Closed.WITHHELD
    )

    third = a_wire_item(kna, family=first.family, version=3)
    handlers.take_wire_item(stored(third))

    assert reading.front(site("musashi"), at=datetime.now(UTC))[0].story_id == story.pk


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

    (card,) = reading.front(daily, at=datetime.now(UTC))
    assert (card.headline, card.kicker) == ("Volcano wakes", "World")
    assert reading.versions(card.story_id)[0].source == "agency"


@pytest.mark.parametrize(
    "fields", [{"kind": "picture"}, {"kind": "package"}, {"body_text": "", "body_html": ""}]
)
def test_only_text_is_published_by_itself(kna, fields):
    daily = site("musashi")
    kna.auto_masthead_id, kna.auto_section_id = daily.id, daily.section("world").id
    kna.save()

    assert from_wire.publish_automatically(a_wire_item(kna, **{"kind": "text"} | fields).pk) is None
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


def test_an_item_without_story_and_rule_costs_no_delivery(kna):
    alone, known = a_wire_item(kna), a_wire_item(kna)
    made(known)
    elsewhere = a_wire_item(a_provider("abc", "ABC"), family=known.family)

    assert handlers.nobody_waits(stored(alone))
    assert not handlers.nobody_waits(stored(known))
    other = WireItemStored(item_id=elsewhere.pk, provider="abc", family=known.family, at=TEN)
    assert handlers.nobody_waits(other)

    daily = site("musashi")
    kna.auto_masthead_id, kna.auto_section_id = daily.id, daily.section("world").id
    kna.save()
    assert not handlers.nobody_waits(stored(alone))


def made(item):
    return models.Story.objects.get(pk=from_wire.make_story(item.pk, by="Ana", places=HERE))


def stored(item):
    return WireItemStored(item_id=item.pk, provider="kna", family=item.family, at=TEN)


def killed(item):
    return WireItemKilled(
        item_id=item.pk, provider="kna", family=item.family, at=TEN, reason=item.reason
    )
