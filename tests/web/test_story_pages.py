"""What a reader finds on a story's page, and a machine behind it."""

import json
from datetime import datetime

import pytest
from wagtail.rich_text import RichText

from dateline.stories import models
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story, update_story
from tests.factories.newsroom import LEGAL, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, every, links, one, path_of, shelve
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db

ORIGIN = "http://musashi.localhost:8000"


def test_a_story_carries_every_element_of_the_page_we_measure_against(reader):
    """The saved Japan Today article, element by element, with fictional words."""
    picture = a_picture(
        caption="Gunners watch the water.", credit="VEYRAN STATE TV via KNA/PPS", size=(1600, 1000)
    )
    provider = a_provider("kna", "Kuroshio News Agency")
    item = a_wire_item(provider, slugline="VEYRA-DRILL", received_at=NOON)
    save_topic(slug="defence", name="Defence", qcode="medtop:20000065")
    story = a_story(
        "Veyra's leader urges troops to prepare 'for real war'",
        at=NOON,
        standfirst="He watched a drill.",
        dateline="Port Selm",
        byline="Kuroshio News Agency",
        kind="wire",
        copyright_line="© 2026 KNA",
        usage_terms="Not for archives.",
        lead_picture=picture,
        provider=provider,
        wire_item=item,
    )
    page = reader.page(path_of(story))

    assert one(page, "h1") == "Veyra's leader urges troops to prepare 'for real war'"
    assert one(page, ".story-head .kicker") == "World"
    assert one(page, ".standfirst") == "He watched a drill."
    assert one(page, ".dateline") == "Port Selm"
    assert one(page, ".byline") == "By Kuroshio News Agency"
    assert one(page, ".hero .caption") == "Gunners watch the water."
    assert one(page, ".hero .credit") == "Image: VEYRAN STATE TV via KNA/PPS"
    assert one(page, ".story-body") == "The ferry came back at noon."
    assert every(page, ".story-foot .copyright") == ["© 2026 KNA", LEGAL]
    assert one(page, ".usage") == "Not for archives."
    assert one(page, ".story-times") == "Published 20 November 2026, 12:00 JST"
    (time,) = page.cssselect(".story-times time")
    assert datetime.fromisoformat(time.get("datetime")) == NOON
    chain = one(page, ".chain dl")
    assert "Agency Kuroshio News Agency" in chain
    assert "Item VEYRA-DRILL, version 1" in chain
    assert "Received here 20 November 2026, 12:00 JST" in chain
    assert {"/newsletters/", "/account/", "/world/"} <= set(links(page))


def test_a_story_of_our_own_names_us_as_its_source(reader):
    page = reader.page(path_of(a_story()))

    assert "Reported and edited by Musashi" in one(page, ".chain dl")


def test_an_agency_story_says_when_it_was_sent_and_whether_we_edited_it(reader):
    provider = a_provider()
    item = a_wire_item(provider, slugline="", version_created_at=NOON - HOUR)
    story = a_story("Wire", provider=provider, wire_item=item, at=NOON - HOUR)
    update_story(story.pk, by="Ana", changes={"headline": "Wire, edited"}, at=NOON)

    chain = one(reader.page(path_of(story)), ".chain dl")

    assert "Sent by the agency 20 November 2026, 11:00 JST" in chain
    assert "Edited here Yes" in chain
    assert "Item" not in chain


def test_people_topics_and_every_block_of_the_body_are_shown(reader):
    save_person(slug="hana", name="Hana Kurosawa", role="Reporter")
    save_topic(slug="ferries", name="Ferries")
    story = a_story(
        people=("hana",),
        body=[
            ("text", "<p>It is <b>late</b>.</p>"),
            ("heading", "The night boats"),
            ("quote", {"text": "Who stays up?", "speaker": "The harbour master"}),
            ("factbox", {"title": "In short", "text": RichText("<ul><li>22:40</li></ul>")}),
            ("picture", {"picture": a_picture(credit="A/B", caption="A quay."), "caption": ""}),
            ("wire", "<h5>Crossings</h5><table><tr><td>29</td></tr></table>"),
        ],
    )
    story.topics.set(models.Topic.objects.all())
    story.save()

    page = reader.page(path_of(story))

    assert one(page, ".byline") == "By Hana Kurosawa"
    assert one(page, ".prose b") == "late"
    assert one(page, ".body-heading") == "The night boats"
    assert one(page, ".pull") == "Who stays up? The harbour master"
    assert one(page, ".factbox li") == "22:40"
    assert every(page, ".story-body h2") == ["The night boats", "In short", "Crossings"]
    assert one(page, ".body-picture figcaption") == "A quay. Image: A/B"
    assert page.cssselect(".scroll[tabindex='0'] table td")[0].text == "29"
    assert every(page, ".topics li") == ["Ferries"]


