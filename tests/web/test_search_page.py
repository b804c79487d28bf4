"""Search as readers meet it: the box, what is found, how it is narrowed, and what goes wrong."""

from datetime import timedelta

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline import clock
from dateline.mastheads import queries as mastheads
from dateline.search.domain.index import COUNTED, EngineAway
from dateline.search.domain.query import parse
from dateline.stories import models
from dateline.stories.queries import searching
from dateline.stories.queries.searching import Asked, Results
from dateline.stories.services import indexing, kills, publishing
from dateline.stories.services.drafting import save_person
from dateline.web import finding
from dateline.web.domain import search_words
from dateline.web.domain.search_links import Search
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import Reader, every, links, one, path_of, shelve

pytestmark = pytest.mark.django_db

HIT = ".search-list h3"
UNKNOWN = ["section=nowhere", "kind=nonsense", "month=2019-01", "author=Nobody", "language=tlh"]
NONSENSE = [
    "section=%01",
    "kind=<x>",
    "month=soon",
    "corrected=yes",
    "author=%0A",
    "nonsense=1",
    "by=x",
]
NO_PAGES = ["0", "-1", "51", "99999999", "x", "1.5", "٣", ""]
TYPED = ['"open', "%F0%9F%9A%86", "%01%02", "%E2%80%AE", "-", ":", "title:", "from:x", "section:x",
     "a" * 10_000, "%E6%9D%B1" * 5_000, "until:9999-12-31", "from:0001", "(*", "%ff%fe"]  # fmt: skip


@pytest.fixture(autouse=True)
def index(settings, tmp_path, monkeypatch):
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    monkeypatch.setattr(finding, "rates", finding.Rates(60))
    return indexing


@pytest.fixture
def ferry(musashi, index):
    save_person(slug="hana", name="Hana Kurosawa")
    story = a_story(
        "Ferry returns <b>late</b>", people=["hana"], lead_picture=a_picture("a ferry"),
        body=[("text", "<p>The night ferry came back & nobody was hurt.</p>")],
    )  # fmt: skip
    a_story(
        "Bridge opens to trains", section="politics", kind="opinion", byline="Ben Sato",
        body=[("text", "<p>It took nine years.</p>")],
    )  # fmt: skip
    index.rebuild()
    return story


def test_without_a_query_there_is_a_box_and_nothing_is_asked(reader):
    page = reader.page("/search")

    assert page.cssselect("form[role=search] input[name=q]")[0].get("value") == ""
    assert page.cssselect(".search-found") == []
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"
    assert reader.page("/search?q=+%20+").cssselect(".search-found") == []


def test_a_hit_shows_where_it_matched_and_every_sign_is_escaped(reader, ferry):
    answer = reader.get("/search?q=ferries")
    page = reader.page("/search?q=ferries")

    assert every(page, HIT) == ["Ferry returns <b>late</b>"]
    assert every(page, "mark") == ["Ferry", "ferry"]
    assert path_of(ferry) in links(page)
    assert b"&lt;b&gt;late&lt;/b&gt;" in answer.content
    assert one(page, ".search-meta").endswith("Hana Kurosawa")
    assert one(page, "#search-count") == "1 story"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_what_is_typed_is_text_in_the_box(reader, ferry):
    page = reader.page("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")

    assert page.cssselect("main script") == []
    assert page.cssselect("#search-box")[0].get("value") == '"><script>alert(1)</script>'


def test_newest_first_and_best_match(reader, musashi, index):
    shelve(["A ferry", "Something else"])
    models.StoryVersion.objects.filter(headline="Something else").update(body_text="A ferry, a bus")
    index.rebuild()
    newest = every(reader.page("/search?q=ferry"), HIT)
    page = reader.page("/search?q=ferry&by=best")

    assert sorted(newest) == sorted(every(page, HIT))
    assert every(page, HIT)[0] == "A ferry"
    assert one(page, ".search-orders [aria-current]") == "Best match"
    assert page.cssselect("form input[name=by]")[0].get("value") == "best"


