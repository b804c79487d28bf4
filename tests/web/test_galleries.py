"""A gallery in a story: a strip that needs no script, and what is left of it elsewhere."""

import json
from datetime import timedelta

import pytest

from dateline.media import services as media
from dateline.stories.domain.body_pictures import ids_in
from dateline.stories.picture_gate import picture_standing
from dateline.stories.queries import indexed, reading
from dateline.stories.services.pictures import pictures_of, used_elsewhere
from dateline.web.domain.gallery_words import ENGLISH, JAPANESE
from dateline.web.queries import surfaces_of
from tests.factories.newsroom import a_masthead, a_story
from tests.factories.pictures import a_picture
from tests.factories.web import HOUR, NOON, Reader, every, one, path_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def quay():
    return a_picture("quay", description="A quay.", caption="The quay at noon.", credit="KNA/AFP")


@pytest.fixture
def boat():
    return a_picture("boat", credit="Ana Ota")


@pytest.fixture
def story(reader, quay, boat):
    return a_story("Ferry", at=NOON, body=hanging(quay, boat, a_picture("crew")))


def hanging(*pictures, title="The harbour"):
    captions = ("", "The boat comes in.", "")
    shown = [
        {"picture": picture, "caption": caption}
        for picture, caption in zip(pictures, captions, strict=False)
    ]
    return [("text", "<p>Words.</p>"), ("gallery", {"title": title, "pictures": shown})]


def strip_of(reader, story):
    (found,) = reader.page(path_of(story)).cssselect("section.gallery")
    return found


def test_each_picture_is_a_link_to_its_large_copy_and_to_its_neighbours(reader, story, quay):
    strip = strip_of(reader, story)

    first, second, third = strip.cssselect("li")
    assert strip.get("aria-label") == "Gallery: The harbour"
    assert every(strip, ".gallery-count") == ["1 of 3", "2 of 3", "3 of 3"]
    assert [words_of(c) for c in first.cssselect("figcaption")] == [
        "The quay at noon. Image: KNA/AFP"
    ]
    assert "The boat comes in." in words_of(second)
    anchors = [item.get("id") for item in (first, second, third)]
    assert turns(first) == [f"#{anchors[1]}"]
    assert turns(second) == [f"#{anchors[0]}", f"#{anchors[2]}"]
    assert turns(third) == [f"#{anchors[1]}"]
    large = first.cssselect("a.gallery-picture")[0].get("href")
    assert reader.get(large)["Content-Type"] == "image/jpeg"
    assert f"/pictures/{quay.pk}/" in large


def turns(item):
    return [link.get("href") for link in item.cssselect(".gallery-turn a")]


def test_galleries_that_begin_with_one_picture_do_not_share_an_address(reader, quay, boat):
    body = [*hanging(quay, boat), *hanging(quay, boat), *hanging(boat, quay), *hanging(quay)]
    story = a_story("Ferry", at=NOON, body=body)

    strips = reader.page(path_of(story)).cssselect(".gallery-strip")

    named = [item.get("id") for strip in strips for item in strip.cssselect("li")]
    assert named[0] == f"gallery-{quay.pk}-1"
    assert len(set(named)) == len(named) == 7
    for strip in strips:
        ours = {f"#{item.get('id')}" for item in strip.cssselect("li")}
        assert {to for item in strip.cssselect("li") for to in turns(item)} <= ours


def test_the_script_has_its_words_from_the_page(reader, story):
    strip = strip_of(reader, story)

    assert "/js/gallery" in strip.get("data-script")
    told = {name: strip.get(f"data-{name}") for name in ("before", "after", "large", "close")}
    assert told == {
        "before": "Picture before this", "after": "Next picture", "large": "Open the picture",
        "close": "Close",
    }  # fmt: skip


def test_a_picture_without_alt_text_is_still_a_link_with_a_name(reader, story):
    described, bare, _ = strip_of(reader, story).cssselect("a.gallery-picture")

    assert described.get("aria-label") is None
    assert described.cssselect("img")[0].get("alt") == "A quay."
    assert bare.get("aria-label") == "Open the picture"


def test_its_pictures_have_a_size_and_wait_until_they_are_near(reader, story):
    for picture in strip_of(reader, story).cssselect("img"):
        assert (picture.get("width"), picture.get("height")) == ("600", "400")
        assert picture.get("loading") == "lazy"


def test_only_a_story_with_a_gallery_asks_for_its_sheet(reader, story):
    plain = a_story("Plain", at=NOON)

    with_one, without = (reader.get(path_of(s)).content for s in (story, plain))

    assert b"web/css/gallery" in with_one
    assert b"web/css/gallery" not in without