def test_beside_a_story_stand_the_newest_of_its_section(reader):
    story = a_story("This one", at=NOON - HOUR)
    shelve([f"Near {n}" for n in range(7)])
    shelve(["Far"], section="politics")

    page = reader.page(path_of(story))

    assert one(page, ".story-next") == "Next in World Near 2"
    assert every(page, ".rail .card-headline") == [f"Near {n}" for n in (0, 1, 3, 4, 5)]


def test_a_correction_stands_on_card_story_and_versions_page(reader):
    story = a_story("Eight islands", at=NOON - HOUR)
    correct_story(
        story.pk, kind="correction", text="There are seven.", by="Ana",
        changes={"headline": "Seven islands"}, at=NOON,
    )  # fmt: skip

    page = reader.page(path_of(story))
    changed = reader.page(f"{path_of(story)}/versions")

    assert "Corrected" in every(reader.page("/"), ".card-lead .label")
    assert one(page, ".correction") == "Correction · 20 November 2026, 12:00 JST There are seven."
    assert "Updated 20 November 2026, 12:00 JST" in one(page, ".story-times")
    assert "What changed (2)" in one(page, ".story-times")
    assert f"{path_of(story)}/versions" in links(page)
    assert every(changed, ".version ins") == ["[added] Seven"]
    assert every(changed, ".version del") == ["[removed] Eight"]
    assert "1 words added, 1 removed" in every(changed, ".version-source")
    assert {"#v1", "#v2"} <= set(links(changed))
    assert one(changed, ".version-note") == "There are seven."
    assert every(changed, ".version h2") == ["Version 2 Shown now", "Version 1"]


def test_an_update_of_other_words_shows_each_field_by_name(reader):
    story = a_story("Ferry", at=NOON - HOUR)
    changes = {
        "standfirst": "A new one.", "dateline": "Seoul", "byline": "KNA",
        "body": [("text", "<p>Another text.</p>")],
    }  # fmt: skip
    update_story(story.pk, by="Ana", changes=changes, at=NOON)

    page = reader.page(f"{path_of(story)}/versions")

    assert every(page, ".version-field h3") == ["Standfirst", "Dateline", "Byline", "Text"]


def test_what_a_page_says_to_machines(reader):
    picture = a_picture(credit="A/B")
    save_person(slug="hana", name="Hana Kurosawa")
    story = a_story("Ferry </script> & co", people=("hana",), lead_picture=picture, at=NOON)
    correct_story(story.pk, kind="clarification", text="It is a ship.", by="Ana", at=NOON + HOUR)

    page = reader.page(path_of(story))
    article, crumbs = (
        json.loads(s.text) for s in page.cssselect("script[type='application/ld+json']")
    )

    assert article["@type"] == "ReportageNewsArticle"
    assert article["headline"] == "Ferry </script> & co"
    assert [(who["name"], who["url"]) for who in article["author"]] == [
        ("Hana Kurosawa", f"{ORIGIN}/people/hana/")
    ]
    assert datetime.fromisoformat(article["datePublished"]) == NOON
    assert article["image"][0]["creditText"] == "A/B"
    assert article["correction"][0]["text"] == "It is a ship."
    names = [step["name"] for step in crumbs["itemListElement"]]
    assert names == ["Musashi", "World", "Ferry </script> & co"]
    assert crumbs["itemListElement"][1]["item"] == f"{ORIGIN}/world/"
    assert page.cssselect("link[rel=canonical]")[0].get("href") == ORIGIN + path_of(story)
    assert page.cssselect("meta[property='og:type']")[0].get("content") == "article"


def test_opinion_and_agency_copy_name_their_kind_and_maker_to_machines(reader):
    provider = a_provider("kna", "Kuroshio News Agency")
    wire = a_story("Wire", provider=provider)
    opinion = a_story("Mine", kind="opinion")

    assert _article(reader, wire)["author"][0]["name"] == "Kuroshio News Agency"
    assert _article(reader, wire)["sourceOrganization"]["name"] == "Kuroshio News Agency"
    assert _article(reader, opinion)["@type"] == "OpinionNewsArticle"
    assert _article(reader, opinion)["author"][0]["name"] == "Musashi"


def _article(reader, story):
    page = reader.page(path_of(story))
    return json.loads(page.cssselect("script[type='application/ld+json']")[0].text)
