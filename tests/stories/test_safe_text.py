"""The text editor of the desk neither shows nor stores a link that could act."""

import json

import pytest
from django.urls import reverse
from lxml import html
from wagtail.rich_text import RichText

from dateline.stories import widgets
from tests.factories.desk import edit
from tests.factories.newsroom import a_draft, a_masthead
from tests.hostile.corpus import ADDRESSES

pytestmark = pytest.mark.django_db

SAFE = ("https://x.test/a", "http://x.test/", "mailto:a@x.test", "tel:+81-3", "/world/", "#top")
FEATURES = ["bold", "link", "h3"]
STORED = '<p>A <b>b</b> <a href="javascript:ran()">c</a> <a href="/world/">d</a>.</p>'


def shown(stored):
    """(the text, the links) of a stored text in the editor."""
    state = json.loads(widgets.SafeText(features=FEATURES).format_value(stored))
    links = [entity["data"].get("url") for entity in state["entityMap"].values()]
    ranges = [one["key"] for block in state["blocks"] for one in block["entityRanges"]]
    assert len(ranges) == len(links)
    return " ".join(block["text"] for block in state["blocks"]), links


def kept(*links):
    """What is stored when the editor sends a text with these links' data on its words."""
    block = {
        "key": "a", "text": "x" * len(links), "type": "unstyled", "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": n, "length": 1, "key": n} for n in range(len(links))],
    }  # fmt: skip
    state = {
        "blocks": [block],
        "entityMap": {
            str(n): {"type": "LINK", "mutability": "MUTABLE", "data": data}
            for n, data in enumerate(links)
        },
    }
    editor = widgets.SafeText(features=FEATURES)
    return editor.value_from_datadict({"body": json.dumps(state)}, {}, "body")


@pytest.mark.parametrize("number", range(len(ADDRESSES)))
def test_no_known_trick_is_shown_as_a_link_nor_stored_as_one(number):
    address = ADDRESSES[number]

    text, links = shown(f'<p>a <a href="{address}">b</a> <A HREF="{address}">c</A></p>')
    assert all(widgets.markup.is_link(link) for link in links)
    stored = kept({"url": address}, {"url": "/world/"})

    assert "b c" in text or links
    found = html.fragment_fromstring(stored, create_parent=True).xpath("//a/@href")
    assert all(widgets.markup.is_link(link) for link in found)
    assert found[-1] == "/world/"
    assert "script:" not in stored.lower()


def test_good_links_come_in_and_out_as_they_are():
    stored = "".join(f'<p><a href="{address}">a</a></p>' for address in SAFE)

    assert shown(stored)[1] == list(SAFE)
    found = html.fragment_fromstring(kept(*({"url": url} for url in SAFE)), create_parent=True)
    assert found.xpath("//a/@href") == list(SAFE)


def test_a_page_chosen_by_its_number_is_a_link_and_one_that_leads_nowhere_is_none():
    assert '<a linktype="page" id="7">x</a>x' in kept({"id": 7}, {"url": None})


def test_an_editor_that_was_not_sent_stores_nothing():
    assert widgets.SafeText(features=FEATURES).value_from_datadict({}, {}, "body") is None


def test_a_stored_story_with_a_live_script_is_opened_and_saved_without_it(desk):
    a_masthead()
    story = a_draft()
    story.body = [("text", RichText(STORED))]
    story.save()
    story.save_revision()

    page = desk.get(edit(story)).content.decode()
    new = desk.get(reverse("wagtailsnippets_stories_story:add")).content.decode()

    assert "SafeText" not in page  # the browser's side is Wagtail's own
    assert "DraftailRichTextArea" in page
    assert "DraftailRichTextArea" in new
    assert "/world/" in page
    assert "javascript:ran" not in page
