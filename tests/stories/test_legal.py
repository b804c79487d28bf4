"""Withholding a story because the law demands it: told with its reason, changed, lifted, undone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from dateline.edge import keys
from dateline.stories import models
from dateline.stories.closing import demand_on
from dateline.stories.domain.errors import (
    AlreadyDemanded,
    AlreadyKilled,
    NotDemanded,
    RepeatsTheStory,
)
from dateline.stories.domain.gate import Closed
from dateline.stories.domain.legal import SHORTEST_TRACE, Demand, Ground, repeated
from dateline.stories.queries import reading
from dateline.stories.services import from_wire, kills, legal
from tests.edge_watch import purged
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.wire import a_wire_item
from tests.stories.newspaper import facts, site

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ORDER = Demand(
    ground=Ground.COURT, by="Harbour District Court", place="Japan", reference="2026 (Yo) 41",
    made_on=date(2026, 11, 19), copy_url="https://archive.example/41",
    words={"en": "A court has ordered it.", "ja": "裁判所の命令です。"},
)  # fmt: skip


def withheld(story, demand=ORDER, *, at=TEN, by="Ana"):
    legal.withhold_by_law(story.pk, demand, reason="Our lawyer says so.", by=by, at=at)


def shown(story):
    return reading.story_page(site("musashi"), story.pk, at=TEN + 9 * HOUR)


def test_the_gate_closes_and_readers_are_told_of_the_demand(story):
    withheld(story)

    found = shown(story)
    assert (found.closed, found.at, found.status) == (Closed.WITHHELD, TEN, 451)
    assert found.demand == ORDER
    story.refresh_from_db()
    assert (story.withheld_by, story.withheld_reason) == ("Ana", "Our lawyer says so.")
    assert len(facts("story.withdrawn")) == 1


def test_a_hold_without_a_demand_stays_410(story):
    kills.withhold_story(story.pk, reason="Being checked.", by="Ana", at=TEN)

    assert (shown(story).status, shown(story).demand) == (410, None)


def test_a_draft_is_withheld_and_not_a_word_is_said_of_it(daily):
    draft = a_draft()
    withheld(draft)

    assert shown(draft) is None


def test_an_agency_cannot_lift_what_the_law_demands(kna):
    first = a_wire_item(kna)
    story_id = from_wire.make_story(first.pk, by="Ana")
    story = models.Story.objects.get(pk=story_id)
    kills.withhold_story(story_id, reason="KNA withheld it.", by="KNA", at=TEN)
    withheld(story, at=TEN + HOUR)
    assert len(facts("story.legal_demand_told")) == 1

    again = a_wire_item(kna, family=first.family, version=2)
    from_wire.take_version(story_id, again.pk)

    story.refresh_from_db()
    assert (story.withheld_at, story.withheld_by) == (TEN, "Ana")
    assert demand_on(story_id) == ORDER


def test_lifting_the_hold_shows_the_story_and_keeps_the_demand_on_record(story):
    withheld(story)
    kills.lift_hold(story.pk, by="Ana", at=TEN + HOUR)

    assert shown(story).card.headline == story.headline
    assert story.legal_demands.get().lifted_at == TEN + HOUR
    withheld(story, at=TEN + 2 * HOUR)
    assert shown(story).status == 451
    assert story.legal_demands.count() == 2


def test_a_kill_is_graver_and_says_nothing_of_the_demand(story):
    withheld(story)
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=TEN + HOUR)

    assert (shown(story).status, shown(story).demand) == (410, None)
    with pytest.raises(AlreadyKilled):
        withheld(story)


def test_one_demand_is_in_force_at_a_time(story):
    withheld(story)

    with pytest.raises(AlreadyDemanded, match=r"Change its words\."):
        withheld(story)
    row = story.legal_demands.get()
    assert str(row) == f"legal demand {row.pk} on story {story.pk}"
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_its_words_change_and_the_history_keeps_both(story):
    withheld(story)
    plainer = Demand(ground=Ground.PRIVACY, words={"en": "It names a child.", "ja": " "})
    legal.tell_demand(story.pk, plainer, by="Ben", at=TEN + HOUR)

    assert shown(story).demand == Demand(ground=Ground.PRIVACY, words={"en": "It names a child."})
    entry = ModelLogEntry.objects.get(action="dateline.tell_demand")
    assert (entry.data["ground"], entry.data["before"]["ground"]) == ("privacy", "court")
    assert entry.data["before"]["made_on"] == "2026-11-19"
    assert entry.data["by"] == "Ben"
    assert registry.get_action_label("dateline.withhold_by_law") == "Withhold by law"
    assert registry.get_action_label(entry.action) == "Tell of the demand"


def test_saying_the_same_again_is_no_change(story):
    withheld(story)
    legal.tell_demand(story.pk, ORDER, by="Ben")

    assert facts("story.legal_demand_told") == []
    assert not ModelLogEntry.objects.filter(action="dateline.tell_demand").exists()


def test_there_is_nothing_to_change_without_a_demand(story):
    with pytest.raises(NotDemanded, match="No legal demand withholds"):
        legal.tell_demand(story.pk, ORDER, by="Ben")


def test_new_words_have_the_kept_page_made_again(story, django_capture_on_commit_callbacks):
    withheld(story)

    with purged(django_capture_on_commit_callbacks) as tags:
        legal.tell_demand(story.pk, Demand(ground=Ground.OTHER), by="Ben")

    assert tags == {(keys.story(story.pk), "HARD")}


@pytest.mark.parametrize(
    "said",
    [
        {"by": "Those of FERRY  returns to harbour"},
        {"words": {"ja": "「Ｆerry Returns To Harbour」の件"}},
        {"reference": "ferry returns to harbour"},
    ],
)
def test_what_readers_are_told_may_not_repeat_the_headline(story, said):
    with pytest.raises(RepeatsTheStory, match="Say it without"):
        withheld(story, Demand(ground=Ground.COURT, **said))
    story.refresh_from_db()
    assert story.withheld_at is None

    withheld(story)
    with pytest.raises(RepeatsTheStory):
        legal.tell_demand(story.pk, Demand(ground=Ground.COURT, **said), by="Ana")


def test_a_headline_of_a_word_is_not_looked_for():
    assert repeated(Demand(ground=Ground.COURT, by="The Snow Court"), ["Snow", ""]) == ""


@given(st.text(min_size=SHORTEST_TRACE), st.text(), st.text())
def test_a_headline_is_found_wherever_it_stands(headline, before, after):
    demand = Demand(ground=Ground.OTHER, words={"en": f"{before} {headline} {after}"})

    assert repeated(demand, [headline]) == headline


@pytest.mark.parametrize(
    ("language", "found"),
    [("ja", "裁判所の命令です。"), ("en-GB", "A court has ordered it."), ("fr", "")],
)
def test_words_are_found_by_language(language, found):
    assert ORDER.words_in(language) == found


@pytest.fixture
def daily():
    return a_masthead()


@pytest.fixture
def story(daily):
    return a_story(at=TEN - HOUR)
