"""What a reader finds on a front, in a section and on a story."""

import json
from datetime import UTC, datetime

import pytest
from wagtail.rich_text import RichText

from dateline import clock
from dateline.mastheads import models as masthead_models
from dateline.mastheads.services import save_sections
from dateline.stories import models
from dateline.stories.services.drafting import save_person, save_topic
from dateline.stories.services.publishing import correct_story, update_story
from tests.factories.newsroom import LEGAL, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, every, links, one, shelve, words_of
from tests.factories.wire import a_provider, a_wire_item

pytestmark = pytest.mark.django_db


def test_a_front_leads_with_the_pinned_story_and_lists_none_twice(reader):
    stories = shelve([f"Story number {n}" for n in range(20)])
    stories[7].placements.update(pinned_rank=1)

    page = reader.page("/")

    assert one(page, ".card-lead .card-headline") == "Story number 7"
    paths = [path for path in links(page) if path.startswith("/world/row")]
    assert len(paths) == len(set(paths)) == 20


def test_a_front_names_title_day_sections_and_doors(reader):
    page = reader.page("/")

    assert one(page, "h1") == "Musashi"
    assert one(page, ".today time") == "Friday 20 November 2026"
    assert every(page, ".sections a") == ["World", "Politics"]
    assert ("Newsletter Signup", "/newsletters/") in _doors(page)
    assert ("Register / Login", "/account/") in _doors(page)
    assert one(page, ".legal") == LEGAL


def _doors(page):
    return [(words_of(a), a.get("href")) for a in page.cssselect(".doors a")]


def test_an_empty_front_says_so(reader):
    assert one(reader.page("/"), ".empty h2") == "The first edition is being made."


def test_a_front_shows_the_time_of_fresh_stories_and_the_day_of_older_ones(reader):
    shelve(["Lead"])
    for hours in (1, 13, 20):
        shelve(["Older"], section="politics", at=NOON - hours * HOUR)

    times = every(reader.page("/"), ".front-seconds time, .latest time")

    assert times == ["11:00", "19 Nov", "19 Nov"]  # 13 hours ago was yesterday in Tokyo


def test_opinion_is_labelled_on_its_card_and_on_its_page(reader):
    story = a_story("What I think", kind="opinion")

    assert "Opinion" in every(reader.page("/"), ".card .label")
    assert "Opinion" in every(reader.page(path_of(story)), ".story-head .label")


def test_a_press_release_is_labelled(reader):
    story = a_story("Our new machine", kind="press_release")

    assert every(reader.page(path_of(story)), ".label") == ["Press release"]


def test_rows_show_a_section_with_its_stories(reader):
    shelve([f"Above {n}" for n in range(17)])
    shelve([f"Older {n}" for n in range(3)], section="politics", at=NOON - 20 * HOUR)

    page = reader.page("/")

    assert "Politics" in every(page, ".row-head h2")
    assert every(page, ".row .card-headline")[-3:] == ["Older 0", "Older 1", "Older 2"]


def test_the_newest_of_other_titles_stand_below_and_none_of_our_own(reader):
    a_masthead("kinako", sections=("food",))
    a_story("Both print this", on=("musashi",))
    a_story("Only there", on=("kinako",), section="food")
    a_story("Sensitive there", on=("kinako",), section="food", sensitive=True)

    page = reader.page("/")

    assert every(page, ".elsewhere-headline") == ["Only there"]
    (link,) = page.cssselect(".elsewhere-headline a")
    assert link.get("href").startswith("http://kinako.localhost")


def test_a_picture_of_ours_is_not_shown_again_for_another_title(reader):
    a_masthead("kinako", sections=("food",))
    harbour, market = a_picture("harbour"), a_picture("market", size=(900, 600))
    a_story("Ours", on=("musashi",), lead_picture=harbour)
    a_story(
        "Theirs, the older", on=("kinako",), section="food", lead_picture=market, at=NOON - HOUR
    )
    a_story("Theirs, the same picture", on=("kinako",), section="food", lead_picture=harbour)

    for path in ("/", card_path(reader, "Ours")):
        page = reader.page(path)
        assert every(page, ".elsewhere-headline")[0] == "Theirs, the older"
        assert len(page.cssselect(".elsewhere img")) == 1


def test_a_column_has_the_writer_s_portrait_beside_it_and_a_wide_picture_above_it(reader):
    a_story("By Ana", kind="opinion", lead_picture=a_picture("ana", size=(480, 600)))
    a_story("By Ben", kind="opinion", lead_picture=a_picture("ben", size=(900, 600)))

    ana, ben = (reader.page(card_path(reader, f"By {name}")) for name in ("Ana", "Ben"))

    (portrait,) = ana.cssselect(".story-portrait .hero-portrait img")
    assert int(portrait.get("height")) > int(portrait.get("width"))
    (wide,) = ben.cssselect(".hero img")
    assert int(wide.get("width")) > int(wide.get("height"))
    assert not ben.cssselect(".story-portrait, .hero-portrait")


def card_path(reader, headline):
    """The address of a story, found on the front as a reader finds it."""
    (link,) = [a for a in reader.page("/").cssselect("h2 a, h3 a") if words_of(a) == headline]
    return link.get("href")


