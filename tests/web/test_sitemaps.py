"""Sitemaps: valid, complete, in files of a bounded size; what is closed leaves at once."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.edge import keys
from dateline.mastheads.models import Masthead
from dateline.stories import models
from dateline.stories.queries import sitemaps as queries
from dateline.stories.services import kills
from dateline.stories.services.drafting import save_topic
from dateline.stories.services.publishing import update_story
from dateline.web.domain import sitemap
from dateline.web.domain.sitemap import News, Place
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import HOUR, NOON, Reader, path_of
from tests.web.kept import Kept
from tests.web.test_lists import written

SCHEMAS = Path(__file__).parent / "schemas"
RULES = etree.RelaxNG(etree.parse(SCHEMAS / "sitemap.rng"))
TYPES = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
ORIGIN = "http://musashi.localhost:8000"
SPACES = {"s": sitemap.SPACE, "n": sitemap.NEWS, "x": sitemap.XHTML}

in_a_paper = pytest.mark.django_db


def read(reader, path):
    """A sitemap, after a look at whether it is one."""
    answer = reader.get(path)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = etree.fromstring(answer.content)
    RULES.assertValid(found)
    TYPES.assertValid(found)
    assert len(found) <= sitemap.MOST
    assert len(answer.content) <= sitemap.MOST_BYTES
    return found


def places(reader, path):
    """What a sitemap names, without the origin."""
    return [loc.removeprefix(ORIGIN) for loc in texts(read(reader, path), "s:*/s:loc")]


def texts(found, path):
    return found.xpath(f"{path}/text()", namespaces=SPACES)


@in_a_paper
def test_the_index_leads_to_every_story_that_may_be_shown(reader, monkeypatch):
    monkeypatch.setattr(queries, "SHARD", 2)
    shown = [a_story(f"Story {number}", at=NOON) for number in range(5)]
    a_story("Expired", at=NOON, expire_at=NOON)

    files = places(reader, "/sitemap.xml")
    found = {file: places(reader, file) for file in files}

    assert files[0] == "/sitemaps/pages.xml"
    listed = [path for file in files[1:] for path in found[file] if path != "/"]
    assert sorted(listed) == sorted(map(path_of, shown))
    assert all(len(found[file]) <= 2 for file in files[1:])


@in_a_paper
def test_a_story_says_when_it_changed_last(reader):
    story = a_story("Ferry", at=NOON - HOUR)
    update_story(story.pk, changes={"headline": "Boat"}, by="Ana", at=NOON)
    (_, file) = places(reader, "/sitemap.xml")

    assert texts(read(reader, file), "//s:lastmod") == ["2026-11-20T03:00:00Z"]


@in_a_paper
@pytest.mark.parametrize("close", [
    lambda pk: kills.kill_story(pk, reason="Wrong.", by="Ana"),
    lambda pk: kills.withhold_story(pk, reason="Doubts.", by="Ana"),
], ids=["killed", "withheld"])  # fmt: skip
def test_what_is_closed_leaves_at_once_and_the_file_stays_valid(reader, close):
    story = a_story("Ferry", at=NOON)
    (_, file) = places(reader, "/sitemap.xml")
    assert places(reader, file) == places(reader, "/news-sitemap.xml") == [path_of(story)]

    close(story.pk)

    assert (places(reader, file), places(reader, "/news-sitemap.xml")) == (["/"], [])


def twins(found):
    """The languages of each address that has several, without the origins' port."""
    return {
        url.findtext("s:loc", namespaces=SPACES).replace(":8000", ""): {
            link.get("hreflang"): link.get("href").replace(":8000", "")
            for link in url.iterfind("x:link", SPACES)
        }
        for url in found
        if url.find("x:link", SPACES) is not None
    }


@pytest.fixture
def japanese(reader, musashi):
    """The Japanese edition of the title, as its reader gets it."""
    a_masthead("musashi-ja", language="ja", edition_of=musashi)
    return Reader("musashi-ja.localhost")


@in_a_paper
def test_a_story_in_two_languages_names_each_address_from_both(reader, japanese):
    both = a_story("Ferry", at=NOON, on=("musashi", "musashi-ja"))
    a_story("English only", at=NOON)
    path = path_of(both)
    pair = {"en": f"http://musashi.localhost{path}", "ja": f"http://musashi-ja.localhost{path}"}

    told = [twins(read(one, places(one, "/sitemap.xml")[1])) for one in (reader, japanese)]

    assert told == [{pair["en"]: pair}, {pair["ja"]: pair}]
    page = reader.page(path)
    on_page = {
        link.get("hreflang"): link.get("href").replace(":8000", "")
        for link in page.cssselect("link[hreflang]")
    }
    assert on_page == pair


