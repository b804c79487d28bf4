"""Each list is read from an index: no table is walked, nothing is sorted, with figures or not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from dateline.mastheads import queries as mastheads
from dateline.prepared import _padded, _value
from dateline.stories import list_rows, rows
from dateline.stories.domain.gate import Use
from dateline.stories.queries import listings, live, sitemaps
from dateline.stories.rows import Listing, Title
from dateline.stories.services.drafting import save_topic
from tests.factories.newsroom import a_masthead
from tests.factories.web import shelve

pytestmark = pytest.mark.django_db

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SPAN = {"masthead": 1, "since": TEN - timedelta(days=1), "until": TEN}
WEB = Listing(Title(1, "musashi"), None, Use.WEB)
PLANS = {
    "masthead": (list_rows.placed, (None, 12_000, 32), SPAN),
    "section": (list_rows.placed, ((1,), 12_000, 32), SPAN),
    "sections": (list_rows.placed, ((1, 2, 3), 12_000, 32), SPAN),
    "subject": (
        list_rows.under, (12_000, 32), {"subject": "topic:1", "masthead": 1, "until": TEN},
    ),
    "rows": (rows.of_numbers, (WEB,), {"at": TEN, "ids": list(range(1, 33))}),
    "rows of sections": (
        rows.of_numbers, (WEB._replace(sections=(1, 2)),), {"at": TEN, "ids": [1, 2, 3]},
    ),
    "sitemap": (
        sitemaps._in_shard, ("musashi",), {"masthead": 1, "at": TEN, "first": 0, "last": 999},
    ),
    "news": (
        sitemaps._fresh, ("musashi",),
        {"masthead": 1, "at": TEN, "since": TEN - timedelta(days=2)},
    ),
    "days": (
        listings._filled, ("musashi",),
        {"masthead": 1, "at": TEN, "e0": TEN - timedelta(days=2), "e1": TEN},
    ),
}  # fmt: skip


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's plans")
@pytest.mark.parametrize("name", PLANS)
def test_a_list_walks_no_table_and_sorts_nothing(name):
    prepared, shape, values = PLANS[name]

    steps = plan_of(prepared, *shape, **values)

    own = steps[: _from_embargoes(steps)]
    assert not [step for step in own if step.startswith("SCAN") or "TEMP B-TREE" in step]
    assert not [step for step in steps if step.startswith("SCAN stories_")]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's plans")
@pytest.mark.parametrize("name", ["masthead", "section", "sections", "subject"])
def test_the_places_of_a_list_are_read_from_an_index_alone(name):
    prepared, shape, values = PLANS[name]

    steps = plan_of(prepared, *shape, **values)

    reading = [step for step in steps if step.startswith(("SEARCH", "SCAN"))]
    assert reading
    assert all("USING COVERING INDEX" in step for step in reading)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of SQLite's plans")
@pytest.mark.parametrize("state", [live.ENDED, live.GOES_ON])
def test_live_blogs_are_looked_up_before_the_stories_of_a_paper(state):
    steps = plan_of(live.coverages, state, 0, 32, masthead=1)

    reading = [step for step in steps if step.startswith("SEARCH")]
    assert "placement_sitemap (masthead_id=? AND story_id=?)" in reading[0]
    assert "USING INDEX story_coverage" in reading[1]
    assert not [step for step in steps if step.startswith("SCAN")]


def test_lists_that_skip_closed_stories_find_the_open_ones_far_down():
    site = a_site()
    shelve(["Open at last"], at=TEN - timedelta(days=2))
    shelve([f"Over {n}" for n in range(115)], at=TEN - timedelta(hours=1), expire_at=TEN,
           step=timedelta(seconds=1))  # fmt: skip

    page = listings.day(site, TEN - timedelta(days=30), TEN, at=TEN + timedelta(hours=1))

    assert [card.headline for card in page.items] == ["Open at last"]
    assert not page.has_next


def test_a_page_reads_no_further_than_it_may(monkeypatch):
    monkeypatch.setattr(list_rows, "MOST_PLACES", 100)
    site = a_site()
    shelve(["Open at last"], at=TEN - timedelta(days=2))
    shelve([f"Over {n}" for n in range(115)], at=TEN - timedelta(hours=1), expire_at=TEN,
           step=timedelta(seconds=1))  # fmt: skip

    page = listings.day(site, TEN - timedelta(days=30), TEN, at=TEN + timedelta(hours=1))

    assert (page.items, page.has_next) == ([], False)


def a_site():
    a_masthead()
    save_topic(slug="ferries", name="Ferries")
    return mastheads.by_slug("musashi")


def plan_of(prepared, *shape, **values):
    """What SQLite would do for a prepared query, step by step."""
    prepared.plans.clear()
    prepared(*shape, **values)
    plan = list(prepared.plans.values())[-1]
    given = {name: _padded(value) for name, value in values.items()}
    asked = [_value(place, given, connection) for place in plan.places]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {plan.sql}", asked)
        return [row[3] for row in cursor.fetchall()]


def _from_embargoes(steps):
    """Where the few stories under embargo are looked up, which are sorted; len() if nowhere."""
    found = [number for number, step in enumerate(steps) if step.startswith("SCALAR SUBQUERY")]
    return found[0] if found else len(steps)
