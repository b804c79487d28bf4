"""The story form: nobody has to guess which masthead a section belongs to."""

import pytest
from django.urls import reverse
from lxml import html

from dateline.mastheads.models import Section
from dateline.mastheads.services import save_section
from tests.factories.newsroom import a_draft, a_masthead

pytestmark = pytest.mark.django_db


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
