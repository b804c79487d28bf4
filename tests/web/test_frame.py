"""What stands around the pages: the foot, a page that is not there, icons, reading offline."""

from io import BytesIO

import pytest
from PIL import Image

from dateline.mastheads.models import Masthead
from dateline.stories.services import kills
from dateline.web.domain.frame_words import ENGLISH, JAPANESE, frame_words_for
from dateline.web.domain.icons import ICONS, letter_of
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.web import NOON, Reader, every, links, one, path_of
from tests.web.kept import Kept

pytestmark = pytest.mark.django_db


def test_the_foot_leads_to_all_that_a_paper_owes_its_readers(reader):
    (foot,) = reader.page("/").cssselect(".foot-nav")

    assert {
        "/about/", "/contact/", "/imprint/", "/privacy/", "/terms/", "/rules/", "/notices/",
        "/feed.xml", "/newsletters/", "/alerts/", "/lite/", "/offline/", "/account/",
    } <= set(links(foot))  # fmt: skip
    for address in links(foot):
        if address.startswith("/") and address != "/account/":
            assert reader.get(address).status_code == 200, address


def test_a_page_that_is_not_there_leads_on(reader):
    story = a_story("Ferry returns", at=NOON)

    page = reader.page("/nothing/here", 404)

    assert path_of(story) in links(page.cssselect("main")[0])
    assert every(page, "main h2") == ["On the front page now"]
    (form,) = page.cssselect("main form") or [None]
    assert form is None or form.get("action") == "/search"


def test_a_page_that_is_not_there_forgets_a_killed_story_at_once(reader):
    story = a_story("Ferry returns", at=NOON)
    kept = Kept()
    page = kept.keep(reader.host, "/nothing/here")
    kills.kill_story(story.pk, reason="Names a minor.", by="Ana")

    assert b"Ferry" in page.body
    assert f"sh:{story.pk}" in page.note.hard
    assert b"Ferry" not in kept.fill(reader.host, "/nothing/here").body


def test_an_empty_title_says_only_that_nothing_is_there(reader):
    assert every(reader.page("/nothing/here", 404), "main h2") == []


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.path)
def test_every_icon_of_the_manifest_is_a_picture_of_its_size(reader, icon):
    answer = reader.get(icon.path)

    picture = Image.open(BytesIO(answer.content))
    assert (answer["Content-Type"], picture.size) == ("image/png", (icon.side, icon.side))
    corner = picture.getpixel((0, 0))
    assert corner[3] == (255 if icon.purpose == "maskable" else 0)
    colours = {colour for _, colour in picture.getcolors(icon.side**2)}
    assert {(179, 38, 30, 255), (255, 255, 255, 255)} <= colours
    manifest = reader.get("/manifest.webmanifest").json()["icons"]
    assert {
        "src": icon.path, "sizes": f"{icon.side}x{icon.side}", "type": "image/png",
        "purpose": icon.purpose,
    } in manifest  # fmt: skip


def test_no_other_icon_is_drawn(reader):
    for path in ("/icon-any-193.png", "/icon-any-99999999.png", "/icon-round-192.png"):
        assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "slug", "letter"),
    [
        ("The Musashi Daily", "musashi", "M"),
        ("武蔵日報", "musashi-ja", "M"),
        ("", "kinako", "K"),
        ("ænd", "x", "X"),
    ],
)
def test_the_letter_of_an_icon_is_one_that_its_face_has(name, slug, letter):
    assert letter_of(name, slug) == letter


def test_icons_are_drawn_in_each_look(reader):
    bodies = set()
    for look in ("daily", "magazine", "guide", "weekly"):
        Masthead.objects.update(look=look)
        bodies.add(Reader().get("/icon-any-192.png").content)
    assert len(bodies) == 4


def test_reading_offline_is_for_whoever_asks_and_begins_with_nothing(reader, musashi):
    a_masthead("musashi-ja", language="ja", edition_of=musashi)

    page = reader.page("/offline/")

    assert one(page, "h1") == "Read offline"
    assert page.cssselect("p[hidden] button")
    assert page.cssselect('link[rel=manifest][href="/manifest.webmanifest"]')
    assert not reader.get("/offline/").cookies
    assert one(Reader(host="musashi-ja.localhost").page("/offline/"), "h1") == "オフラインで読む"


def test_a_page_says_on_paper_where_it_is(reader):
    story = a_story(at=NOON)
    page = reader.page(path_of(story))

    (printed,) = page.cssselect(".printed[hidden]")
    assert printed.text_content().endswith(path_of(story))
    assert one(reader.page("/nothing/here", 404), ".printed") == ""


def test_both_languages_have_the_same_words():
    assert ENGLISH.keys() == JAPANESE.keys()
    assert frame_words_for("ja") is JAPANESE
