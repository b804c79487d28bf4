"""A kill in words: a person sees what it may mean, decides, and nothing slips through before."""

from datetime import timedelta

import pytest

from dateline.media.models import Picture
from dateline.stories import handlers, models, proposals
from dateline.stories.domain.errors import AlreadyDecided, NeedsDecision, NeedsText
from dateline.stories.services import alarms, from_wire, kill_proposals, kills, publishing
from dateline.stories.services.drafting import Place
from dateline.wire.events import WireItemHeld, WireItemStored, WireKillProposed
from dateline.wire.models import WireItem
from dateline.wire.queries import items as wire
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.wire import TEN, a_provider, a_wire_item
from tests.stories.newspaper import site

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
HERE = (Place(masthead="musashi", section="world"),)
KILL = {"relations": [{"type": "kills", "family": None, "note": None, "certain": False}]}
HOLD = {"relations": [{"type": "holds", "family": None, "note": None, "certain": False}]}
FERRY = {"headline": "Marigold sails home at noon", "slugline": "FERRY-RETURN"}
WHY = "KNA: it names the wrong ship."


def test_a_kill_in_words_asks_a_person_once(kna):
    said = asks(kna, headline="KILL: Marigold sails home at noon")

    told(said)
    told(said)
    held = {"provider": "kna", "family": said.family, "at": TEN, "reason": "It asks."}
    handlers.alarm_held(WireItemHeld(item_id=said.pk, **held))

    (alarm,) = models.DeskAlarm.objects.all()
    assert (alarm.kind, alarm.wire_item, alarm.acknowledged_at) == ("kill_proposed", said, None)
    assert alarm.text == "KNA asks in words to kill something: “KILL: Marigold sails home at noon”."
    assert str(alarm.proposal) == f"kill proposed by alarm {alarm.pk}"


def test_it_proposes_the_stories_and_items_it_may_mean_the_likeliest_first(kna):
    meant, like, other = (
        published(kna, **FERRY),
        published(kna, headline="Marigold sails home again", slugline="SHIPS"),
        published(kna, headline="Rice prices fall", slugline="RICE"),
    )
    unused = a_wire_item(kna, headline="Ferry pictures", slugline="FERRY-RETURN")
    found = proposed(asks(kna, slugline="FERRY-RETURN", headline="KILL: Marigold sails home"))

    assert shown(found) == [
        (True, meant.pk, True),
        (False, unused.pk, True),
        (True, like.pk, False),
    ]
    assert other.pk not in {c.id for c in found.candidates if c.is_story}
    first = found.candidates[0]
    assert (first.where, first.public_since) == (("Musashi",), TEN)
    assert first.reasons[0].sentence == "The notice has its slugline, FERRY-RETURN."
    assert found.reason == "KNA: KILL: Marigold sails home Wrong ship."


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"received_at": TEN - timedelta(hours=49)},
        {"received_at": TEN + timedelta(hours=49)},
    ],
)
def test_what_came_long_before_or_after_is_not_meant_unless_it_is_named_by_id(kna, elsewhere):
    old = a_wire_item(kna, **FERRY, **elsewhere)
    assert proposed(asks(kna, **FERRY)).candidates == ()

    by_id = {"relations": [*KILL["relations"], {"type": "corrects", "family": old.family}]}
    (one,) = proposed(asks(kna, details=by_id)).candidates
    assert (one.id, one.reasons[0].sentence) == (old.pk, "The notice points to this agency item.")


def test_the_same_words_of_another_agency_are_not_meant_but_ours_may_be(kna):
    published(a_provider("abc", "ABC"), **FERRY)
    ours = a_story("Marigold sails home at noon", at=TEN)

    found = proposed(
        asks(kna, headline="KILL", body_text="Please kill Marigold sails home at noon")
    )

    assert [c.id for c in found.candidates] == [ours.pk]


def test_a_notice_in_the_items_own_family_means_its_stories(kna):
    story = published(kna, headline="Anything")
    notice = asks(kna, family=story.wire_family, version=2, headline="KILL", slugline="X")

    (one,) = proposed(notice).candidates

    assert (one.id, one.is_ticked) == (story.pk, True)


