"""A weekly series writes its own draft, once a week; an editor publishes it like any story."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from dateline.jobs import models
from dateline.jobs.domain.errors import JobsRefused, NotYours, Unfit
from dateline.jobs.services import series
from dateline.jobs.services.series import NO_JOBS
from dateline.mastheads.models import Section
from dateline.outbox.models import FactRecord
from dateline.project import schedule
from dateline.stories.models import Story
from dateline.stories.services.publishing import publish_story
from tests.factories.discussion import a_reader
from tests.factories.jobs import NOON, a_listing
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import Reader, every, links, one
from tests.jobs.domain.test_weeks import GOOD
from tests.trending.test_block import ranked

pytestmark = pytest.mark.django_db
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# NOON is a Friday; the series is due on Thursdays at nine, Tokyo time.
THURSDAY = NOON - DAY - timedelta(hours=3)
BEGAN = NOON - 4 * DAY


@pytest.fixture
def weekly(masthead, kei):
    number = series.start(masthead.pk, GOOD, by=kei.pk, at=BEGAN)
    return models.Series.objects.get(pk=number)


@pytest.fixture
def post(masthead, kei):
    return lambda **fields: a_listing(masthead, by=kei, at=BEGAN, **fields)


def test_a_draft_is_written_when_it_is_due_and_only_once(weekly, post):
    post(title="Cook")
    post(title="Editor")

    assert series.write_due(at=THURSDAY - timedelta(seconds=1)) == 0
    assert series.write_due(at=THURSDAY) == 1
    assert series.write_due(at=THURSDAY) == 0
    assert series.write_due(at=NOON) == 0

    story = Story.objects.get()
    assert (story.headline, story.live) == ("2026 Top Jobs in Japan Week 47", False)
    assert story.standfirst == "The newest positions on our board in week 47 of 2026: 2 of them."
    place = story.placements.get()
    assert (place.masthead.slug, place.section.slug, place.canonical) == ("musashi", "world", True)
    issue = weekly.issues.get()
    assert (issue.year, issue.week, issue.story_id) == (2026, 47, story.pk)
    assert (str(issue), str(weekly)) == (
        f"{weekly.pk} 2026 week 47", "{year} Top Jobs in Japan Week {week} #" + str(weekly.pk),
    )  # fmt: skip
    fact = FactRecord.objects.get(name="job_week.written").payload
    assert (fact["story_id"], fact["jobs"], fact["by"]) == (story.pk, 2, "")


def test_two_workers_cannot_write_one_week_twice(weekly, post):
    post()
    series.write_due(at=THURSDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Issue.objects.create(series=weekly, year=2026, week=47, written_at=NOON)


def test_each_week_has_a_draft_of_its_own_and_begins_with_what_is_new(weekly, post):
    weekly.how_many = 2
    weekly.save()
    old = [post(title=f"Old {n}") for n in range(2)]
    series.write_due(at=THURSDAY)
    new = post(title="New")

    assert series.write_due(at=THURSDAY + WEEK) == 1

    first, second = weekly.issues.order_by("week")
    assert first.listings == [old[1].pk, old[0].pk]
    assert second.listings == [new.pk, old[1].pk]
    assert Story.objects.get(pk=second.story_id).headline.endswith("Week 48")


def test_a_week_that_was_due_before_the_series_began_is_not_written(masthead, kei, post):
    post()
    series.start(masthead.pk, GOOD, by=kei.pk, at=NOON)

    assert series.write_due(at=NOON) == 0
    assert series.write_due(at=THURSDAY + WEEK) == 1


def test_a_series_that_is_stopped_writes_nothing(weekly, kei, post):
    post()
    series.change(weekly.pk, replace(GOOD, active=False), by=kei.pk)

    assert series.write_due(at=NOON) == 0


def test_a_week_without_jobs_has_a_note_and_can_be_written_later(weekly, kei, post):
    assert series.write_due(at=THURSDAY) == 0
    issue = weekly.issues.get()
    assert (issue.story_id, issue.note) == (None, NO_JOBS)
    assert not Story.objects.exists()

    post()
    assert series.write_due(at=NOON) == 0
    again = series.write_now(weekly.pk, by=kei.pk)
    assert (again.pk, again.note, again.story.headline) == (
        issue.pk, "", "2026 Top Jobs in Japan Week 47",
    )  # fmt: skip
    assert again.story.latest_revision.user == kei
    with pytest.raises(JobsRefused, match="Week 47 of 2026 is written: story"):
        series.write_now(weekly.pk, by=kei.pk)


def test_a_series_whose_section_is_gone_says_so(weekly, post):
    post()
    Section.objects.filter(slug="world").delete()

    assert series.write_due(at=THURSDAY) == 0
    assert weekly.issues.get().note == "Musashi has no section 'world'."


def test_only_who_keeps_the_board_starts_changes_and_writes(weekly, masthead):
    rin = a_reader("Rin").pk
    with pytest.raises(NotYours):
        series.start(masthead.pk, GOOD, by=rin)
    with pytest.raises(NotYours):
        series.change(weekly.pk, GOOD, by=rin)
    with pytest.raises(NotYours):
        series.write_now(weekly.pk, by=rin)


def test_a_series_that_could_never_write_is_refused(weekly, masthead, kei, monkeypatch):
    with pytest.raises(Unfit, match="The title has no section 'food'"):
        series.start(masthead.pk, replace(GOOD, section="food", time=time(1)), by=kei.pk)
    monkeypatch.setattr(series.mastheads, "by_id", lambda _: None)
    with pytest.raises(JobsRefused, match="There is no masthead"):
        series.write_now(weekly.pk, by=kei.pk)


def test_the_worker_writes_what_is_due(weekly, post):
    post()
    (loop,) = (loop for loop in schedule.LOOPS if loop.name == "job-weeks")

    assert loop.run() == 0
    assert weekly.issues.count() == 1


def test_the_week_is_published_and_trends_on_a_sister_site_like_any_story(weekly, post):
    job = post()
    series.write_due(at=THURSDAY)
    story = Story.objects.get()
    publish_story(story.pk, by="Ana", at=NOON)
    a_masthead("kinako")
    ours = a_story("Ours", on=("kinako",), at=NOON)
    ranked(story, host="kinako", on="musashi")

    page = Reader().page(f"/world/2026-top-jobs-in-japan-week-47-{story.pk}")
    assert one(page, "h1") == "2026 Top Jobs in Japan Week 47"
    assert any(link.endswith(f"/jobs/{job.pk}-night-editor/") for link in links(page))
    there = Reader("kinako.localhost").page(f"/world/ours-{ours.pk}")
    assert every(there, ".mix .mix-item .elsewhere-headline") == ["2026 Top Jobs in Japan Week 47"]
