"""What every kind of page says of itself to machines: schema.org's vocabulary, lists, trails."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import html

from tests.web.vocabulary import faults, kinds_of

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parents[1] / "news_article.schema.json").read_text()),
    format_checker=FormatChecker(),
)
LISTS = {
    "section", "section_page", "topic", "person", "agency", "archive_day", "corrections",
    "most_read", "series", "live_index",
}  # fmt: skip
TRAILS = LISTS | {"topics", "archive", "archive_year", "archive_month", "about", "jobs", "places"}

pytestmark = pytest.mark.journey  # beside the browser's: the pages are drawn once for all


@pytest.fixture(scope="module")
def told(drawn):
    """The structured data of each page, by the page's name."""
    found = {}
    for page in drawn.pages.values():
        head = html.document_fromstring(page.body)
        scripts = head.cssselect("script[type='application/ld+json']")
        found[page] = [json.loads(script.text) for script in scripts]
    return found


def test_everything_is_of_schema_org_s_vocabulary(told):
    problems = [
        (page.name, *fault) for page, data in told.items() for one in data for fault in faults(one)
    ]

    assert problems == []
    assert all(one["@context"] == "https://schema.org" for data in told.values() for one in data)


def test_every_story_fits_our_schema_of_a_news_article(told):
    articles = [
        (page.name, one) for page, data in told.items() for one in data if is_a("Article", one)
    ]

    assert [(name, f.json_path) for name, one in articles for f in SCHEMA.iter_errors(one)] == []
    assert len({name for name, _ in articles}) >= 2 * 14


def test_a_full_list_tells_its_stories_in_their_order_and_an_empty_one_tells_none(told):
    seen = set()
    for page, data in told.items():
        lists = [one for one in data if one["@type"] == "ItemList"]
        if page.kind in LISTS and page.state == "full":
            (found,) = lists
            listed = html.document_fromstring(page.body).xpath("//main//@href")
            addresses = [one["url"] for one in found["itemListElement"]]
            shown = [one.partition(":8000")[2] for one in addresses]
            assert [path for path in dict.fromkeys(listed) if path in set(shown)] == shown, (
                page.name
            )
            assert [one["position"] for one in found["itemListElement"]] == [
                *range(1, len(shown) + 1)
            ]
            seen.add(page.kind)
        elif page.state == "empty":
            assert lists == [], page.name

    assert seen == LISTS


def test_pages_below_the_front_tell_the_trail_from_it(told):
    for page, data in told.items():
        trails = [one["itemListElement"] for one in data if one["@type"] == "BreadcrumbList"]
        if page.kind in TRAILS or any(is_a("Article", one) for one in data):
            (trail,) = trails
            assert [step["position"] for step in trail] == [*range(1, len(trail) + 1)]
            assert trail[0]["item"].endswith(":8000/"), page.name
            assert len(trail) >= 2


def is_a(kind, data):
    """Whether a piece of data is of a type or of one below it."""
    return kind in set(kinds_of(data["@type"]))
