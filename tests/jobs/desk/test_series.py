"""The desk's screens for weekly series."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache

from dateline.jobs import models
from dateline.jobs.services import series
from dateline.stories.models import Story
from tests.factories.jobs import NOON, a_keeper, a_listing
from tests.factories.newsroom import a_masthead
from tests.factories.web import every, links, words_of
from tests.jobs.desk.test_desk import enter, page
from tests.jobs.domain.test_weeks import GOOD

pytestmark = pytest.mark.django_db
FORM = {
    "masthead": "musashi", "pattern": "{year} Top Jobs Week {week}", "section": "world",
    "weekday": "3", "time": "09:00", "how_many": "5", "active": "on",
}  # fmt: skip


@pytest.fixture
def desk(kei):
    kei.user_permissions.add(
        Permission.objects.get(content_type__app_label="stories", codename="change_story")
    )
    yield enter(kei)
    cache.clear()


def test_a_series_is_started_changed_and_written_now(desk, masthead, kei):
    assert "No series writes" in words_of(page(desk.get("/jobs/")))
    assert page(desk.get("/jobs/series/new/")).cssselect("[name=time]")[0].get("value") == "09:00"
    desk.post("/jobs/series/new/", FORM)
    row = models.Series.objects.get()
    shown = page(desk.get(f"/jobs/series/{row.pk}/"))
    assert shown.cssselect("[name=how_many]")[0].get("value") == "5"
    desk.post(f"/jobs/series/{row.pk}/", {**FORM, "how_many": "6"})
    row.refresh_from_db()
    assert row.how_many == 6

    answer = desk.post(f"/jobs/series/{row.pk}/write/", follow=True)
    assert "No job is open" in words_of(page(answer))
    assert "No job is open" in " ".join(every(page(desk.get("/jobs/")), ".jobs-table li"))

    a_listing(masthead, by=kei)
    answer = desk.post(f"/jobs/series/{row.pk}/write/")
    story = Story.objects.get()
    assert answer["Location"] == f"/snippets/stories/story/edit/{story.pk}/"
    listed = page(desk.get("/jobs/"))
    assert answer["Location"] in links(listed)
    assert "2026 week 47: draft , 1 jobs" in every(listed, ".jobs-table li")
    assert "is written" in words_of(page(desk.post(f"/jobs/series/{row.pk}/write/", follow=True)))


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"section": "food"}, "The title has no section 'food'"),
        ({"pattern": "Top Jobs"}, "two weeks would look alike"),
        ({"time": "25:00"}, "Enter a valid time"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(desk, wrong, problem):
    shown = page(desk.post("/jobs/series/new/", {**FORM, **wrong}), 422)

    assert problem in " ".join(every(shown, ".jobs-problem"))
    assert shown.cssselect("[name=how_many]")[0].get("value") == "5"


def test_another_title_s_series_is_not_shown(desk):
    other = a_masthead("kinako")
    number = series.start(other.pk, GOOD, by=a_keeper(other, "Rin").pk, at=NOON)

    assert desk.get(f"/jobs/series/{number}/").status_code == 404
    assert desk.post(f"/jobs/series/{number}/write/").status_code == 404
