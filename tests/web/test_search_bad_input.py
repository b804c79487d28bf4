"""Whatever stands in the address of a search, its reader gets a page that helps, in few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.stories.services import indexing
from dateline.web import finding
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import Reader
from tests.search.test_bad_input import HARD, TYPED

pytestmark = pytest.mark.django_db
NAMES = ["by", "page", "section", "month", "author", "kind", "language", "corrected", "other"]
VALUES = st.one_of(
    st.sampled_from(["", "1", "-1", "99999999", "9" * 5_000, "٣", "x", "2026-13", "best", "()*"]),
    st.text(max_size=80),
)
NARROWED = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4)
MOST_QUERIES = 40


@pytest.fixture
def archive(settings, tmp_path, monkeypatch):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    monkeypatch.setattr(finding, "rates", finding.Rates(10_000))
    a_masthead()
    a_story()
    indexing.rebuild()


def answer(path, **given_values):
    client = Reader("musashi.localhost").client
    # A null cannot be typed, and is refused at every address (dateline.project.nulls).
    given_values = {name: value.replace("\0", "") for name, value in given_values.items()}
    return client.get(path, {k: v.encode("utf-8", "replace") for k, v in given_values.items()},
                      headers={"host": "musashi.localhost"})  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TYPED, NARROWED)
@example("ferry", {"page": "99999999"})
@example("ferry", {"section": "nowhere", "kind": "nonsense"})
def test_any_address_is_answered_by_a_page(archive, typed, narrowed):
    with CaptureQueriesContext(connection) as asked:
        found = answer("/search", q=typed, **narrowed)

    assert found.status_code in {200, 404}
    assert b'name="q"' in found.content
    assert len(asked) <= MOST_QUERIES
    assert answer("/search/feed.xml", q=typed, **narrowed).status_code == 200
    assert answer("/search/mail", q=typed, **narrowed).status_code == 200


@pytest.mark.parametrize("typed", [pytest.param(one, id=str(at)) for at, one in enumerate(HARD)])
def test_what_is_hard_is_answered_by_a_page(archive, typed):
    for path in ("/search", "/search/feed.json", "/search/mail"):
        assert answer(path, q=typed).status_code == 200, path
