"""451: who demanded that a story is withheld and why, on its page, its twin and in the API."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.fronts.domain.alarm import Level
from dateline.mastheads.models import Masthead
from dateline.stories.domain.legal import Demand, Ground
from dateline.stories.services import kills, legal
from dateline.web.domain.legal_words import ENGLISH, JAPANESE
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, every, one, path_of

pytestmark = pytest.mark.django_db

CANARY = ("Ferry returns", "came back", "Noriko", "harbour", "Yukimori", "A quiet", "/media/")
ORDER = Demand(
    ground=Ground.COURT, by="Tokyo District Court", place="Japan", reference="2026 (Yo) 41",
    made_on=date(2026, 11, 19), copy_url="https://archive.example/41?a=1&b=2",
    words={"en": "A court <b>has</b> ordered it.\nWe appeal."},
)  # fmt: skip
BUDGET = 7  # host, other titles, alarm, the story, its demand, the list of the sign-up box


def test_the_page_says_who_demands_it_and_why(reader, withheld):
    answer = reader.get(path_of(withheld))
    page = reader.page(path_of(withheld), status=451)

    assert answer["Link"] == '<http://musashi.localhost:8000/imprint/>; rel="blocked-by"'
    assert one(page, "h1") == "Withheld for legal reasons"
    assert one(page, ".notice-code") == "451"
    assert one(page, ".notice-said") == "A court <b>has</b> ordered it. We appeal."
    assert every(page, ".demand > div") == [
        "Demanded by Tokyo District Court",
        "Ground An order of a court",
        "Date of the demand 19 November 2026",
        "Where it holds Japan",
        "Reference 2026 (Yo) 41",
        "The demand Read a copy",
        "Withheld since 20 November 2026, 11:00 JST",
    ]
    (copy,) = page.cssselect(".demand a")
    assert copy.get("href") == "https://archive.example/41?a=1&b=2"
    assert page.cssselect(".notice-page a[href='/imprint/']")
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"


@pytest.mark.parametrize(
    "end", ["{}", "{}/versions", "/lite{}", "/lite{}/versions", "/api/1/stories/ID", "{}/share.jpg",
            "{}/now.json", "{}/comments/", "/api/1/stories/ID/versions", "/search?q=ferry+returns",
            "/", "/world/", "/feed.xml", "/news-sitemap.xml", "/lite/", "/new.json"],
)  # fmt: skip
def test_nothing_of_the_story_is_anywhere(reader, withheld, end):
    path = end.format(path_of(withheld)).replace("ID", str(withheld.pk))
    said = reader.get(path).content.decode().replace(path_of(withheld), "")

    assert not [word for word in CANARY if word in said and not path.startswith("/search")]
    assert "came back" not in said


def test_all_that_hangs_on_its_page_answers_451(reader, withheld):
    path = path_of(withheld)

    for end in (path, f"{path}/versions", f"/lite{path}", f"/lite{path}/versions",
                f"/api/1/stories/{withheld.pk}", f"/api/1/stories/{withheld.pk}/versions"):  # fmt: skip
        answer = reader.get(end)
        assert (answer.status_code, answer.headers.get("Link", "")[-16:]) == (
            451, 'rel="blocked-by"'
        ), end  # fmt: skip


def test_without_words_of_the_desk_a_sentence_that_is_true_stands_there(reader, story):
    legal.withhold_by_law(story.pk, Demand(ground=Ground.OTHER, by="A bank"), reason="x", by="Ana")
    page = reader.page(path_of(story), status=451)

    assert one(page, ".notice-said") == "We no longer show this story, because A bank demands so."
    assert len(page.cssselect(".demand > div")) == 3

    legal.tell_demand(story.pk, Demand(ground=Ground.OTHER), by="Ana")
    page = reader.page(path_of(story), status=451)
    assert one(page, ".notice-said").endswith("We may not say who made it.")
    assert every(page, ".demand dt") == ["Ground", "Withheld since"]


@pytest.mark.parametrize("emergency", [False, True])
def test_the_twin_says_the_same_in_text_and_so_does_an_emergency(reader, withheld, emergency):
    Masthead.objects.update(alarm=Level.EMERGENCY if emergency else Level.OFF)
    page = reader.page(("" if emergency else "/lite") + path_of(withheld), status=451)

    assert one(page, "h1") == "Withheld for legal reasons"
    assert "Demanded by Tokyo District Court" in every(page, ".demand > div")
    assert not page.cssselect("link[rel=stylesheet], script, img")


def test_programs_are_told_too(reader, withheld):
    answer = reader.get(f"/api/1/stories/{withheld.pk}")

    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["pubstatus"], told["reason"]) == (451, "withheld", "withheld")
    assert told["demand"] == {
        "ground": "court", "by": "Tokyo District Court", "made_on": "2026-11-19", "place": "Japan",
        "reference": "2026 (Yo) 41", "copy": "https://archive.example/41?a=1&b=2",
        "text": "A court <b>has</b> ordered it.\nWe appeal.",
    }  # fmt: skip
    legal.tell_demand(withheld.pk, Demand(ground=Ground.DATA), by="Ana")
    told = reader.get(f"/api/1/stories/{withheld.pk}").json()["demand"]
    assert {name for name, value in told.items() if value is None} == {
        "by", "made_on", "place", "reference", "copy"
    }  # fmt: skip


def test_a_japanese_title_says_it_in_japanese(withheld):
    page = Reader("asahi.localhost").page(path_of(withheld), status=451)

    assert one(page, "h1") == "法的な理由により掲載を見合わせています"
    assert one(page, ".notice-said") == (
        "Tokyo District Courtの求めにより、この記事の掲載を見合わせています。"
    )
    assert every(page, ".demand dt") == [
        "求めた者", "根拠", "求めの日付", "効力の及ぶ範囲", "事件番号など", "求めの文書", "掲載見合わせの開始",
    ]  # fmt: skip
    assert "2026年11月19日" in every(page, ".demand dd")


def test_a_hold_for_doubts_stays_410_without_a_demand(reader, story):
    kills.withhold_story(story.pk, reason="Being checked.", by="Ana", at=NOON)
    answer = reader.get(path_of(story))

    assert (answer.status_code, "Link" in answer.headers) == (410, False)
    assert "Being checked" not in answer.content.decode()
    assert reader.get(f"/api/1/stories/{story.pk}").json()["demand"] is None


def test_the_page_costs_one_query_more_than_any_that_is_gone(reader, withheld):
    reader.get(path_of(withheld))
    with CaptureQueriesContext(connection) as queries:
        reader.get(path_of(withheld))

    assert len(queries) <= BUDGET


def test_both_languages_have_the_same_words():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert {ground.value for ground in Ground} <= ENGLISH.keys()


@pytest.fixture
def story(musashi):
    a_masthead("asahi", language="ja")
    return a_story(
        "Ferry returns to harbour", at=NOON - HOUR, on=("musashi", "asahi"),
        standfirst="A quiet day in Yukimori.", byline="Noriko", lead_picture=a_picture("one"),
    )  # fmt: skip


@pytest.fixture
def withheld(story):
    legal.withhold_by_law(story.pk, ORDER, reason="Our lawyer.", by="Ana", at=NOON - HOUR)
    return story
