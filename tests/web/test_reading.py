"""What a reader finds on a front, in a section and on the pages around them."""

import pytest

from dateline.mastheads import models as masthead_models
from dateline.mastheads.services import save_sections
from tests.factories.newsroom import LEGAL, a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, every, links, one, path_of, shelve, words_of

pytestmark = pytest.mark.django_db

ORIGIN = "http://musashi.localhost:8000"
JAPANESE_ORIGIN = "http://musashi-ja.localhost:8000"


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
        assert every(page, ".elsewhere .elsewhere-headline")[0] == "Theirs, the older"
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
    (link,) = reader.page(path_of(story)).cssselect(".story-tongue a")
    assert (link.text, link.get("href")) == ("日本語", JAPANESE_ORIGIN + path_of(story))
    assert _alternates(reader.page(path_of(alone))) == {}
    assert reader.page(path_of(alone)).cssselect(".story-tongue") == []
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


def test_the_network_s_home_links_every_title(reader):
    a_masthead("kinako", sections=("food",))

    page = Reader("localhost").page("/")

    assert every(page, ".network-titles a") == ["Musashi", "Kinako"]
    assert links(page) == [f"{ORIGIN}/", "http://kinako.localhost:8000/"]
