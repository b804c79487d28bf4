"""Creating a masthead with its sections in one call, as the demo and an import do."""

import pytest

from dateline.mastheads import queries
from dateline.mastheads.domain.errors import MastheadRefused
from dateline.mastheads.services import create_masthead

pytestmark = pytest.mark.django_db
SECTIONS = {"world": "World", "sports": "Sports", "sports/sumo": "Sumo"}


def create(slug="musashi", **fields):
    return create_masthead(
        slug=slug,
        **{
            "name": slug.title(),
            "host": f"{slug}.example",
            "look": "daily",
            "legal_line": "©2026 X",
            "sections": SECTIONS,
            "by": "Ana",
            **fields,
        },
    )


def test_sections_stand_in_order_under_their_parents():
    create()

    world, sports = queries.by_slug("musashi").sections
    assert (world.name, sports.name) == ("World", "Sports")
    assert [section.slug for section in sports.children] == ["sumo"]


def test_an_edition_belongs_to_its_title():
    create()
    create("musashi-ja", edition_of="musashi", language="ja")

    assert [e.slug for e in queries.by_slug("musashi").editions] == ["musashi-ja"]


def test_one_that_is_there_is_left_as_it_is():
    first = create()

    assert create(name="Other", sections={"x": "X"}) == first
    assert queries.by_slug("musashi").name == "Musashi"


def test_nothing_is_stored_of_what_is_refused():
    with pytest.raises(MastheadRefused, match="is kept for the network's own pages"):
        create(host="desk.example")

    assert queries.all_mastheads() == []
