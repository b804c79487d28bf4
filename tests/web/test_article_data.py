"""What a story says of itself to machines: our own schema, and schema.org's vocabulary."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from dateline.mastheads import queries as mastheads
from dateline.mastheads.services import set_wordmark
from dateline.stories import models
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story
from dateline.web.domain.makers import item_list, organization, person
from tests.factories.newsroom import a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, a_card, path_of
from tests.factories.wire import a_provider, a_wire_item
from tests.web.vocabulary import ABOVE, PROPERTIES, faults

pytestmark = pytest.mark.django_db

SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "news_article.schema.json").read_text()),
    format_checker=FormatChecker(),
)
ORIGIN = "http://musashi.localhost:8000"
WORDMARK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><path d="M0 0h90v9z"/></svg>'
)


@pytest.mark.parametrize("make", ["plain", "full", "wire", "opinion", "release"])
def test_a_story_of_every_kind_fits_our_schema(stories, said_by, make):
    assert list(SCHEMA.iter_errors(said_by(stories[make])[0])) == []


def test_the_schema_finds_what_is_missing_and_what_is_wrong(stories, said_by):
    article = said_by(stories["full"])[0]
    article.pop("author")
    article["image"][0]["url"] = "/media/x.jpg"
    article["datePublished"] = "2026-11-20T03:00:00"
    article["correction"], article["keywords"], article["headline"] = [], "a", ""
    article["isAccessibleForFree"], article["sponsor"] = "yes", "x"

    assert sorted(fault.json_path for fault in SCHEMA.iter_errors(article)) == [
        "$", "$", "$.correction", "$.datePublished", "$.headline", "$.image[0].url",
        "$.isAccessibleForFree", "$.keywords",
    ]  # fmt: skip


def test_a_full_story_says_everything_that_is_known(stories, said_by):
    article = said_by(stories["full"])[0]

    assert article["@type"] == "ReportageNewsArticle"
    assert (article["dateline"], article["timeRequired"]) == ("Seoul", "PT1M")
    assert article["author"][0]["url"] == f"{ORIGIN}/people/hana/"
    assert article["author"][0]["jobTitle"] == "Reporter"
    shapes = [(image["width"], image["height"]) for image in article["image"]]
    assert shapes == [(1280, 720), (1280, 960), (1200, 1200)]
    image = article["image"][0]
    assert (image["creditText"], image["license"], image["creator"]["name"]) == (
        "A/B", "https://pictures.example/terms", "Rin Abe",
    )  # fmt: skip
    assert article["correction"][0]["text"] == "It is a ship."
    assert article["publisher"]["logo"]["url"] == f"{ORIGIN}/favicon.svg"
    assert article["keywords"] == ["Ferries"]


def test_agency_copy_says_what_it_is_based_on(stories, said_by):
    article = said_by(stories["wire"])[0]

    assert article["isBasedOn"]["identifier"] == "urn:kna:ferry"
    assert article["isBasedOn"]["version"] == 3
    assert article["isBasedOn"]["provider"]["name"] == "KNA"
    assert article["creditText"] == "KNA"
    assert article["@type"] == "NewsArticle"


def test_a_picture_that_may_not_be_shown_is_not_named(said_by, musashi):
    story = a_story(at=NOON, lead_picture=a_picture(held_reason="Being checked."))

    assert "image" not in said_by(story)[0]


def test_a_title_with_a_wordmark_has_it_for_a_logo(stories, said_by, musashi):
    set_wordmark(musashi.pk, WORDMARK, by="Ana")

    assert said_by(stories["plain"])[0]["publisher"]["logo"]["url"] == f"{ORIGIN}/wordmark.svg"


def test_lists_people_and_agencies_have_data_of_their_own(musashi):
    site = mastheads.by_slug("musashi")

    (listed,) = item_list(site, [a_card(1), a_card(2)], name="World", url=f"{ORIGIN}/world/")
    assert item_list(site, [], name="World", url=f"{ORIGIN}/world/") == ()
    assert [(i["position"], i["url"]) for i in listed["itemListElement"]] == [
        (1, f"{ORIGIN}/world/story-1"), (2, f"{ORIGIN}/world/story-2"),
    ]  # fmt: skip
    assert person(site, "Hana", "hana") == {
        "@type": "Person", "name": "Hana", "url": f"{ORIGIN}/people/hana/",
        "worksFor": {"@id": f"{ORIGIN}/#title"},
    }  # fmt: skip
    assert organization("KNA", f"{ORIGIN}/agencies/kna/", about="A wire.") == {
        "@type": "NewsMediaOrganization", "name": "KNA", "url": f"{ORIGIN}/agencies/kna/",
        "description": "A wire.",
    }  # fmt: skip


def test_every_property_belongs_to_its_type(stories, said_by):
    for story in stories.values():
        for data in said_by(story):
            assert list(faults(data)) == []


def test_the_vocabulary_finds_what_it_has_no_room_for(stories, said_by):
    article = said_by(stories["full"])[0]
    article["author"][0]["articleBody"] = "x"
    article["datePublished"], article["commentCount"] = "today", "many"
    article["isBasedOn"], article["logo"] = {"@type": "Person"}, "https://a.example/1.png"
    article["headline"], article["isAccessibleForFree"] = " ", "yes"

    assert sorted(at for at, _ in faults(article)) == [
        "$.author[0].articleBody", "$.commentCount[0]", "$.datePublished[0]", "$.headline[0]",
        "$.isAccessibleForFree[0]", "$.isBasedOn[0]", "$.logo",
    ]  # fmt: skip


@pytest.mark.samples
def test_our_vocabulary_is_schema_org_s(samples):
    file = samples / "schema" / "schemaorg-current-https.jsonld"
    rows = {
        row["@id"].removeprefix("schema:"): row for row in json.loads(file.read_text())["@graph"]
    }

    for name, above in ABOVE.items():
        assert above in ids_of(rows[name], "rdfs:subClassOf"), name
    for name, (carriers, held) in PROPERTIES.items():
        assert set(carriers.split()) <= ids_of(rows[name], "schema:domainIncludes"), name
        assert set(held.split()) <= ids_of(rows[name], "schema:rangeIncludes"), name


def ids_of(row, name):
    found = row.get(name, [])
    found = found if isinstance(found, list) else [found]
    return {one["@id"].removeprefix("schema:") for one in found}


@pytest.fixture
def stories(musashi):
    """One story of each kind of data."""
    save_person(slug="hana", name="Hana Kurosawa", role="Reporter")
    topic = save_topic(slug="ferries", name="Ferries")
    picture = a_picture(
        credit="A/B", size=(1600, 1200), byline="Rin Abe", caption="A quay.",
        copyright_notice="© A", web_statement="https://pictures.example/terms",
        digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    )  # fmt: skip
    full = a_story(
        "Ferry returns", at=NOON, people=("hana",), lead_picture=picture, dateline="Seoul",
        standfirst="At noon.", short_headline="Ferry", copyright_line="© Us",
    )  # fmt: skip
    correct_story(full.pk, kind="clarification", text="It is a ship.", by="Ana", at=NOON + HOUR)
    models.Story.topics.through.objects.create(story_id=full.pk, topic_id=topic)
    provider = a_provider()
    item = a_wire_item(
        provider, family="urn:kna:ferry", version=3, language="ja", version_created_at=NOON
    )
    return {
        "plain": a_story("Plain", at=NOON),
        "full": full,
        "wire": a_story("Wire", at=NOON, provider=provider, wire_item=item, kind="wire"),
        "opinion": a_story("Opinion", at=NOON, kind="opinion", people=("hana",)),
        "release": a_story("Release", at=NOON, kind="press_release"),
    }


@pytest.fixture
def said_by(reader):
    """said_by(story): every piece of structured data on its page."""

    def read(story):
        page = reader.page(path_of(story))
        return [json.loads(s.text) for s in page.cssselect("script[type='application/ld+json']")]

    return read
