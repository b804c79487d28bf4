"""What a page asks of the database is fixed: the same for one story as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.stories.services.drafting import save_person
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader, shelve

pytestmark = pytest.mark.django_db

# Two find the host and two the other titles; three are for each other title's newest stories.
BUDGET = {"/": 10, "/world/": 6, "/feed.xml": 5, "story": 14}


@pytest.mark.parametrize("path", BUDGET)
def test_a_page_costs_no_more_for_many_stories(network, path):
    address = f"/world/first-{network.pk}" if path == "story" else path
    cost_of_few = cost(address)
    picture = a_picture("another")
    for section in ("world", "politics"):
        shelve([f"More {n}" for n in range(30)], section=section, lead_picture=picture)

    assert cost(address) == cost_of_few <= BUDGET[path]


def cost(path):
    reader = Reader()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert reader.get(path).status_code == 200
    return len(queries)


@pytest.fixture
def network():
    save_person(slug="hana", name="Hana Kurosawa")
    a_masthead("musashi")
    a_masthead("kinako")
    a_story("There", on=("kinako",))
    return a_story("First", people=("hana",), lead_picture=a_picture())
