"""Every list as RSS, Atom and JSON Feed: valid, the same stories, one identity."""

import json
from html import unescape
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dateline.stories.services import kills
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story
from dateline.trending.domain.rank import ListKind
from dateline.trending.models import RankedList
from dateline.web.domain import atom, json_feed, rss
from dateline.web.domain.rss import Channel, Item, Media
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON
from tests.factories.wire import a_provider
from tests.web.matrix.words import WORDS
from tests.web.test_lists import _ranked, written

ATOM_RULES = etree.RelaxNG(
    etree.parse(Path(__file__).parent / "schemas" / "atom.rng")  # RFC 4287, appendix B
)
LISTS = (
    "/", "/world/", "/topics/ferries/", "/people/ana/", "/agencies/kna/", "/corrections/",
    "/most-read/",
)  # fmt: skip
JSON_ITEM = {
    "id", "url", "title", "image", "date_published", "date_modified", "authors", "tags",
    "attachments", "content_html",
}  # fmt: skip
JSON_FEED = {
    "version", "title", "home_page_url", "feed_url", "description", "language", "hubs", "items",
}  # fmt: skip


def check_rss(body):
    """RSS 2.0.11: what a channel and its items must have, each once."""
    (channel,) = etree.fromstring(body).findall("channel")
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1
    for item in channel.findall("item"):
        assert len(item.findall("guid")) == len(item.findall("pubDate")) == 1
        assert item.find("guid").get("isPermaLink") == "false"
        assert item.find("title").text
        for enclosure in item.findall("enclosure"):
            assert {*enclosure.attrib} == {"url", "length", "type"}


def check_atom(body):
    """RFC 4287 by its own schema, and what the schema cannot say."""
    feed = etree.fromstring(body)
    ATOM_RULES.assertValid(feed)
    space = {"a": atom.ATOM}
    ids = feed.xpath("a:entry/a:id/text()", namespaces=space)
    assert len(ids) == len(set(ids))
    for entry in feed.xpath("a:entry", namespaces=space):
        assert entry.xpath("a:author/a:name", namespaces=space)
        assert entry.xpath("a:link[@rel='alternate']/@href", namespaces=space)


def check_json(body):
    """JSON Feed 1.1: names, kinds and what must be there."""
    feed = json.loads(body)
    assert {"version", "title", "items"} <= feed.keys() <= JSON_FEED
    assert feed["version"] == json_feed.VERSION
    assert all(isinstance(feed.get(name, ""), str) for name in JSON_FEED - {"hubs", "items"})
    for item in feed["items"]:
        assert {"id", "content_html"} <= item.keys() <= JSON_ITEM
        lists = {"authors", "tags", "attachments"}
        assert all(isinstance(item[name], list) for name in lists & item.keys())
        assert all(isinstance(item[name], str) for name in item.keys() - lists)
        assert all({"url", "mime_type"} <= one.keys() for one in item.get("attachments", ()))


CHECKS = {"xml": check_rss, "atom": check_atom, "json": check_json}