def test_a_killed_picture_is_gone_from_the_strip_and_the_others_are_counted_anew(
    reader, story, boat
):
    media.kill_picture(boat.pk, reason="Wrong boat.", by="Ana", at=NOON)

    strip = strip_of(reader, story)

    assert every(strip, ".gallery-count") == ["1 of 2", "2 of 2"]
    assert "Ana Ota" not in words_of(strip)
    assert [picture.pk for picture in reading.killed_pictures(story.pk)] == [boat.pk]
    copies = [s.path for s in surfaces_of(story.pk) if s.kind == "picture"]
    assert copies
    assert all(reader.get(path).status_code == 410 for path in copies)


def test_a_gallery_of_which_nothing_may_be_shown_is_none(reader, quay):
    story = a_story("Ferry", at=NOON, body=hanging(quay))
    media.tighten_terms(quay.pk, usable_until=NOON - HOUR, by="Ana", at=NOON)

    assert reader.page(path_of(story)).cssselect(".gallery") == []
    assert "The quay" not in one(reader.page(f"/lite{path_of(story)}"), "main")
    assert b"The quay" not in reader.get(f"/api/1/stories/{story.pk}").content


def test_a_file_of_a_gallery_follows_the_gate_of_its_story(reader, story, boat, quay):
    other = a_picture("nowhere")

    assert picture_standing(boat.pk, at=NOON + timedelta(minutes=1)) is True
    assert picture_standing(other.pk, at=NOON) is None
    assert [p.pk for p in pictures_of(story)][:2] == [quay.pk, boat.pk]
    assert used_elsewhere(boat.pk, story_id=0)
    assert not used_elsewhere(boat.pk, story_id=story.pk)


def test_text_only_it_is_a_list_of_captions_and_links(reader, story):
    page = reader.page(f"/lite{path_of(story)}")

    said = every(page, "ol li")
    assert said[0] == "The quay at noon. Image: KNA/AFP Open the picture"
    assert said[1] == "The boat comes in. Image: Ana Ota Open the picture"
    assert all(a.get("href").startswith("/media/") for a in page.cssselect("ol li a"))
    assert page.cssselect("img") == []


def test_machines_are_told_of_its_pictures(reader, story, quay, boat):
    told = json.loads(reader.get(f"/api/1/stories/{story.pk}").content)
    _, gallery = told["body"]
    data = reader.page(path_of(story)).cssselect("script[type='application/ld+json']")
    images = json.loads(data[0].text)["image"]

    assert (gallery["type"], gallery["title"]) == ("gallery", "The harbour")
    assert [one["credit"] for one in gallery["pictures"]] == ["KNA/AFP", "Ana Ota", ""]
    assert [image.get("creditText") for image in images] == ["KNA/AFP", "Ana Ota", None]


def test_the_lead_is_told_once(reader, quay, boat):
    story = a_story("Ferry", at=NOON, lead_picture=quay, body=hanging(quay, boat))

    data = reader.page(path_of(story)).cssselect("script[type='application/ld+json']")

    images = json.loads(data[0].text)["image"]
    assert sum(f"/{quay.pk}/" in image["url"] for image in images) == 3  # shapes of the lead
    assert sum(f"/{boat.pk}/" in image["url"] for image in images) == 1


def test_captions_are_found_and_kept_in_the_versions(reader, story):
    ((document,),) = [found.documents for found in indexed.documents([story.pk], at=NOON + HOUR)]

    assert "'the', 'boat', 'come', 'in'" in str(document)


def test_without_a_title_it_is_named_for_what_it_is_in_japanese_too(quay, boat, reader):
    a_masthead("musashi-ja", language="ja")
    body = hanging(quay, boat, title="")
    story = a_story("船", at=NOON, on=("musashi-ja",), body=body)

    strip = strip_of(Reader("musashi-ja.localhost"), story)

    assert strip.get("aria-label") == "写真一覧"
    assert every(strip, ".gallery-count") == ["1 / 2枚", "2 / 2枚"]
    assert ENGLISH.keys() == JAPANESE.keys()


def test_pictures_are_read_out_of_what_is_stored_in_either_form():
    raw = [
        {"type": "text", "value": "<p>x</p>"},
        {"type": "picture", "value": {"picture": 1}},
        {"type": "gallery", "value": {"pictures": [{"picture": 2}, {"value": {"picture": 3}}]}},
    ]

    assert ids_in(raw) == {1, 2, 3}
