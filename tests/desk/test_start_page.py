"""The desk's start page and menu: a newsroom's, not a page tree's."""

import json
from datetime import timedelta

import pytest

from dateline import clock
from dateline.desk.queries import wire as queries
from dateline.stories.models import Story
from dateline.wire.models import RawDelivery
from tests.factories.wire import a_wire_item

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EDITOR = ("stories.change_story", "stories.add_story", "wire.view_wireitem")


def text(response):
    return response.content.decode()


def menu(client):
    """The names of everything in the menu, submenus included."""
    props = text(client.get("/")).split('id="wagtail-sidebar-props"', 1)[1]
    return set(_names(json.loads(props.split(">", 1)[1].split("</script>")[0])))


def _names(node):
    if isinstance(node, list):
        if node and isinstance(node[0], dict) and "name" in node[0]:
            yield node[0]["name"]
        for one in node:
            yield from _names(one)
    if isinstance(node, dict):
        for one in node.values():
            yield from _names(one)


def a_held_item(provider, **fields):
    return a_wire_item(provider, usability="held", reason="The embargo is unclear.", **fields)


def a_broken_file(provider, number, at):
    return RawDelivery.objects.create(
        provider=provider, file_name=f"cut-{number}.xml", sha256=f"{number:064}", size=1,
        received_at=at, state="quarantined", reason="It is not well-formed XML.",
    )  # fmt: skip


def test_the_menu_offers_no_page_tree_to_anybody(ana, desk):
    of_pages = {"explorer", "locked-pages", "aging-pages", "page-types-usage", "sites"}

    everything = menu(ana)

    assert {"stories", "wire", "documents", "settings", "reports"} <= everything
    assert not of_pages & everything
    assert not [name for name in everything if name.startswith("whats-new")]
    assert "editor-guide" not in everything
    assert "documents" not in menu(desk(*EDITOR, "wagtaildocs.add_document"))


def test_the_start_page_counts_no_pages(ana):
    page = text(ana.get("/"))

    assert "<title>" in page
    assert "The desk" in page.split("<title>")[1].split("</title>")[0]
    for gone in ("1 Page", "Documents</a>", "editor guide", "Your most recent edits"):
        assert gone not in page


def test_what_is_held_and_what_cannot_be_read_waits_on_the_start_page(ana, kna):
    now = clock.now()
    a_held_item(kna, headline="風速計", language="ja", received_at=now)
    a_held_item(kna, headline="Old", received_at=now - 2 * DAY)
    taken = a_held_item(kna, headline="Taken", received_at=now)
    Story.objects.create(headline="Ours", provider=kna, wire_family=taken.family)
    a_broken_file(kna, 1, now - 2 * DAY)

    page = text(ana.get("/"))

    assert 'lang="ja">風速計</a>' in page
    assert "The embargo is unclear." in page
    assert "cut-1.xml" in page
    assert ">Old<" not in page
    assert ">Taken<" not in page
    assert "?state=held&amp;story=no" in page
    assert "The whole quarantine" not in page


def test_the_quarantine_is_for_whoever_may_see_it(desk, kna):
    a_broken_file(kna, 1, clock.now())

    page = text(desk(*EDITOR).get("/"))

    assert "cut-1.xml" not in page
    assert "Nothing came in today that waits for a person." in page


def test_only_a_few_of_each_are_shown_with_the_way_to_the_rest(kna, ana):
    now = clock.now()
    for number in range(queries.LINES + 1):
        a_broken_file(kna, number, now - number * DAY)
        a_held_item(kna, received_at=now)

    waiting = queries.wire_waiting(at=now)

    assert (len(waiting.held), len(waiting.quarantine)) == (queries.LINES, queries.LINES)
    assert (waiting.more_held, waiting.more_quarantine) == (True, True)
    assert "The whole quarantine" in text(ana.get("/"))


def test_whoever_has_nothing_here_is_told_so(desk):
    page = text(desk().get("/"))

    assert "Nothing here is for you yet." in page
    assert "Open the wire" not in page
    assert "Write a story" not in page


def test_pictures_have_a_search_without_a_search_of_pages(ana):
    page = text(ana.get("/images/?q=ferry"))

    assert "/pages/search/" not in page


def test_a_form_s_title_is_the_page_s_first_heading(ana, kna):
    page = text(ana.get(f"/snippets/wire/provider/edit/{kna.pk}/"))

    assert '<h1 class="w-relative w-h1" id="header-title">' in page