def test_confirming_kills_what_was_ticked_and_recalls_its_items_for_good(kna):
    meant, spared = published(kna, **FERRY), published(kna, **FERRY)
    unused = a_wire_item(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))

    done = kill_proposals.confirm(
        alarm.pk, story_ids=[meant.pk], item_ids=[unused.pk], reason=WHY, by="Ana Mori", at=later()
    )

    meant.refresh_from_db()
    spared.refresh_from_db()
    alarm.refresh_from_db()
    assert done == [meant.pk]
    assert (meant.killed_by, meant.kill_reason, spared.killed_at) == ("Ana Mori", WHY, None)
    killed_families = [wire.is_family_killed(kna.pk, f) for f in families(meant, unused, spared)]
    assert killed_families == [True, True, False]
    assert (alarm.acknowledged_by, alarm.proposal.outcome) == ("Ana Mori", "done")
    recall = WireItem.objects.get(family=unused.family, recalls=True)
    assert recall.reason == f"{WHY} Decided by Ana Mori."
    assert [c.id for c in proposals.proposal(alarm.pk).candidates] == [spared.pk]


def test_a_second_story_of_the_same_item_that_was_left_standing_stays(kna):
    meant = published(kna, **FERRY)
    spared = a_story(FERRY["headline"], at=TEN)  # as an older edition may have made it
    models.Story.objects.filter(pk=spared.pk).update(provider=kna, wire_family=meant.wire_family)
    alarm = told(asks(kna, **FERRY))

    kill_proposals.confirm(alarm.pk, story_ids=[meant.pk], reason=WHY, by="Ana", at=later())

    spared.refresh_from_db()
    assert spared.killed_at is None
    assert wire.is_family_killed(kna.pk, meant.wire_family) is False


def test_a_hold_in_words_withholds(kna):
    story = published(kna, **FERRY)
    alarm = told(asks(kna, details=HOLD, **FERRY))
    assert alarm.text.startswith("KNA asks in words to hold something")

    kill_proposals.confirm(alarm.pk, story_ids=[story.pk], reason=WHY, by="Ana", at=later())

    story.refresh_from_db()
    assert (story.killed_at, story.withheld_reason) == (None, WHY)


def test_a_picture_kill_takes_the_picture_and_leaves_the_story(kna):
    story = published(kna, **FERRY)
    picture = a_picture("marigold", guid="urn:kna:p1")
    item = a_wire_item(kna, kind="picture", picture=picture, caption="The Marigold.", **FERRY)
    alarm = told(asks(kna, headline="Photo kill: Marigold", slugline="FERRY-RETURN"))
    found = proposals.proposal(alarm.pk)
    assert shown(found) == [(False, item.pk, True), (True, story.pk, False)]
    assert found.candidates[0].picture == picture

    kill_proposals.confirm(
        alarm.pk, story_ids=[], item_ids=[item.pk], reason=WHY, by="Ana", at=later()
    )

    story.refresh_from_db()
    assert Picture.objects.get(pk=picture.pk).killed_at is not None
    assert story.killed_at is None


def test_a_kill_before_its_original_keeps_it_from_being_published_by_itself(kna):
    publishes_by_itself(kna)
    alarm = told(asks(kna, headline="KILL", body_text="Please kill FERRY-RETURN.", slugline="K"))
    assert proposals.proposal(alarm.pk).candidates == ()

    original = a_wire_item(kna, received_at=TEN + HOUR, **FERRY)
    handlers.take_wire_item(stored(original))
    assert models.Story.objects.count() == 0
    (one,) = proposals.proposal(alarm.pk).candidates
    assert (one.id, one.is_ticked) == (original.pk, True)

    kill_proposals.confirm(
        alarm.pk, story_ids=[], item_ids=[original.pk], reason=WHY, by="Ana", at=later()
    )
    again = a_wire_item(kna, family=original.family, version=1, version_created_at=TEN)
    assert wire.is_family_killed(kna.pk, again.family)


def test_a_notice_remembered_with_nothing_to_kill_asks_again_when_its_original_comes(kna):
    publishes_by_itself(kna)
    alarm = told(asks(kna, version_created_at=TEN, **FERRY))
    kill_proposals.confirm(alarm.pk, story_ids=[], reason=WHY, by="Ana")

    late = a_wire_item(kna, version_created_at=TEN - HOUR, **FERRY)
    corrected = a_wire_item(kna, version_created_at=TEN + HOUR, **FERRY)
    handlers.take_wire_item(stored(late))
    handlers.take_wire_item(stored(late))
    assert models.Story.objects.count() == 0
    (again,) = models.DeskAlarm.objects.filter(acknowledged_at=None)
    assert again.text.endswith("What it may mean came in after it was dealt with.")

    kill_proposals.dismiss(again.pk, reason="Another ferry.", by="Ana")
    handlers.take_wire_item(stored(corrected))
    assert models.Story.objects.get().wire_family == corrected.family