@in_a_paper
def test_a_language_that_is_closed_is_not_named_and_the_file_hears_of_it(reader, japanese):
    story = a_story("Ferry", at=NOON, on=("musashi", "musashi-ja"))
    file = places(reader, "/sitemap.xml")[1]
    before = Kept().keep("musashi.localhost", file)

    licence = {"licensed_mastheads": ("musashi",)}
    update_story(story.pk, changes=licence, by="Ana", at=NOON)

    assert twins(etree.fromstring(before.body)) != {}
    assert twins(read(reader, file)) == {}
    other = Masthead.objects.get(slug="musashi-ja")
    assert keys.far(keys.list_of(other.pk)) in before.note.hard


@in_a_paper
def test_pages_that_every_edition_has_are_paired_too(reader, japanese):
    paired = twins(read(reader, "/sitemaps/pages.xml"))

    assert paired["http://musashi.localhost/corrections/"] == {
        "en": "http://musashi.localhost/corrections/",
        "ja": "http://musashi-ja.localhost/corrections/",
    }
    for address, languages in paired.items():
        page = reader.page(address.removeprefix("http://musashi.localhost"))
        links = page.cssselect("link[hreflang]")
        assert {one.get("href").replace(":8000", "") for one in links} == {*languages.values()}


@in_a_paper
def test_a_file_costs_the_same_however_many_stories_it_pairs(reader, japanese):
    asked = []
    for number in range(2):
        a_story(f"Ferry {number}", at=NOON, on=("musashi", "musashi-ja"))
        file = places(reader, "/sitemap.xml")[1]
        read(reader, file)  # what is made once is made
        with CaptureQueriesContext(connection) as found:
            assert len(twins(read(reader, file))) == number + 1
        asked.append(len(found))

    assert asked[0] == asked[1]


def test_the_largest_file_is_within_what_the_standard_allows():
    long = "https://" + "a" * 240 + "/" + "b" * 260
    one = Place(long, NOON, tuple(("ja", long) for _ in range(5)))

    assert queries.SHARD <= sitemap.MOST
    assert len(sitemap.urlset([one] * queries.SHARD)) <= sitemap.MOST_BYTES


@in_a_paper
def test_a_story_without_a_slug_has_an_address_too(reader):
    story = a_story("Ferry", at=NOON)
    models.Placement.objects.update(slug="")

    assert places(reader, places(reader, "/sitemap.xml")[1]) == [f"/world/{story.pk}"]


@in_a_paper
def test_news_are_those_of_two_days_with_four_tags(reader):
    a_story("Old", at=NOON - 48 * HOUR)
    a_story("Ferry & boats", at=NOON, language="en-GB")

    found = read(reader, "/news-sitemap.xml")

    assert texts(found, "//n:title") == ["Ferry & boats"]
    assert texts(found, "//n:name") == ["Musashi"]
    assert texts(found, "//n:language") == ["en"]
    assert texts(found, "//n:publication_date") == ["2026-11-20T03:00:00Z"]


@in_a_paper
def test_a_masthead_without_stories_has_its_own_pages_only(reader):
    assert places(reader, "/sitemap.xml") == ["/sitemaps/pages.xml"]
    assert reader.get("/sitemaps/0.xml").status_code == 404
    save_topic(slug="ferries", name="Ferries")
    written("Boat", topics=["ferries"])

    own = places(reader, "/sitemaps/pages.xml")

    assert {"/", "/world/", "/archive/", "/topics/ferries/"} <= set(own)
    for path in own:
        reader.page(path)


@in_a_paper
@pytest.mark.parametrize("number", ["01", "-1", "9999999999", "99", "x"])
def test_a_file_that_is_none_is_not_found(reader, number):
    a_story("Ferry", at=NOON)

    assert reader.get(f"/sitemaps/{number}.xml").status_code == 404


@in_a_paper
def test_each_title_names_its_own_and_robots_are_told(reader):
    a_masthead("kinako")
    a_story("There", on=("kinako",), at=NOON)

    assert places(reader, "/sitemap.xml") == ["/sitemaps/pages.xml"]
    assert places(Reader("kinako.localhost"), "/news-sitemap.xml") != []
    text = reader.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in text
    assert f"Sitemap: {ORIGIN}/news-sitemap.xml" in text


@given(st.text(max_size=30).map("x".__add__), st.sampled_from(["ja", "en-GB", "zh-TW", "fr"]))
def test_no_headline_makes_a_news_sitemap_invalid(title, language):
    story = News(url="https://a.example/1", title=title, language=language, published_at=NOON)

    found = etree.fromstring(sitemap.news([story], publication=title))
    RULES.assertValid(found)
    TYPES.assertValid(found)
