"""Five versions of one agency item: one address, one guid, one thread, five public versions."""

import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from dateline import clock
from dateline.mastheads.models import Masthead
from dateline.outbox import services as outbox
from dateline.stories import models
from dateline.stories.queries.whereabouts import sitemap_path
from dateline.stories.services import from_wire, publishing
from dateline.stories.services.drafting import Place
from dateline.web import finding
from dateline.wire.adapters.folder import Watch
from dateline.wire.models import WireItem
from dateline.wire.services import intake
from tests.factories.discussion import a_comment
from tests.factories.documents import g2, ninjs
from tests.factories.newsroom import a_masthead
from tests.factories.web import Reader, every, links, one, path_of
from tests.factories.wire import a_provider

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STEP = timedelta(minutes=10)
TEXTS = {
    "en": (
        "The ferry is late.",
        "The ferry is two hours late.",
        "A storm held the ferry back for two hours.",
        "A storm held the ferry back for two hours; nobody was hurt.",
        "A storm held the ferry back for three hours; nobody was hurt.",
    ),
    "ja": (
        "船が遅れている。",
        "船が二時間遅れている。",
        "嵐のため船が二時間遅れた。",
        "嵐のため船が二時間遅れた。けが人はない。",
        "嵐のため船が三時間遅れた。けが人はない。",
    ),
}
WORDS = {
    1: "The ferry is late.",
    2: "The ferry is stuck.",
    3: "The ferry is swift.",
    4: "The ferry is slow.",
    5: "The ferry is anchored.",
    6: "The ferry is cheerful.",
}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.mark.parametrize("form", ["ninjs", "g2"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_five_versions_of_one_item_are_one_story(agency, reader, form, language):
    texts = TEXTS[language]
    agency(form, 1, texts[0])
    story = published(WireItem.objects.get())
    path, guid, thread = path_of(story), guid_of(reader), thread_of(reader, path_of(story))
    for number, text in enumerate(texts[1:], start=2):
        agency(form, number, text)

    page, versions = reader.page(path), reader.page(f"{path}/versions")

    assert one(page, ".story-body") == texts[-1]
    assert "What changed (5)" in one(page, ".story-times")
    assert one(page, "h1") == "Ferry 5"
    assert guid_of(reader) == guid
    assert thread_of(reader, path) == thread
    assert path_of(story) == path
    assert [a for a in links(reader.page("/")) if a.startswith("/world/f")] == [path]
    heads = every(versions, ".version h2")
    assert heads == ["Version 5 Shown now", *(f"Version {n}" for n in (4, 3, 2, 1))]
    assert every(versions, ".version-source")[0] == "Update · by KNA"
    came = versions.cssselect("#v5 .version-field")[-1].xpath(".//ins/text()")
    assert came == [{"en": "three ", "ja": "三"}[language]]
    assert models.Story.objects.count() == 1


def test_a_version_that_comes_late_shows_readers_nothing_old(agency, reader):
    agency("ninjs", 1, TEXTS["en"][0])
    story = published(WireItem.objects.get())
    agency("ninjs", 3, TEXTS["en"][2])

    agency("ninjs", 2, TEXTS["en"][1])

    assert one(reader.page(path_of(story)), ".story-body") == TEXTS["en"][2]
    assert every(reader.page(f"{path_of(story)}/versions"), ".version h2") == [
        "Version 2 Shown now", "Version 1",
    ]  # fmt: skip


def test_six_deliveries_with_one_late_and_one_twice_are_one_story_everywhere(
    agency, reader, monkeypatch
):
    """What comes late (version 3, after 4) and what comes twice (version 5) is no news to anyone."""
    monkeypatch.setattr(finding, "rates", finding.Rates(60))
    agency("ninjs", 1, WORDS[1])
    story = published(WireItem.objects.get())
    first = everywhere(reader, story)
    comment = a_comment(story, Masthead.objects.get(), "Will it sail tomorrow?", at=clock.now())
    for number in (2, 4, 3, 5, 5, 6):
        agency("ninjs", number, WORDS[number])

    last, page = everywhere(reader, story), reader.page(path_of(story))

    for same in ("canonical", "guids", "thread", "path"):
        assert last[same] == first[same], same
    assert len(set(last["guids"])) == 1
    for later in ("modified", "lastmod"):
        assert last[later] > first[later], later
    assert every(page, ".comment-text") == ["Will it sail tomorrow?"]
    assert page.cssselect(f"#comment-{comment.pk}")
    versions = reader.page(f"{path_of(story)}/versions")
    assert every(versions, ".version h2") == [
        "Version 5 Shown now", *(f"Version {number}" for number in (4, 3, 2, 1)),
    ]  # fmt: skip
    assert_only_the_newest_is_told(reader, story)
    assert models.Story.objects.count() == 1


def assert_only_the_newest_is_told(reader, story):
    told = reader.get(f"/api/1/stories/{story.pk}").json()
    history = reader.get(f"/api/1/stories/{story.pk}/versions").json()["versions"]
    assert (told["headline"], told["body"][0]["html"]) == ("Ferry 6", f"<p>{WORDS[6]}</p>")
    assert [v["number"] for v in history] == [5, 4, 3, 2, 1]
    assert [v["text"] for v in history] == [WORDS[number] for number in (6, 5, 4, 2, 1)]
    assert path_of(story) in links(reader.page("/search?q=cheerful"))
    for old in ("late", "stuck", "swift", "slow", "anchored"):
        assert path_of(story) not in links(reader.page(f"/search?q={old}")), old


def everywhere(reader, story):
    """What must stay and what must move of one story, at each address that tells it."""
    path = path_of(story)
    page = reader.page(path)
    (article,) = (
        one for one in map(json.loads, page.xpath('//script[@type="application/ld+json"]/text()'))
        if one["@type"] == "NewsArticle"
    )  # fmt: skip
    shard = etree.fromstring(reader.get(sitemap_path(story.pk)).content)
    atom = etree.fromstring(reader.get("/feed.atom").content)
    return {
        "path": path,
        "canonical": page.xpath('//link[@rel="canonical"]/@href'),
        "thread": thread_of(reader, path),
        "guids": [
            guid_of(reader),
            *(i["id"] for i in reader.get("/feed.json").json()["items"]),
            *atom.xpath("//a:entry/a:id/text()", namespaces=ATOM),
        ],
        "modified": article["dateModified"],
        "lastmod": shard.xpath("//*[local-name()='lastmod']/text()"),
    }


def published(item):
    places = (Place(masthead="musashi", section="world"),)
    story_id = from_wire.make_story(item.pk, by="Ana", places=places)
    publishing.publish_story(story_id, by="Ana", at=clock.now())
    return models.Story.objects.get(pk=story_id)


def guid_of(reader):
    (guid,) = etree.fromstring(reader.get("/feed.xml").content).xpath("//item/guid/text()")
    return guid


def thread_of(reader, path):
    return reader.page(path).cssselect("[data-thread]")[0].get("data-thread")


@pytest.fixture
def agency(tmp_path, settings, monkeypatch):
    """agency(form, number, text): a file in the agency's folder, ten minutes after the last."""
    settings.DATELINE_DATA_DIR = tmp_path / "data"
    settings.DATELINE_INTAKE_DIR = tmp_path / "intake"
    settings.DATELINE_SEARCH, settings.DATELINE_SEARCH_DIR = "", tmp_path
    a_masthead()
    a_provider()
    (tmp_path / "intake" / "kna").mkdir(parents=True)
    now, watch = [NOON], Watch()
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def send(form, number, text):
        now[0] += STEP
        made = (NOON + number * STEP).isoformat()
        if form == "ninjs":
            data = ninjs(
                version=str(number), versioncreated=made, headline=f"Ferry {number}",
                body_html=f"<p>{text}</p>",
            )  # fmt: skip
        else:
            data = g2(version=number, made=made, headline=f"Ferry {number}", text=text)
        path = tmp_path / "intake" / "kna" / f"{now[0]:%H%M}-{number}.{form}"
        path.write_bytes(data)
        os.utime(path, ((now[0] - STEP).timestamp(),) * 2)
        intake.scan_intake(at=now[0], watch=watch)
        while outbox.deliver_due():
            pass

    return send


@pytest.fixture
def reader():
    return Reader()
