"""The story form: sections have their masthead, and an old page lifts no embargo."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from lxml import html

from dateline.mastheads.models import Section
from dateline.mastheads.services import save_section
from dateline.stories.models import Person
from dateline.stories.services import publishing
from tests.factories.desk import edit
from tests.factories.newsroom import a_draft, a_masthead, a_story

pytestmark = pytest.mark.django_db

SOON = datetime(2036, 11, 20, 10, 0, 30, tzinfo=UTC)


def test_sections_are_offered_below_the_name_of_their_masthead(desk):
    musashi, kinako = a_masthead("musashi"), a_masthead("kinako")
    world = musashi.sections.get(slug="world")
    save_section(Section(masthead=musashi, parent=world, name="Asia", slug="asia"), by="test")
    story = a_draft(on=("musashi", "kinako"))

    page = html.fromstring(
        desk.get(reverse("wagtailsnippets_stories_story:edit", args=[story.pk])).content
    )
    groups = {
        group.get("label"): [option.text for option in group]
        for group in page.cssselect("select#id_placements-0-section optgroup")
    }
    chosen = page.cssselect("select#id_placements-0-section option[selected]")

    assert groups[musashi.name] == ["World", "World / Asia", "Politics"]
    assert set(groups) == {musashi.name, kinako.name}
    assert chosen[0].get("value") == str(story.placements.get(masthead=musashi).section_id)


def test_the_headline_of_a_new_story_says_what_belongs_there(desk):
    page = html.fromstring(desk.get(reverse("wagtailsnippets_stories_story:add")).content)

    assert page.cssselect("#id_headline")[0].get("placeholder") == "Headline"


def test_a_form_opened_before_an_embargo_does_not_lift_it(desk, story):
    sent = opened(desk, story)
    publishing.embargo_story(story.pk, until=SOON, by="Ben")

    answer = desk.post(edit(story), {**sent, "headline": "My new words", "action-publish": "1"})

    page = html.fromstring(answer.content)
    said = " ".join(page.text_content().split())
    assert "An embargo was set or prolonged while you had this page open: it now ends" in said
    assert page.cssselect("#id_embargo_until")[0].get("value") == f"{SOON:%Y-%m-%d %H:%M}"
    assert "My new words" in answer.content.decode()
    story.refresh_from_db()
    assert (story.embargo_until, story.headline) == (SOON, "Ferry returns to harbour")


def test_saved_again_it_keeps_the_embargo_to_the_second(desk, story):
    sent = opened(desk, story)
    publishing.embargo_story(story.pk, until=SOON, by="Ben")
    refused = fields(desk.post(edit(story), {**sent, "headline": "My new words"}))

    desk.post(edit(story), {**refused, "action-publish": "1"})

    story.refresh_from_db()
    assert (story.embargo_until, story.headline) == (SOON, "My new words")


def test_who_has_seen_an_embargo_may_lift_it(desk, story):
    publishing.embargo_story(story.pk, until=SOON, by="Ben")

    desk.post(edit(story), {**opened(desk, story), "embargo_until": "", "action-publish": "1"})

    story.refresh_from_db()
    assert story.embargo_until is None


def test_a_later_embargo_needs_nobodys_leave(desk, story):
    sent = opened(desk, story)
    publishing.embargo_story(story.pk, until=SOON, by="Ben")
    later = SOON.replace(second=0) + timedelta(days=1)

    changed = {**sent, "embargo_until": f"{later:%Y-%m-%d %H:%M}", "action-publish": "1"}
    desk.post(edit(story), changed)

    story.refresh_from_db()
    assert story.embargo_until == later


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"rights_until": SOON}, "The rights were limited while you had this page open"),
        ({"licensed_mastheads": ("musashi",)}, "The licence was narrowed while you had"),
        ({"licensed_uses": ("web",)}, "The licence was narrowed while you had"),
        ({"advisory": True}, "Somebody marked it as for editors only while you had"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_no_other_limit_is_lifted_by_an_older_form(desk, story, limit, sentence):
    sent = opened(desk, story)
    publishing.update_story(story.pk, changes=limit, by="Ben")

    refused = desk.post(edit(story), {**sent, "headline": "Mine", "action-publish": "1"})
    assert sentence in " ".join(html.fromstring(refused.content).text_content().split())
    desk.post(edit(story), {**fields(refused), "action-publish": "1"})

    story.refresh_from_db()
    ((name, value),) = limit.items()
    assert (getattr(story, name), story.headline) == (value, "Mine")


def test_an_older_version_brought_back_by_hand_does_not_lift_an_embargo(desk, story):
    story.headline = "Older words"
    older = story.save_revision()
    publishing.embargo_story(story.pk, until=SOON, by="Ben")
    revert = reverse("wagtailsnippets_stories_story:revisions_revert", args=[story.pk, older.pk])

    answer = desk.post(edit(story), fields(desk.get(revert)))

    assert "An embargo was set or prolonged" in answer.content.decode()


def test_a_page_that_saves_by_itself_remembers_what_it_has_just_set(desk, story):
    sent = opened(desk, story)
    own = {**sent, "embargo_until": f"{SOON:%Y-%m-%d %H:%M}"}
    saved = desk.post(edit(story), own, headers={"accept": "application/json"}).json()

    desk.post(edit(story), {**sent, **saved["field_updates"], "action-publish": "1"})

    story.refresh_from_db()
    assert story.embargo_until is None


@pytest.mark.parametrize("live", [True, False])
def test_a_row_that_autosave_has_just_stored_is_not_stored_again(desk, live):
    _, kinako = a_masthead(), a_masthead("kinako")
    story = a_story() if live else a_draft()
    ann = Person.objects.create(name="Ann Sato", slug="ann-sato")
    one = story.placements.get()
    sent = opened(desk, story) | {
        "placements-TOTAL_FORMS": "2",
        "placements-1-masthead": str(kinako.pk),
        "placements-1-section": str(kinako.sections.get(slug="world").pk),
        "bylines-TOTAL_FORMS": "1",
        "bylines-0-person": str(ann.pk),
        "bylines-0-ORDER": "1",
    }
    saved = desk.post(edit(story), sent, headers={"accept": "application/json"})
    stored = list(story.placements.values_list("pk", flat=True))

    # Pressed before the answer was there: the page does not know the rows it made.
    published = desk.post(edit(story), {**sent, "action-publish": "1"})

    assert saved.json()["success"]
    assert published.status_code == 302, published.content
    assert [row.masthead.slug for row in story.placements.order_by("pk")] == ["musashi", "kinako"]
    assert story.placements.first().pk == one.pk
    assert set(stored) <= set(story.placements.values_list("pk", flat=True))
    assert story.bylines.get().person == ann
    assert story.placements.get(masthead=kinako).published_at


def test_a_row_stored_while_the_page_was_open_keeps_what_the_form_does_not_show(desk, story):
    sent = opened(desk, story) | {"placements-INITIAL_FORMS": "0", "placements-0-id": ""}
    before = story.placements.get()

    desk.post(edit(story), {**sent, "placements-0-slug": "", "action-publish": "1"})

    after = story.placements.get()
    assert (after.pk, after.slug) == (before.pk, before.slug)
    assert after.published_at == before.published_at


def test_an_embargo_that_is_no_moment_is_told_as_such(desk, story):
    publishing.embargo_story(story.pk, until=SOON, by="Ben")

    answer = desk.post(edit(story), {**opened(desk, story), "embargo_until": "Monday"})

    assert "Enter a valid date/time." in answer.content.decode()


def opened(desk, story):
    """What the browser would send if the page were saved as it is."""
    return fields(desk.get(edit(story)))


def fields(answer):
    (form,) = html.fromstring(answer.content).cssselect("form#w-editor-form, form[data-edit-form]")
    sent = {
        name: value
        for name, value in form.form_values()
        if not name.startswith("action-") and "__prefix__" not in name
    }
    return {**sent, "body-count": "0"}  # the body is drawn by a script


@pytest.fixture
def story():
    a_masthead()
    return a_story()
