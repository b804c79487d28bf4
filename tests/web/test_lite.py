"""Text-only twins: the same stories through the same gate, one request, 10 kB at most."""

import base64
import gzip
import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dateline.edge import keys
from dateline.mastheads.models import Masthead
from dateline.stories.services import kills, publishing
from dateline.web import queries
from tests.factories.newsroom import a_draft, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import NOON, Reader, every, links, one, path_of, shelve, words_of
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db
LIMIT = 10_000  # bytes
LONG = "The ferry, which nobody had expected before the evening, returned to its harbour at noon"
LONG_JA = (
    "夕方まで戻らないとみられていた連絡船が、正午に港へ戻り、乗客は全員無事だったことが分かった"
)


def test_a_front_is_a_list_of_headlines(reader):
    story = a_story("Ferry returns", at=NOON)
    a_draft("Not yet")

    page = reader.page("/lite/")

    assert every(page, "main li a") == ["Ferry returns"]
    assert f"/lite{path_of(story)}" in links(page)
    assert page.cssselect("link[rel=canonical]")[0].get("href").endswith("/")


def test_a_section_walks_back_page_by_page(reader):
    shelve([f"Story {n}" for n in range(30)])

    first, second = reader.page("/lite/world/"), reader.page("/lite/world/?page=2")

    assert (len(every(first, "main li")), len(every(second, "main li"))) == (24, 6)
    assert "/lite/world/?page=2" in links(first)
    assert "/lite/world/" in links(second.cssselect("main")[0])
    for address in ("?page=3", "?page=0", "?page=x", "?page=99999999"):
        assert one(reader.page(f"/lite/world/{address}", 404), "h1")
    reader.page("/lite/nowhere/", 404)
    assert every(reader.page("/lite/politics/"), "main p") == ["Nothing here yet"]


def test_the_third_page_leads_back_to_the_second(reader):
    shelve([f"Story {n}" for n in range(55)])

    assert "/lite/world/?page=2" in links(reader.page("/lite/world/?page=3"))


def test_a_story_is_whole_without_its_pictures(reader):
    picture = a_picture("bay", description="The bay at noon.")
    story = a_story(
        "Ferry returns", at=NOON, standfirst="All are well.", byline="Hana", lead_picture=picture,
        kind="opinion", dateline="Minasato", copyright_line="©2026 KNA",
        body=[
            ("text", "<p>It came back <a href='/world/'>at noon</a>.</p>"), ("heading", "Before"),
            ("quote", {"text": "We saw it.", "speaker": "A fisher"}),
            ("factbox", {"title": "Ferries", "text": "<p>There are two.</p>"}),
            ("picture", {"picture": picture, "caption": "The quay"}),
            ("wire", "<table><tr><td>12:00</td></tr></table><p><a href='https://kna.example/'>x</a></p>"),
        ],
    )  # fmt: skip
    publishing.correct_story(story.pk, kind="correction", text="It was noon.", changes={}, by="Ana")

    page = reader.page(f"/lite{path_of(story)}")

    text = one(page, "main")
    for said in (
        "Ferry returns", "All are well.", "by Hana", "Minasato", "It came back", "Before",
        "We saw it.", "A fisher", "There are two.", "The quay", "12:00", "It was noon.",
        "[Opinion]", "[Corrected]", "©2026 KNA", "What changed",
    ):  # fmt: skip
        assert said.lower() in text.lower(), said
    (wire_link,) = [a for a in page.cssselect("a") if a.get("href") == "https://kna.example/"]
    assert "nofollow" in wire_link.get("rel")
    assert page.cssselect("link[rel=canonical]")[0].get("href").endswith(path_of(story))


def test_nothing_more_is_fetched_and_only_its_own_sheet_is_allowed(reader):
    story = a_story(at=NOON, lead_picture=a_picture("bay"))

    for address in ("/lite/", "/lite/world/", f"/lite{path_of(story)}", "/lite/x/y"):
        answer = reader.get(address)
        page = reader.page(address, answer.status_code)
        assert page.xpath("//img | //script | //iframe | //video | //*[@style] | //svg") == []
        assert [(link.get("rel"), link.get("href")) for link in page.cssselect("link")][-1:] == [
            ("icon", "data:,")
        ]
        (style,) = page.cssselect("style")
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert not answer.cookies