def test_what_no_notice_means_is_published_by_itself(kna):
    publishes_by_itself(kna)
    told(asks(kna, headline="Photo kill: Marigold", slugline="FERRY-RETURN"))
    kill_proposals.dismiss(told(asks(kna, **FERRY)).pk, reason="A drill.", by="Ana")

    handlers.take_wire_item(stored(a_wire_item(kna, **FERRY)))

    assert models.Story.objects.get().live is True


def test_only_a_decision_takes_it_off_the_desk(kna):
    alarm = told(asks(kna))

    with pytest.raises(NeedsDecision, match="Look at it and decide"):
        alarms.acknowledge(alarm.pk, by="Ana")

    kill_proposals.dismiss(alarm.pk, reason="A drill.", by="Ben", at=TEN + HOUR)
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.acknowledged_at) == ("Ben", TEN + HOUR)
    assert (alarm.proposal.outcome, alarm.proposal.reason) == ("not_meant", "A drill.")
    for late in (
        lambda: kill_proposals.dismiss(alarm.pk, reason="Again.", by="Ana"),
        lambda: kill_proposals.confirm(alarm.pk, story_ids=[], reason="Again.", by="Ana"),
    ):
        with pytest.raises(AlreadyDecided, match="Ben has decided this already: not a kill"):
            late()


def test_it_is_never_decided_without_words_or_without_a_choice(kna):
    story = published(kna, **FERRY)
    alarm = told(asks(kna, **FERRY))

    with pytest.raises(NeedsText, match="Write why"):
        kill_proposals.confirm(alarm.pk, story_ids=[story.pk], reason=" ", by="Ana")
    with pytest.raises(NeedsText, match="Tick what is meant"):
        kill_proposals.confirm(alarm.pk, story_ids=[story.pk + 99], reason=WHY, by="Ana")
    with pytest.raises(NeedsText, match="Write why it is not a kill"):
        kill_proposals.dismiss(alarm.pk, reason=" ", by="Ana")

    alarm.refresh_from_db()
    story.refresh_from_db()
    assert (alarm.acknowledged_at, story.killed_at) == (None, None)


def test_one_story_cannot_keep_the_others_up_and_the_alarm_stays(kna, monkeypatch):
    stories = [published(kna, **FERRY) for _ in range(3)]
    alarm = told(asks(kna, **FERRY))
    really = kills.kill_story

    def stumble(story_id, **options):
        if story_id == stories[0].pk:
            raise OSError("the disk is full")
        if story_id == stories[1].pk:
            really(story_id, reason="Quicker.", by="Ben")
        return really(story_id, **options)

    monkeypatch.setattr(kills, "kill_story", stumble)
    with pytest.raises(ExceptionGroup, match="could not be taken down") as failed:
        kill_proposals.confirm(
            alarm.pk, story_ids=[s.pk for s in stories], reason=WHY, by="Ana", at=later()
        )

    assert [str(error) for error in failed.value.exceptions] == ["the disk is full"]
    taken = [models.Story.objects.get(pk=s.pk).killed_by for s in stories]
    alarm.refresh_from_db()
    assert (taken, alarm.acknowledged_at) == (["", "Ben", "Ana"], None)


def asks(provider, **fields):
    """A notice that asks for a kill in words."""
    words = {"headline": "KILL", "slugline": "", "body_text": "Wrong ship.", "details": KILL}
    return a_wire_item(provider, **{"usability": "held", "reason": "It asks.", **words, **fields})


def told(notice):
    fact = {"provider": "kna", "family": notice.family, "at": TEN, "reason": notice.reason}
    handlers.propose_kill(WireKillProposed(item_id=notice.pk, **fact))
    return models.DeskAlarm.objects.get(key=f"proposed:{notice.pk}:")


def proposed(notice):
    return proposals.proposal(told(notice).pk)


def shown(found):
    return [(c.is_story, c.id, c.is_ticked) for c in found.candidates]


def made(item):
    return from_wire.make_story(item.pk, by="Ana", places=HERE)


def published(provider, **fields):
    story_id = made(a_wire_item(provider, **fields))
    publishing.publish_story(story_id, by="Ana", at=TEN)
    return models.Story.objects.get(pk=story_id)


def publishes_by_itself(provider):
    daily = site("musashi")
    provider.auto_masthead_id, provider.auto_section_id = daily.id, daily.section("world").id
    provider.save()


def stored(item):
    return WireItemStored(item_id=item.pk, provider="kna", family=item.family, at=TEN)


def families(*rows):
    return [getattr(row, "wire_family", None) or row.family for row in rows]


def later():
    return TEN + 3 * HOUR


@pytest.fixture
def kna():
    a_masthead()
    return a_provider()