@pytest.fixture
def paper(musashi):
    """A story that every list holds, and another that is on the front only."""
    save_topic(slug="ferries", name="Ferries & boats")
    save_person(slug="ana", name="Ana Mori")
    picture = a_picture(caption="A quay.", credit="KNA", size=(1600, 1000))
    story = written(
        "Ferry & boats <late>", topics=["ferries"], people=["ana"], provider=a_provider(),
        lead_picture=picture, standfirst="At noon.", at=NOON - HOUR,
    )  # fmt: skip
    correct_story(story.pk, kind="correction", text="It was one.", by="Ana", at=NOON)
    RankedList.objects.create(
        masthead=musashi, kind=ListKind.READ, made_at=NOON, items=[_ranked(story)]
    )
    written("A bus", at=NOON)
    return story


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_every_list_is_a_feed_in_three_formats(reader, paper, path):
    titles, ids = [], []
    for form, check in CHECKS.items():
        answer = reader.get(f"{path}feed.{form}")
        check(answer.content)
        if form == "json":
            items = answer.json()["items"]
            titles.append([item["title"] for item in items])
            ids.append([item["id"] for item in items])
            assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
        else:
            parsed = feedparser.parse(answer.content)
            assert not parsed.bozo
            titles.append([entry.title for entry in parsed.entries])
            ids.append([entry.id for entry in parsed.entries])

    assert titles[0] == titles[1] == titles[2]
    assert "Ferry & boats <late>" in titles[0] or "Ferry &amp; boats &lt;late&gt;" in titles[0]
    assert ids[0] == ids[1] == ids[2]
    assert f"urn:dateline:story:{paper.pk}" in ids[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_headline_of_any_characters_is_read_as_it_is_written(reader, musashi, language):
    nasty = WORDS[language]["nasty"].replace("<b>", "").replace("</b>", "")
    written(f"{nasty}\x07\x1b", at=NOON, language=language)

    read = [feedparser.parse(reader.get(f"/feed.{form}").content) for form in ("xml", "atom")]
    titles = [unescape(feed.entries[0].title) for feed in read]

    assert [feed.bozo for feed in read] == [False, False]
    assert titles == [nasty, nasty]
    assert reader.get("/feed.json").json()["items"][0]["title"] == nasty


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_a_list_names_its_feeds_and_an_empty_one_is_valid(reader, paper, path):
    kills.kill_story(paper.pk, reason="Wrong.", by="Ana")
    alternates = {
        link.get("href"): link.get("type")
        for link in reader.page(path).cssselect('head link[rel="alternate"]')
    }

    for form, check in CHECKS.items():
        address = f"http://musashi.localhost:8000{path}feed.{form}"
        answer = reader.get(f"{path}feed.{form}")
        assert address in alternates
        assert answer["Content-Type"].startswith(alternates[address])
        check(answer.content)
        assert f"urn:dateline:story:{paper.pk}".encode() not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/topics/x/", "/people/x/", "/agencies/x/", "/x/"])
def test_a_list_that_is_none_has_no_feed(reader, path):
    for form in CHECKS:
        assert reader.get(f"{path}feed.{form}").status_code == 404
    assert reader.get("/feed.rdf").status_code == 404


@pytest.mark.django_db
def test_a_licence_for_pages_leaves_every_feed_silent(reader, musashi):
    save_topic(slug="ferries", name="Ferries")
    story = written("Web only", topics=["ferries"], licensed_uses=("web", "trending"))
    RankedList.objects.create(
        masthead=musashi, kind=ListKind.READ, made_at=NOON, items=[_ranked(story)]
    )

    for path in ("/", "/topics/ferries/", "/most-read/"):
        assert b"Web only" in reader.get(path).content
        for form in CHECKS:
            answer = reader.get(f"{path}feed.{form}")
            assert (answer.status_code, b"Web only" in answer.content) == (200, False)


@pytest.mark.django_db
@pytest.mark.usefixtures("musashi")
def test_a_hub_is_named_where_subscribers_look(reader, settings):
    settings.DATELINE_WEBSUB_HUB = "https://hub.example/"

    answers = {form: reader.get(f"/feed.{form}") for form in CHECKS}

    for form, answer in answers.items():
        CHECKS[form](answer.content)
        own = f"http://musashi.localhost:8000/feed.{form}"
        assert answer["Link"] == f'<https://hub.example/>; rel="hub", <{own}>; rel="self"'
    assert {"type": "WebSub", "url": "https://hub.example/"} in answers["json"].json()["hubs"]
    for form in ("xml", "atom"):
        hubs = [x for x in feedparser.parse(answers[form].content).feed.links if x.rel == "hub"]
        assert [hub.href for hub in hubs] == ["https://hub.example/"]


TEXT = st.text(max_size=30)
MEDIA = st.builds(
    Media, url=st.just("https://a.example/1.jpg"), mime_type=st.just("image/jpeg"),
    width=st.just(3), height=st.just(2), credit=TEXT, caption=TEXT,
)  # fmt: skip
ITEM = st.builds(
    Item, guid=st.just("urn:x:1"), title=TEXT, link=st.just("https://a.example/1"),
    description=TEXT, creator=TEXT, category=TEXT, published_at=st.just(NOON),
    updated_at=st.just(NOON), media=st.none() | MEDIA,
)  # fmt: skip


@given(ITEM, TEXT.filter(bool))
def test_no_text_makes_a_feed_invalid(item, title):
    channel = Channel(
        title=title, link="https://a.example/", own_address="https://a.example/feed",
        description=title, language="en", copyright=title, changed_at=None,
    )  # fmt: skip

    assert etree.fromstring(rss.write(channel, [item])).find("channel/item") is not None
    ATOM_RULES.assertValid(etree.fromstring(atom.write(channel, [item])))
    check_json(json_feed.write(channel, [item]))
