"""What a story's facts purge: what the verb changed, and nothing that it did not."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from dateline import clock
from dateline.edge import keys
from dateline.edge import queries as edge
from dateline.stories import models
from dateline.stories.domain.subjects import CORRECTED
from dateline.stories.events import (
    PersonChanged,
    StorySeriesChanged,
    StoryUpdated,
    TopicChanged,
)
from dateline.stories.handlers import purge_pages, purge_person, purge_topic, show_series
from dateline.stories.services import drafting, kills, publishing, subjects
from dateline.wire.services.providers import save_provider
from tests.bulk import delete_many
from tests.edge_watch import purged
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor
from tests.factories.web import shelve
from tests.factories.wire import a_provider
from tests.stories.newspaper import facts

pytestmark = pytest.mark.django_db


def test_a_body_alone_moves_no_list(story, commits):
    with purged(commits) as tags:
        update(story, body=[("text", "<p>Another text.</p>")])

    assert tags == {(keys.story(story.pk), "HARD")}


def test_a_series_that_was_renamed_reaches_all_pages_that_name_it(story, commits):
    changed = StorySeriesChanged(series_id=7, mastheads=(1,), by="Ana", at=clock.now())

    with purged(commits) as tags:
        show_series(changed)

    assert tags == {(keys.series(7), "HARD")}


def test_what_a_story_is_listed_under_can_be_read_in_the_shell(story):
    row = models.ListedUnder(placement_id=3, subject="topic:5")

    assert str(row) == "placement 3 under topic:5"


def test_a_headline_reaches_the_lists_that_show_it_and_moves_none(story, commits):
    with purged(commits) as tags:
        update(story, headline="Ferry delayed")

    assert tags == {(keys.story(story.pk), "HARD"), (keys.card(story.pk), "HARD")}


def test_a_first_publish_reaches_its_lists_and_no_other_card(daily, commits):
    draft = a_draft()
    with purged(commits) as tags:
        publishing.publish_story(draft.pk, by="Ana")

    assert tags == {(keys.story(draft.pk), "HARD"), *everything(daily, "world")}


def test_a_correction_is_told_on_cards_once(story, commits):
    with purged(commits) as first:
        correct(story)
    with purged(commits) as second:
        correct(story)

    assert (keys.card(story.pk), "HARD") in first
    told = keys.under(CORRECTED, story.placements.get().masthead_id)
    assert second == {(keys.story(story.pk), "HARD"), (told, "HARD")}


def test_a_story_deep_in_the_archive_reaches_no_first_page(daily, commits):
    old = a_story("Old", at=clock.now() - timedelta(days=400))
    shelve([f"Newer {n}" for n in range(61)], at=clock.now() - timedelta(days=1))
    publishing.withdraw_story(old.pk, reason="Doubts.", by="Ana")

    with purged(commits) as tags:
        publishing.publish_story(old.pk, by="Ana")

    lists = {tag for tag, _ in tags if tag.startswith("l:")}
    assert lists == {keys.far(tag) for tag in (section_of(daily, "world"), keys.list_of(daily.pk))}


def test_a_pin_reaches_the_front_alone(daily, story, commits):
    (place,) = story.placements.all()
    place.pinned_rank = 1

    with purged(commits) as tags:
        update(story, placements=[place])

    front = keys.list_of(daily.pk)
    assert {tag for tag, _ in tags} == {
        keys.story(story.pk), keys.card(story.pk), front, keys.far(front)
    }  # fmt: skip


def test_a_move_reaches_both_sections_and_not_the_order_of_the_front(daily, story, commits):
    (place,) = story.placements.all()
    place.section = daily.sections.get(slug="politics")

    with purged(commits) as tags:
        update(story, placements=[place])

    world, politics = section_of(daily, "world"), section_of(daily, "politics")
    assert {tag for tag, _ in tags if tag.startswith("l:")} == {
        keys.far(world), politics, keys.far(politics)
    }  # fmt: skip


@pytest.mark.parametrize("close", [
    lambda pk: kills.kill_story(pk, reason="Wrong.", by="Ana"),
    lambda pk: kills.withhold_story(pk, reason="Doubts.", by="Ana"),
    lambda pk: publishing.withdraw_story(pk, reason="Doubts.", by="Ana"),
    lambda pk: publishing.embargo_story(pk, until=clock.now() + timedelta(hours=1), by="Ana"),
    lambda pk: publishing.update_story(pk, changes={"advisory": True}, by="Ana"),
    lambda pk: publishing.update_story(pk, changes={"licensed_uses": ("search",)}, by="Ana"),
    lambda pk: publishing.update_story(pk, changes={"placements": []}, by="Ana"),
], ids=["kill", "hold", "withdrawal", "embargo", "advisory", "licence", "taken off"])  # fmt: skip
def test_what_readers_may_no_longer_see_is_gone_for_good(story, commits, close):
    with purged(commits) as tags:
        close(story.pk)

    assert {(keys.story(story.pk), "GONE"), (keys.card(story.pk), "GONE")} <= tags
    assert {mode for tag, mode in tags if tag.startswith("l:")} <= {"HARD"}


def test_an_embargo_on_a_draft_reaches_no_list(daily, commits):
    draft = a_draft()

    with purged(commits) as tags:
        publishing.embargo_story(draft.pk, until=clock.now() + timedelta(hours=1), by="Ana")

    assert {tag for tag, _ in tags} == {keys.story(draft.pk), keys.card(draft.pk)}


def test_a_story_that_comes_back_comes_back_into_its_lists(daily, story, commits):
    kills.withhold_story(story.pk, reason="Doubts.", by="Ana")

    with purged(commits) as tags:
        kills.lift_hold(story.pk, by="Ana")

    assert everything(daily, "world") <= tags


def test_a_fact_from_before_this_edition_reaches_all_around_the_story(daily, story, commits):
    fact = StoryUpdated(story_id=story.pk, masthead_ids=(), at=clock.now(), by="Ana", version=2)
    with purged(commits) as tags:
        purge_pages(fact)

    assert everything(daily, "world") | {(keys.card(story.pk), "GONE")} <= tags


def test_a_new_name_reaches_who_shows_it(daily, commits):
    with purged(commits) as tags:
        drafting.save_person(slug="hana", name="Hana Mori")
        drafting.save_topic(slug="ferries", name="Ferries")
        save_provider(kna := a_provider(), by="Ana")

    person, topic = models.Person.objects.get(), models.Topic.objects.get()
    assert {tag for tag, _ in tags} == {
        keys.person(person.pk), keys.subject(topic.pk), keys.provider(kna.pk)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("handler", "fact", "tag"),
    [
        (purge_person, PersonChanged(person_id=7, at=clock.now(), by="Ana"), keys.person(7)),
        (purge_topic, TopicChanged(topic_id=7, at=clock.now(), by="Ana"), keys.subject(7)),
    ],
    ids=["person", "topic"],
)
def test_a_person_or_topic_is_made_again_wherever_it_is_named(commits, handler, fact, tag):
    with purged(commits) as tags:
        handler(fact)
        handler(fact)  # the outbox may tell it twice

    assert tags == {(tag, "HARD")}
    assert edge.status(Path(settings.DATELINE_EDGE_DIR)).newest[0].cause == (
        f"{fact.name}, {fact.name.partition('.')[0]} 7"
    )


def test_a_topic_that_is_deleted_is_a_fact_of_the_same_transaction(daily):
    drafting.save_topic(slug="ferries", name="Ferries")
    topic = models.Topic.objects.get()

    with transaction.atomic():
        subjects.delete_topic(topic.pk, by="Ana")
        assert facts("topic.changed")[-1]["by"] == "Ana"
        transaction.set_rollback(True)

    assert models.Topic.objects.get() == topic
    assert "Ana" not in {fact["by"] for fact in facts("topic.changed")}


def test_topics_deleted_together_are_told_each(client, commits):
    client.force_login(an_editor())
    for slug in ("ferries", "ships"):
        drafting.save_topic(slug=slug, name=slug.title())
    ids = set(models.Topic.objects.values_list("pk", flat=True))

    with purged(commits) as tags:
        delete_many(client, "stories/topic", ids)

    assert {tag for tag, _ in tags} == {keys.subject(pk) for pk in ids}
    assert not models.Topic.objects.exists()
    assert {fact["by"] for fact in facts("topic.changed")} >= {"Ana Mori"}


def test_the_desk_s_forms_tell_it_too(daily, client, commits):
    client.force_login(an_editor())
    drafting.save_person(slug="hana", name="Hana Mori")
    drafting.save_topic(slug="ferries", name="Ferries")
    person, topic = models.Person.objects.get(), models.Topic.objects.get()

    with purged(commits) as tags:
        ask(client, "person", "edit", person, name="Hana Sato", slug="hana")
        ask(client, "topic", "edit", topic, name="Ships", slug="ships")
    with purged(commits) as lost:
        ask(client, "topic", "delete", topic)

    assert {tag for tag, _ in tags} == {keys.person(person.pk), keys.subject(topic.pk)}
    assert {tag for tag, _ in lost} == {keys.subject(topic.pk)}
    assert ModelLogEntry.objects.filter(action="wagtail.delete", object_id=topic.pk).count() == 1
    assert models.Person.objects.get().name == "Hana Sato"


def ask(client, model, action, row, **form):
    address = reverse(f"wagtailsnippets_stories_{model}:{action}", args=[row.pk])
    answer = client.post(address, form, headers={"host": "desk.localhost"})
    assert answer.status_code == 302


def update(story, **changes):
    publishing.update_story(story.pk, changes=changes, by="Ana")


def correct(story):
    publishing.correct_story(story.pk, kind="correction", text="It was noon.", by="Ana")


def section_of(title, slug):
    return keys.list_of(title.pk, title.sections.get(slug=slug).pk)


def everything(title, section):
    """A hard purge of all lists of one place, first pages and the others."""
    lists = (section_of(title, section), keys.list_of(title.pk))
    return {(tag, "HARD") for one in lists for tag in (one, keys.far(one))}


@pytest.fixture
def daily():
    return a_masthead()


@pytest.fixture
def story(daily):
    return a_story()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks
