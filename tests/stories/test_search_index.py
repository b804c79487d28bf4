"""The index of search follows every fact of a story, in any order, and can be made anew."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.outbox import services as outbox
from dateline.search import queries as search
from dateline.search import services
from dateline.search.domain.index import ALWAYS, EngineAway, Question, mark
from dateline.search.domain.query import parse
from dateline.stories import handlers, models
from dateline.stories.events import StoryKilled
from dateline.stories.queries import indexed, searching
from dateline.stories.queries.searching import Asked
from dateline.stories.services import indexing, kills, publishing
from dateline.stories.services.drafting import save_person
from tests.factories.newsroom import a_draft, a_masthead, a_story

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def titles(settings, tmp_path):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    return a_masthead("musashi"), a_masthead("kinako")


def found(typed, on="musashi", **asked):
    """Headlines that readers find, through the gate."""
    results = searching.find(mastheads.by_slug(on), Asked(typed, **asked), at=clock.now())
    return [one.card.headline for one in results.items]


def held(typed, on):
    """How many documents the index itself has, whatever the gate says."""
    marks = ((mark("m", on.pk),),)
    at = int((clock.now() + 100 * HOUR).timestamp())
    return search.ask(Question(query=parse(typed), marks=marks, at=at)).total


def deliver():
    while outbox.deliver_due():
        pass


def test_a_published_story_is_found_where_it_is_placed(titles):
    a_story("Ferry sails", on=("musashi", "kinako"))
    a_draft("Ferry drafted")
    deliver()

    assert found("ferry") == found("ferry", on="kinako") == ["Ferry sails"]


def test_an_update_a_correction_and_a_withdrawal_are_followed(titles):
    story = a_story("Ferry sails")
    publishing.correct_story(
        story.pk, kind="correction", text="It was a boat.", changes={"headline": "Boat sails"},
        by="Ana",
    )  # fmt: skip
    deliver()
    assert (found("ferry title:ferry"), found("boat")) == ([], ["Boat sails"])
    assert found("boat", narrowed={"c": "1"}) == ["Boat sails"]

    publishing.withdraw_story(story.pk, reason="For now.", by="Ana")
    deliver()
    assert held("boat", titles[0]) == 0


def test_a_kill_takes_it_out_at_once_and_for_good(titles, django_capture_on_commit_callbacks):
    story = a_story("Ferry sails")
    deliver()
    late = indexed.documents([story.pk], at=clock.now())
    assert held("ferry", titles[0]) == 1

    with django_capture_on_commit_callbacks(execute=True):
        kills.kill_story(story.pk, reason="Wrong.", by="Ana")
    assert held("ferry", titles[0]) == 0

    assert services.replace(late) == 0  # what was read before the kill comes too late
    assert held("ferry", titles[0]) == 0


def test_a_reinstated_story_is_found_when_it_is_published_again(titles):
    story = a_story("Ferry sails")
    kills.kill_story(story.pk, reason="Wrong.", by="Ana")
    kills.reinstate_story(story.pk, by="Ana")
    deliver()
    assert found("ferry") == []

    publishing.publish_story(story.pk, by="Ana")
    deliver()
    assert found("ferry") == ["Ferry sails"]


def test_a_fact_heard_twice_or_late_changes_nothing(titles):
    story = a_story("Ferry sails")
    report = kills.kill_story(story.pk, reason="Wrong.", by="Ana")
    fact = StoryKilled(
        story_id=story.pk, masthead_ids=(), report_id=report, at=clock.now(), by="", reason=""
    )
    handlers.index_story(fact)
    deliver()  # the publish, after the kill
    handlers.index_story(fact)

    assert held("ferry", titles[0]) == 0


def test_an_embargo_and_an_end_of_rights_are_moments_of_the_index(titles, monkeypatch):
    now = clock.now()
    a_story("Ferry sails", embargo_until=now + HOUR, rights_until=now + 3 * HOUR)
    deliver()

    for hours, headlines in ((0, []), (2, ["Ferry sails"]), (4, [])):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + hours * HOUR)
        assert found("ferry") == headlines
        at = int(clock.now().timestamp())
        marks = ((mark("m", titles[0].pk),),)
        asked = Question(query=parse("ferry"), marks=marks, at=at)
        assert search.ask(asked).total == len(headlines)


@pytest.mark.parametrize(
    ("changes", "documents"),
    [
        ({}, 2),
        ({"licensed_mastheads": ("kinako",)}, 1),
        ({"licensed_uses": ("web",)}, 0),
        ({"licensed_uses": ("search",)}, 0),
        ({"licensed_uses": ("web", "search")}, 2),
        ({"advisory": True}, 0),
    ],
    ids=[
        "everywhere",
        "one masthead",
        "not for search",
        "not for pages",
        "for both",
        "an advisory",
    ],
)
def test_what_is_never_shown_there_has_no_document(titles, changes, documents):
    story = a_story("Ferry sails", on=("musashi", "kinako"))
    models.Story.objects.filter(pk=story.pk).update(**changes)

    (made,) = indexed.documents([story.pk], at=clock.now())

    assert len(made.documents) == documents
    assert all(one.closes == ALWAYS for one in made.documents)


def test_a_person_of_another_name_is_found_by_it(titles):
    save_person(slug="hana", name="Hana Kurosawa")
    a_story("Ferry sails", people=["hana"])
    a_story("Bridge opens", byline="Ben Sato")
    deliver()
    assert found("by:kurosawa") == ["Ferry sails"]
    assert found("by:sato") == ["Bridge opens"]

    save_person(slug="hana", name="Hana Mori")
    deliver()
    assert (found("by:kurosawa"), found("by:mori")) == ([], ["Ferry sails"])


def test_a_section_and_what_is_below_it(titles):
    a_story("Ferry sails", section="politics")
    deliver()

    assert found("section:Politics ferry") == ["Ferry sails"]
    assert found("section:world ferry") == found("section:nowhere ferry") == []


def test_a_rebuild_has_everything_even_what_changed_meanwhile(titles, monkeypatch):
    kept, killed = a_story("Ferry sails"), a_story("Ferry sinks")
    seen, told = [], []
    real = indexed.documents

    def documents(story_ids, *, at):
        found = real(story_ids, at=at)
        if not seen:
            seen.append(story_ids)
            models.Story.objects.filter(pk=killed.pk).update(live=False)
        return found

    monkeypatch.setattr(indexed, "documents", documents)
    indexing.rebuild(lambda done, of: told.append((done, of)))

    assert (seen, told) == ([[kept.pk, killed.pk]], [(2, 2)])
    assert held("ferry", titles[0]) == 1


def test_an_index_that_is_missing_is_made_by_itself(titles):
    assert indexing.rebuild_if_empty() == 0
    a_story("Ferry sails")

    assert (indexing.rebuild_if_empty(), indexing.rebuild_if_empty()) == (1, 0)
    assert found("ferry") == ["Ferry sails"]


def run(*arguments):
    out, err = StringIO(), StringIO()
    call_command("search", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_makes_the_index_and_finds_as_readers_do(titles):
    story = a_story("Ferry sails", on=("musashi", "kinako"))

    assert run("--rebuild", "--status") == (
        "The index is new: 2 documents.\nsqlite: 2 documents.\n",
        "1 of 1 stories.\n",
    )
    (results,) = json.loads(run("ferries", "--json", "--masthead", "kinako")[0])
    assert (results["masthead"], results["total"], results["more"]) == ("kinako", 1, False)
    assert results["hits"][0]["story_id"] == story.pk
    assert results["hits"][0]["url"].endswith(f"/world/ferry-sails-{story.pk}")
    lines = run("ferry", "--best")[0].splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["Musashi: 1", "Kinako: 1"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "Say what to look for"),
        (("ferry", "--masthead", "nowhere"), "There is no masthead 'nowhere'"),
        (("ferry", "--page", "51"), "Pages are 1 to 50"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, problem):
    with pytest.raises(CommandError, match=problem):
        run(*arguments)


def test_the_command_says_that_search_is_away(monkeypatch):
    def away():
        raise EngineAway("down")

    monkeypatch.setattr("dateline.stories.management.commands.search.queries.status", away)
    with pytest.raises(CommandError, match=r"Search does not answer\. down"):
        run("--status")
