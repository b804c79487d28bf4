"""What a page asks of the database is fixed: the same for one story as for many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.discussion.services import decisions
from dateline.stories.services.drafting import save_person
from tests.factories.discussion import a_comment, a_moderator
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader, shelve

pytestmark = pytest.mark.django_db

# Two find the host and two the other titles; three are for each other title's newest stories.
# A story asks three things of its thread: is there one, what does the title ask, is it open.
# A list asks once how many comments its stories have. One finds the list of the sign-up box, one an
# offer of our own for readers without a script.
BUDGET = {"/": 13, "/world/": 9, "/feed.xml": 5, "story": 19}
# The comments on a story's page: the first ones, three levels of replies, their texts and names,
# and by which rule some were removed.
WITH_COMMENTS = BUDGET["story"] + 7


@pytest.mark.parametrize("path", BUDGET)
def test_a_page_costs_no_more_for_many_stories(network, path):
    address = f"/world/first-{network.pk}" if path == "story" else path
    cost_of_few = cost(address)
    picture = a_picture("another")
    for section in ("world", "politics"):
        shelve([f"More {n}" for n in range(30)], section=section, lead_picture=picture)

    assert cost(address) == cost_of_few <= BUDGET[path]


def test_a_story_costs_no_more_for_many_comments(network):
    musashi = network.placements.get(masthead__slug="musashi").masthead
    address = f"/world/first-{network.pk}"
    top = a_thread(network, musashi)
    cost_of_few = cost(address)
    for _ in range(3):
        top = a_thread(network, musashi, below=top)
        a_thread(network, musashi)

    assert cost(address) == cost_of_few == WITH_COMMENTS


def a_thread(story, masthead, below=None):
    """Four comments below each other, and a tombstone with an answer."""
    mod = a_moderator(masthead)
    at = clock.now()
    for _ in range(4):
        below = a_comment(story, masthead, at=at, answers_id=below.pk if below else None)
    rude = a_comment(story, masthead, at=at)
    a_comment(story, masthead, at=at, answers_id=rude.pk)
    decisions.remove(rude.pk, by=mod.pk, expected=1, rule=1, at=at)
    return below


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