def test_titles_in_another_language_are_named_but_their_stories_are_not_mixed_in(reader):
    a_masthead("fukurou", language="ja", sections=("kokusai",))
    a_story("橋の再開", on=("fukurou",), section="kokusai", language="ja")

    page = reader.page("/")

    assert page.cssselect(".elsewhere") == []
    assert "Fukurou" in every(page, ".foot-titles a")


def test_a_section_lists_stories_of_the_sections_below_it(reader, musashi):
    world = masthead_models.Section.objects.get(slug="world")
    asia = masthead_models.Section(name="Asia", slug="asia", parent=world, standfirst="Nearby.")
    save_sections(musashi.pk, [asia], by="test")
    a_story("In Asia", section="asia")
    a_story("In the world", at=NOON - HOUR)
    a_story("In parliament", section="politics")

    page = reader.page("/world/")

    assert every(page, ".section-list .card-headline") == ["In Asia", "In the world"]
    assert every(page, ".subsections a") == ["Asia"]
    below = reader.page("/asia/")
    assert one(below, ".section-standfirst") == "Nearby."
    assert every(below, ".section-head .kicker") == ["World"]
    assert below.cssselect(".sections a[aria-current]")[0].text_content() == "World"


def test_a_section_is_walked_by_real_links(reader):
    shelve([f"Story {n:02}" for n in range(50)])

    first, second, third = (reader.page(f"/world/{q}") for q in ("", "?page=2", "?page=3"))

    assert len(every(first, ".section-list .card-headline")) == 24
    assert every(third, ".section-list .card-headline") == ["Story 48", "Story 49"]
    assert _pager(first) == [("next", "/world/?page=2")]
    assert _pager(second) == [("prev", "/world/"), ("next", "/world/?page=3")]
    assert _pager(third) == [("prev", "/world/?page=2")]
    assert second.cssselect("link[rel=canonical]")[0].get("href").endswith("/world/?page=2")


def _pager(page):
    return [(a.get("rel"), a.get("href")) for a in page.cssselect(".pager a")]


def test_an_empty_section_says_so(reader):
    assert one(reader.page("/politics/"), ".empty h2") == "Nothing here yet"


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

    near = every(reader.page(path_of(story)), ".rail .card-headline")

    assert near == [f"Near {n}" for n in range(5)]


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
    assert every(changed, ".version ins") == ["Seven"]
    assert every(changed, ".version del") == ["Eight"]
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

    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Ferry </script> & co"
    assert article["author"] == [{"@type": "Person", "name": "Hana Kurosawa", "url": f"{ORIGIN}/"}]
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


def test_editions_point_to_each_other(musashi, reader):
    a_masthead("musashi-ja", language="ja", edition_of=musashi, sections=("world",))
    story = a_story("In both", on=("musashi", "musashi-ja"))
    alone = a_story("In one")

    front = _alternates(reader.page("/"))

    assert front == {"en": f"{ORIGIN}/", "ja": f"{JAPANESE_ORIGIN}/"}
    assert _alternates(reader.page(path_of(story))) == {
        "en": ORIGIN + path_of(story),
        "ja": JAPANESE_ORIGIN + path_of(story),
    }
    assert _alternates(reader.page(path_of(alone))) == {}
    assert ("日本語", f"{JAPANESE_ORIGIN}/") in _doors(reader.page("/"))


def _alternates(page):
    found = page.cssselect("link[rel=alternate][hreflang]")
    return {link.get("hreflang"): link.get("href") for link in found}


def test_a_japanese_masthead_speaks_japanese_with_its_own_dates(musashi):
    a_masthead("musashi-ja", language="ja", edition_of=musashi, sections=("world",))
    story = a_story("橋の再開", on=("musashi-ja",), language="ja", at=NOON)
    reader = Reader("musashi-ja.localhost")

    answer = reader.get(path_of(story))
    page = reader.page(path_of(story))

    assert page.get("lang") == "ja"
    assert answer["Content-Language"] == "ja"
    assert one(page, ".story-times") == "公開 2026年11月20日 12:00 JST"
    assert one(reader.page("/"), ".today time") == "2026年11月20日（金）"


def test_the_same_moment_is_told_in_the_masthead_s_own_zone(reader):
    a_masthead("reykjavik", time_zone="Atlantic/Reykjavik", sections=("world",))
    story = a_story(on=("reykjavik",), at=NOON)

    page = Reader("reykjavik.localhost").page(path_of(story))

    assert one(page, ".story-times") == "Published 20 November 2026, 03:00 GMT"


def test_what_is_not_open_yet_says_so_and_takes_no_address(reader):
    page = reader.page("/newsletters/")

    assert "open" in one(page, ".notice-page")
    assert page.cssselect("form, input") == []


def test_the_network_s_home_links_every_title(reader):
    a_masthead("kinako", sections=("food",))

    page = Reader("localhost").page("/")

    assert every(page, ".network-titles a") == ["Musashi", "Kinako"]
    assert links(page) == [f"{ORIGIN}/", "http://kinako.localhost:8000/"]


ORIGIN = "http://musashi.localhost:8000"
JAPANESE_ORIGIN = "http://musashi-ja.localhost:8000"


def path_of(story):
    placement = story.placements.select_related("section").order_by("pk").first()
    return f"/{placement.section.slug}/{placement.slug}-{story.pk}"


@pytest.fixture
def musashi(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 3, 30, tzinfo=UTC))
    return a_masthead()


@pytest.fixture
def reader(musashi):
    return Reader()