def test_every_facet_is_a_link_that_narrows_and_one_that_undoes_it(reader, ferry):
    page = reader.page("/search?q=-nothing")
    choices = {one.get("href"): one.text for one in page.cssselect(".search-facet a")}

    assert choices["/search?q=-nothing&section=politics"] == "Politics"
    assert choices["/search?q=-nothing&author=Ben+Sato"] == "Ben Sato"
    assert choices["/search?q=-nothing&kind=opinion"] == "Opinion"
    for address in choices:
        assert len(every(reader.page(address), HIT)) == 1, address
    both = reader.page("/search?q=-nothing&section=politics&kind=opinion")
    assert every(both, ".search-chosen a") == ["Politics ×", "Opinion ×", "Remove all"]
    assert [a.get("href") for a in both.cssselect(".search-chosen a")] == [
        "/search?q=-nothing&kind=opinion",
        "/search?q=-nothing&section=politics",
        "/search?q=-nothing",
    ]


def test_a_correction_is_a_facet(reader, ferry, index):
    publishing.correct_story(ferry.pk, kind="correction", text="It was noon.", changes={}, by="Ana")
    index.rebuild()

    page = reader.page("/search?q=-nothing&corrected=1")

    assert every(page, HIT) == ["Ferry returns <b>late</b>"]
    assert one(page, ".search-chosen a") == "With a correction ×"


def test_an_unknown_facet_finds_nothing_and_can_be_undone(reader, ferry):
    for narrowed in UNKNOWN:
        page = reader.page(f"/search?q=ferry&{narrowed}")
        assert one(page, "#search-count") == "No story has all of this"
        assert "/search?q=ferry" in links(page)


def test_what_makes_no_sense_in_an_address_is_left_out(reader, ferry):
    for given in NONSENSE:
        assert one(reader.page(f"/search?q=ferry&{given}"), "#search-count") == "1 story"


def test_pages_are_real_links(reader, musashi, index):
    shelve([f"Ferry {n}" for n in range(25)])
    index.rebuild()

    first = reader.page("/search?q=ferry")
    second = reader.page("/search?q=ferry&page=2")

    assert (len(every(first, HIT)), len(every(second, HIT))) == (20, 5)
    assert first.cssselect("a[rel=next]")[0].get("href") == "/search?q=ferry&page=2"
    assert second.cssselect("a[rel=prev]")[0].get("href") == "/search?q=ferry"
    assert second.cssselect("a[rel=next]") == []
    assert one(first, "#search-count") == "25 stories"
    assert every(reader.page("/search?q=ferry&page=50"), HIT) == []


def test_a_page_that_cannot_be_is_said_so_and_keeps_the_query(reader, ferry):
    for page in NO_PAGES:
        answer = reader.page(f"/search?q=ferry&page={page}", status=404)
        assert one(answer, "[role=alert]") == "There is no such page of results"
        assert answer.cssselect("#search-box")[0].get("value") == "ferry"


def test_nothing_that_can_be_typed_is_an_error(reader, ferry):
    for typed in TYPED:
        assert reader.get(f"/search?q={typed}").status_code == 200
        assert reader.get(f"/search/feed.xml?q={typed}").status_code == 200


def test_what_was_left_out_is_said(reader, ferry):
    page = reader.page("/search?q=ferry+from:soon+section:nowhere")

    assert [text.split(".")[0] for text in every(page, ".search-note")] == [
        "A date is written like 2026-11-29, 2026-11 or 2026",
        "There is no such section here",
    ]
    assert "first part" in one(reader.page(f"/search?q={'ferry+' * 60}"), ".search-note")


def test_a_day_is_one_of_the_mastheads_own_zone(reader, musashi, index):
    a_story("Early ferry", at=clock.now().replace(hour=14, minute=59))  # 23:59 in Tokyo
    a_story("Late ferry", at=clock.now().replace(hour=0) + timedelta(hours=-9, minutes=1))
    index.rebuild()

    day = f"{clock.now():%Y-%m-%d}"
    assert every(reader.page(f"/search?q=ferry+until:{day}+from:{day}"), HIT) == ["Late ferry"]


def test_who_finds_nothing_is_asked_what_they_meant(reader, ferry):
    page = reader.page("/search?q=ferrry")

    assert one(page, ".search-meant") == "Did you mean ferry ?"
    assert "/search?q=ferry" in links(page)
    assert reader.page("/search?q=qqqqq+ferry").cssselect(".search-meant") == []
    assert reader.page("/search?q=zeppelinn").cssselect(".search-meant") == []


def test_japanese_that_finds_nothing_is_parted(reader, musashi, index):
    a_story("東京、明日は天気に恵まれる")
    index.rebuild()

    assert one(reader.page("/search?q=東京の天気"), ".search-meant a") == "東京 天気"