@pytest.mark.parametrize(("language", "headline"), [("en", LONG), ("ja", LONG_JA)])
def test_a_full_page_fits_in_ten_thousand_bytes(reader, language, headline):
    Masthead.objects.update(language=language)
    shelve([f"{headline} {n}" for n in range(60)], language=language)
    long = a_story(headline, at=NOON, body=[("text", f"<p>{f'{headline}. ' * 50}</p>")])

    for address in ("/lite/", "/lite/world/", "/lite/world/?page=2", f"/lite{path_of(long)}"):
        body = reader.get(address).content
        assert len(gzip.compress(body)) <= LIMIT
        assert len(body) <= LIMIT


def test_full_pages_lead_to_their_twins_and_back(reader):
    story = a_story(at=NOON)

    for path in ("/", "/world/", path_of(story)):
        page = reader.page(path)
        twins = [
            link.get("href") for link in page.cssselect('link[rel=alternate][type="text/html"]')
        ]
        assert twins == [f"/lite{path}"]
        assert f"/lite{path}" in links(page.cssselect("footer.foot")[0])
        canonical = page.cssselect("link[rel=canonical]")[0].get("href")
        assert canonical in links(reader.page(f"/lite{path}").cssselect("footer")[0])
    assert "/lite/" in links(reader.page("/alerts/").cssselect("footer.foot")[0])


def test_the_right_address_wins(reader):
    story = a_story(at=NOON)

    answer = reader.get(f"/lite/politics/other-{story.pk}")

    assert (answer.status_code, answer["Location"]) == (301, f"/lite{path_of(story)}")


def test_a_killed_story_is_gone_from_every_twin(reader):
    story = a_story("Ferry returns", at=NOON)
    path = path_of(story)
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana")

    page = reader.page(f"/lite{path}", 410)

    assert "Ferry" not in words_of(page)
    assert every(reader.page("/lite/"), "main li") == []
    addresses = {surface.path for surface in queries.surfaces_of(story.pk)}
    assert {"/lite/", "/lite/world/", f"/lite{path}"} <= addresses


def test_a_twin_is_made_again_when_its_story_changes(reader):
    story = a_story(at=NOON)

    kept = Kept()
    for path, tag in (
        (f"/lite{path_of(story)}", keys.story(story.pk)), ("/lite/", keys.card(story.pk)),
        ("/lite/world/", keys.card(story.pk)),
    ):  # fmt: skip
        assert tag in kept.keep(reader.host, path).note.hard, path


@pytest.mark.parametrize(("path", "most"), [("/lite/", 5), ("/lite/world/", 4), ("story", 9)])
def test_a_twin_costs_no_more_for_many_stories(musashi, path, most):
    story = a_story(at=NOON)
    address = f"/lite{path_of(story)}" if path == "story" else path
    few = cost(address)
    shelve([f"More {n}" for n in range(24)])

    assert cost(address) == few <= most


def cost(path):
    reader = Reader()
    with CaptureQueriesContext(connection) as queries_:
        assert reader.get(path).status_code == 200
    return len(queries_)


def test_an_edition_leads_to_the_other(musashi):
    a_masthead("musashi-ja", language="ja", edition_of=musashi)

    page = Reader(host="musashi-ja.localhost").page("/lite/")

    assert any("//musashi.localhost" in a and a.endswith("/lite/") for a in links(page))


def test_unknown_stories_are_404(reader):
    reader.page("/lite/world/none-99", 404)
    reader.page("/lite/world/none", 404)
    reader.page("/lite/a/b/c", 404)


def test_the_doors_to_an_edition_lead_to_the_same_page_of_it(musashi, reader):
    a_masthead("musashi-ja", language="ja", edition_of=musashi)

    about, section = reader.page("/about/"), reader.page("/world/")

    assert {a.get("href").rpartition("/about")[1] for a in doors(about)} == {"/about"}
    assert all(a.get("href").endswith("/") and "world" not in a.get("href") for a in doors(section))


def doors(page):
    return page.cssselect("header [hreflang=ja]")
