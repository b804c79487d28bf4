"""The desk withholds a story, says what readers are told of a demand, and takes it back."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from dateline import clock
from dateline.stories import models
from dateline.stories.domain.legal import Demand, Ground
from dateline.stories.services import kills, legal
from tests.factories.desk import edit
from tests.factories.newsroom import a_draft, a_masthead, a_story, an_editor

pytestmark = pytest.mark.django_db

TYPED = {
    "cause": "law", "reason": "Our lawyer says so.", "ground": "court", "by": "Harbour Court",
    "made_on": "2026-11-19", "place": "Japan", "reference": "41", "copy_url": "archive.example/41",
    "words_en": "A court has ordered it.", "words_ja": "裁判所の命令です。",
}  # fmt: skip


def address(name, story):
    return reverse(f"stories_desk:{name}", args=[story.pk])


def test_a_story_is_withheld_by_law_with_all_that_readers_are_told(desk, story):
    asked = desk.get(address("withhold", story)).content.decode()
    assert "in English" in asked
    assert "in Japanese" in asked
    assert address("withhold", story) in desk.get(edit(story)).content.decode()

    answer = desk.post(address("withhold", story), TYPED, follow=True).content.decode()

    row = story.legal_demands.get()
    assert (row.ground, row.demanded_by, row.copy_url) == (
        "court", "Harbour Court", "https://archive.example/41"
    )  # fmt: skip
    assert row.words == {"en": "A court has ordered it.", "ja": "裁判所の命令です。"}
    assert row.made_on.isoformat() == "2026-11-19"
    assert "Its address answers 451" in answer
    assert "readers are told that Harbour Court does" in answer
    assert address("demand", story) in answer
    assert address("withhold", story) not in answer


def test_doubts_of_ours_need_no_demand(desk, story):
    answer = desk.post(
        address("withhold", story), {"cause": "desk", "reason": "Doubts.", "ground": "court"},
        follow=True,
    ).content.decode()  # fmt: skip

    story.refresh_from_db()
    assert (story.withheld_reason, story.withheld_by) == ("Doubts.", "Ana Mori")
    assert not models.LegalDemand.objects.exists()
    assert "until somebody lifts the hold" in answer
    assert "Tell readers of a legal demand" in answer
    form = desk.get(address("withhold", story)).context["form"]
    assert form.initial["cause"] == "law"


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"reason": " "}, "Write why. The record keeps it."),
        ({"cause": ""}, "Say why."),
        ({"cause": "spite"}, "spite is not one of"),
        ({"made_on": "2999-01-01"}, "This day is still to come."),
        ({"made_on": "yesterday"}, "Enter a valid date."),
        ({"copy_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"copy_url": "ftp://archive.example/"}, "Enter a valid URL."),
        ({"ground": "whim"}, "whim is not one of"),
        ({"by": "x" * 201}, "at most 200 characters"),
        ({"words_en": "About “Ferry returns to harbour”."}, "the headline they may not read"),
    ],
)
def test_a_refusal_keeps_what_was_typed_and_withholds_nothing(desk, story, typed, problem):
    answer = desk.post(address("withhold", story), {**TYPED, **typed})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert problem in page
    assert "裁判所の命令です。" in page
    story.refresh_from_db()
    assert story.withheld_at is None


def test_what_readers_are_told_is_changed_and_in_the_history(desk, story):
    desk.post(address("withhold", story), TYPED)
    form = desk.get(address("demand", story)).content.decode()
    assert 'value="2026-11-19"' in form
    assert "A court has ordered it." in form
    assert 'name="reason"' not in form

    changed = {**TYPED, "by": "", "words_en": "We may not say.\r\nSorry.", "words_ja": ""}
    answer = desk.post(address("demand", story), changed, follow=True).content.decode()

    row = story.legal_demands.get()
    assert (row.demanded_by, row.words) == ("", {"en": "We may not say.\nSorry."})
    assert "readers are told that we may not say who" in answer
    history = desk.get(reverse("wagtailsnippets_stories_story:history", args=[story.pk]))
    assert "What readers are told of the demand changed" in history.content.decode()


def test_words_for_a_title_that_it_has_left_are_kept(desk, story):
    desk.post(address("withhold", story), TYPED)
    story.placements.filter(masthead__slug="asahi").delete()

    desk.post(address("demand", story), {**TYPED, "words_en": "Other words."})

    assert story.legal_demands.get().words == {"en": "Other words.", "ja": "裁判所の命令です。"}


def test_lifting_by_mistake_is_undone_with_the_same_words(desk, story):
    desk.post(address("withhold", story), TYPED)
    desk.post(address("lift_hold", story))

    form = desk.get(address("withhold", story)).context["form"]
    assert form.initial["by"] == "Harbour Court"
    assert form.initial["cause"] == "law"
    assert form.initial["words_ja"] == "裁判所の命令です。"


def test_a_demand_that_is_lifted_meanwhile_is_a_sentence(desk, story):
    answer = desk.post(address("demand", story), TYPED, follow=True).content.decode()

    assert f"No legal demand withholds story {story.pk}." in answer


def test_a_draft_on_no_title_is_told_of_in_its_own_language(desk):
    draft = a_draft(on=(), language="ja")

    assert list(desk.get(address("withhold", draft)).context["form"].languages) == ["ja"]


def test_a_language_without_a_name_is_called_by_its_tag(desk, story):
    models.Placement.objects.filter(story=story).delete()
    models.Story.objects.filter(pk=story.pk).update(language="tlh")

    assert "in tlh" in desk.get(address("withhold", story)).content.decode()


@pytest.mark.parametrize("name", ["withhold", "demand"])
def test_only_who_may_kill_may_withhold(client, story, name):
    client.defaults["HTTP_HOST"] = "desk.localhost"
    ben = an_editor("ben@dateline.example", superuser=False)
    ben.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(ben)
    legal.withhold_by_law(story.pk, Demand(ground=Ground.COURT), reason="x", by="Ana")

    for answer in (client.get(address(name, story)), client.post(address(name, story), TYPED)):
        assert answer.status_code in {302, 403}
        assert "Why?" not in answer.content.decode()
    assert story.legal_demands.get().words == {}


def test_there_is_no_form_for_no_story(desk):
    assert desk.get(reverse("stories_desk:withhold", args=[987])).status_code == 404


def test_a_killed_story_is_not_withheld_by_law(desk, story):
    kills.kill_story(story.pk, reason="Wrong.", by="Ana", at=clock.now())

    answer = desk.post(address("withhold", story), TYPED, follow=True).content.decode()

    assert "was killed at" in answer
    assert not models.LegalDemand.objects.exists()


@pytest.fixture
def story():
    a_masthead()
    a_masthead("asahi", language="ja")
    return a_story(on=("musashi", "asahi"))