def test_what_only_a_killed_story_had_is_no_suggestion(reader, ferry):
    kills.kill_story(ferry.pk, reason="Wrong.", by="Ana")

    assert reader.page("/search?q=ferrry").cssselect(".search-meant") == []


def test_a_killed_story_is_not_shown_by_an_index_that_knows_it(reader, ferry):
    kills.kill_story(ferry.pk, reason="Wrong.", by="Ana")

    assert every(reader.page("/search?q=ferry"), HIT) == []
    assert "urn:dateline" not in reader.get("/search/feed.xml?q=ferry").content.decode()


def test_other_titles_and_what_may_not_be_searched_are_not_found(reader, musashi, index):
    a_masthead("kinako")
    a_story("Ferry elsewhere", on=("kinako",))
    a_story("Ferry for feeds", licensed_uses=("web", "feed"))
    a_story("Ferry for search", licensed_uses=("web", "search"))
    index.rebuild()

    assert every(reader.page("/search?q=ferry"), HIT) == ["Ferry for search"]
    assert b"Ferry for" not in reader.get("/search/feed.xml?q=ferry").content


def test_the_feed_of_a_search_is_newest_first_and_says_where_it_is_from(reader, ferry):
    page = reader.page("/search?q=ferry&by=best&section=world")
    address = "/search/feed.xml?q=ferry&section=world"
    feed = feedparser.parse(reader.get(address).content)

    assert address in links(page)
    assert [entry.id for entry in feed.entries] == [f"urn:dateline:story:{ferry.pk}"]
    assert feed.feed.title == "Musashi: ferry"
    assert feed.feed.link.endswith("/search?q=ferry&section=world")
    assert reader.get(address).headers["Cache-Control"] == "private, no-cache"


def test_an_engine_that_is_away_is_said_so_and_keeps_the_query(reader, ferry, monkeypatch):
    def away(*_, **__):
        raise EngineAway("down")

    monkeypatch.setattr("dateline.stories.queries.searching.search.ask", away)
    page = reader.page("/search?q=ferry", status=503)

    assert "Search does not answer right now" in one(page, "[role=alert]")
    assert page.cssselect("#search-box")[0].get("value") == "ferry"
    assert reader.get("/search/feed.xml?q=ferry").status_code == 503


def test_one_address_asks_sixty_times_a_minute(reader, ferry, monkeypatch):
    monkeypatch.setattr(finding, "rates", finding.Rates(2))
    answers = [reader.get("/search?q=ferry").status_code for _ in range(3)]

    assert answers == [200, 200, 429]
    assert reader.get("/search/feed.xml?q=ferry").status_code == 429
    assert reader.get("/search").status_code == 200


def test_a_search_costs_the_database_the_same_for_many(ferry, index):
    site = mastheads.by_slug("musashi")
    shelve([f"Ferry {n}" for n in range(20)])
    few = cost(site, "bridge")
    index.rebuild()

    assert cost(site, "-nothing") == few == 3


def cost(site, typed):
    with CaptureQueriesContext(connection) as asked:
        assert searching.find(site, Asked(typed), at=clock.now()).items
    return len(asked)


def test_the_japanese_edition_speaks_japanese(index):
    a_masthead("nippo", language="ja")
    a_story("新幹線が運休", on=("nippo",), language="ja")
    index.rebuild()

    page = Reader("nippo.localhost").page("/search?q=新幹線")

    assert every(page, "mark") == ["新幹線"]
    assert one(page, "#search-count") == "1件"
    assert page.cssselect(".search-list article")[0].get("lang") == "ja"


def test_every_language_has_every_word():
    assert search_words.JAPANESE.keys() == search_words.ENGLISH.keys()
    for name, text in search_words.ENGLISH.items():
        assert ("{}" in text) == ("{}" in search_words.JAPANESE[name]), name


def test_a_page_that_is_not_there_has_a_box(reader):
    assert reader.page("/nowhere/at/all", status=404).cssselect("form[action='/search'] input")


def test_the_last_page_says_that_it_is_the_last():
    assert Search.of({"q": "a", "page": "50"}).page == 50
    assert Search("a", page=50).turned(49) == "/search?q=a&page=49"


def test_more_hits_than_are_counted_are_said_to_be_more():
    many = Results("ferry", parse("ferry"), total=COUNTED, more=True)
    words = search_words.words_for("en")

    assert finding._count(many, words) == words["count_more"].format(f"{COUNTED:,}")
